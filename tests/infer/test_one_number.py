"""With one number of a right spec changed there is one mistake, and it is named."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from checking import check_text, places

from graphc.diagnostics import Diagnostic

SPEC = Path(__file__).parents[2] / "specs" / "irv1.yaml"
TEXT = SPEC.read_text(encoding="utf-8")
STRIDE = 10

_EDGE = re.compile(r"^ +- [\w ]+ -> \w+: ([\d*]+)$", re.MULTILINE)
_LABEL = re.compile(r"^      ?\w+: (\w+ k=.*)$", re.MULTILINE)
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Change:
    """A number at ``start`` of the text, and the one that takes its place."""

    start: int
    old: str
    new: str
    on_edge: bool

    @property
    def text(self) -> str:
        """The spec with the number changed."""
        return TEXT[: self.start] + self.new + TEXT[self.start + len(self.old) :]

    @property
    def end(self) -> int:
        """Where the new number ends."""
        return self.start + len(self.new)

    def __str__(self) -> str:
        line = TEXT.count("\n", 0, self.start) + 1
        return f"line {line}: {self.old} to {self.new}"


def changes() -> list[Change]:
    found = []
    for pattern, on_edge in ((_EDGE, True), (_LABEL, False)):
        for written in pattern.finditer(TEXT):
            for number in _NUMBER.finditer(written[1]):
                start, old = written.start(1) + number.start(), number[0]
                if on_edge or not TEXT[start - 1].isalnum():
                    found += [
                        Change(start, old, str(new), on_edge)
                        for new in (int(old) + 1, int(old) - 1, 2 * int(old))
                        if new > 0 and str(new) != old
                    ]
    return sorted(found, key=lambda change: change.start)


CHANGES = changes()
SAMPLE = CHANGES[::STRIDE]


@cache
def findings(change: Change) -> tuple[Diagnostic, ...]:
    return check_text(change.text).findings


def names(finding: Diagnostic, change: Change) -> bool:
    return any(
        start <= change.start and change.end <= end for start, end in places(finding)
    )


def test_the_sample_has_numbers_of_edges_and_of_labels() -> None:
    assert 80 <= len(SAMPLE) <= 100
    assert sum(not change.on_edge for change in SAMPLE) >= 15


@pytest.mark.parametrize("change", SAMPLE, ids=str)
def test_one_wrong_number_is_one_mistake_at_its_place(change: Change) -> None:
    assert len(findings(change)) <= 1
    assert all(names(finding, change) for finding in findings(change))


def test_a_wrong_number_on_an_edge_is_told_with_the_right_one() -> None:
    told = 0
    for change in (one for one in SAMPLE if one.on_edge):
        for finding in findings(change):
            assert finding.place is not None
            primary = finding.place.span
            if primary.start <= change.start and change.end <= primary.end:
                line = TEXT[TEXT.rfind("\n", 0, change.start) :]
                size = line.split(": ", 1)[1].split("\n", 1)[0]
                assert f"annotate {size}" in finding.help
                told += 1
    assert told >= 50


def test_every_number_on_the_edges_of_the_overview_is_found_out() -> None:
    end = TEXT.index("modules:")
    larger = (one for one in CHANGES if int(one.new) == int(one.old) + 1)
    for change in (one for one in larger if one.on_edge and one.start < end):
        assert [one.code.name for one in findings(change)] == ["GC301"], str(change)
