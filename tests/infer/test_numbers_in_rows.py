"""A wrong number in a size within a row is one mistake, told at its place."""

import re
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree

import pytest

from graphc.pipeline.check import check

SPECS = Path(__file__).parents[2] / "specs"
ROWS = {"mobilenet_v2": 14, "efficientnet_lite0": 12, "inception_v4": 11}
"""Specs, and how many sizes their long row has."""

_ITEM = re.compile(r"^ +- [^:>]+: ([\d*]+)$", re.MULTILINE)
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Change:
    """A number at ``start`` of a spec, and the one that takes its place."""

    spec: str
    start: int
    old: str
    new: str
    size: str

    def __str__(self) -> str:
        return f"{self.spec}: {self.old} to {self.new} in {self.size}"


def text_of(spec: str) -> str:
    return (SPECS / f"{spec}.yaml").read_text(encoding="utf-8")


def changes(spec: str) -> list[Change]:
    return [
        Change(spec, size.start(1) + number.start(), number[0], new, size[1])
        for size in _ITEM.finditer(text_of(spec))
        for number in _NUMBER.finditer(size[1])
        for new in (str(int(number[0]) + 1), str(2 * int(number[0])))
    ]


def sample() -> list[Change]:
    every = [change for spec in ROWS for change in changes(spec)]
    return every[::7]


def test_every_stage_has_its_size() -> None:
    assert {spec: len(_ITEM.findall(text_of(spec))) for spec in ROWS} == ROWS


@pytest.mark.parametrize("change", sample(), ids=str)
def test_a_wrong_number_in_a_row_is_told_once(change: Change, tmp_path: Path) -> None:
    text = text_of(change.spec)
    end = change.start + len(change.old)
    wrong = text[: change.start] + change.new + text[end:]
    copytree(SPECS / "blocks", tmp_path / "blocks")
    spec = tmp_path / f"{change.spec}.yaml"
    spec.write_text(wrong, encoding="utf-8")
    (finding,) = check(spec).findings
    assert finding.code.name == "GC301"
    assert finding.place is not None
    span = finding.place.span
    assert span.start <= change.start < span.end
    assert f"annotate {change.size}" in finding.help
