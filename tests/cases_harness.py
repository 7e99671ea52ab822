"""Cases in the user's language: specs that say in comments what is to be found in them.

A comment at the end of a line tells what the line gives::

    - conv -> relu: 32*150*150    # error: GC301
    - a -> b -> c                 # warning: GC309 GC117  # shape: 3*32*32, 64*30*30

``error`` and ``warning`` list the codes whose primary place is on this line; a code
twice means two findings. ``shape`` gives the inferred size of each arrow of the line.
Where the line can hold no comment, another one speaks for it: ``# error@-1: GC010``
stands on the line below, ``# error@+2: GC011`` two lines above, and ``# error@file:
GC004`` is a finding without a line. All findings must be expected, and all that is
expected must be found.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from graphc.diagnostics import Code, Diagnostic

_MARK = re.compile(r"#\s*(error|warning|shape)(@[+-]\d+|@file)?:([^#]*)")


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding by what a case can say of it; ``line`` from 1, None without a place."""

    line: int | None
    severity: str
    code: str

    def __str__(self) -> str:
        """Return the finding as in ``line 3: error GC301``."""
        where = "no line" if self.line is None else f"line {self.line}"
        return f"{where}: {self.severity} {self.code}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check gave; ``shapes`` has the sizes of a line's arrows, lines from 1."""

    findings: Sequence[Diagnostic]
    shapes: Mapping[int, Sequence[str]]


class Check(Protocol):
    """The compiler as a case sees it."""

    def __call__(self, path: Path) -> Outcome:
        """Return what is found in the spec at ``path``."""
        ...


@dataclass(frozen=True, slots=True)
class Expected:
    """What the comments of a case say."""

    findings: Counter[Finding]
    shapes: Mapping[int, tuple[str, ...]]


def collect(text: str) -> Expected:
    """Return what the comments of a spec expect; ValueError for an unknown code."""
    findings: Counter[Finding] = Counter()
    shapes: dict[int, tuple[str, ...]] = {}
    for number, line in enumerate(re.split(r"\r\n|[\r\n]", text), start=1):
        for kind, offset, said in _MARK.findall(line):
            at = _line(number, offset)
            if kind != "shape":
                findings.update(Finding(at, kind, code) for code in _codes(said, at))
            elif at is not None:
                shapes[at] = tuple(size.strip() for size in said.split(","))
    return Expected(findings, shapes)


def compare(expected: Expected, outcome: Outcome) -> list[str]:
    """Return a complaint for all that differs, in the order of the text."""
    found = Counter(_seen(diagnostic) for diagnostic in outcome.findings)
    missing = (expected.findings - found).elements()
    surplus = (found - expected.findings).elements()
    complaints = [(one.line or 0, f"{one}: expected, not found") for one in missing]
    complaints += [(one.line or 0, f"{one}: found, not expected") for one in surplus]
    complaints += _shape_complaints(expected.shapes, outcome.shapes)
    return [complaint for _, complaint in sorted(complaints)]


def run_case(path: Path, check: Check) -> list[str]:
    """Return the complaints about one case; none if it comes out as it says."""
    text = path.read_bytes().decode("utf-8-sig")
    return compare(collect(text), check(path))


def covered(paths: Iterable[Path]) -> set[Code]:
    """Return the codes that at least one of the cases expects."""
    texts = (path.read_bytes().decode("utf-8-sig") for path in paths)
    return {Code[finding.code] for text in texts for finding in collect(text).findings}


def _line(number: int, offset: str) -> int | None:
    if offset == "@file":
        return None
    return number + int(offset.removeprefix("@") or 0)


def _codes(said: str, line: int | None) -> Iterator[str]:
    codes = said.split()
    if not codes:
        raise ValueError(f"line {line}: a code is missing")
    for code in codes:
        if code not in Code.__members__:
            raise ValueError(f"line {line}: {code} is no code")
        yield code


def _seen(diagnostic: Diagnostic) -> Finding:
    place = diagnostic.place
    line = None if place is None else place.span.first.line
    return Finding(line, diagnostic.severity.value, diagnostic.code.name)


def _shape_complaints(
    expected: Mapping[int, Sequence[str]], found: Mapping[int, Sequence[str]]
) -> Iterator[tuple[int, str]]:
    for line, sizes in expected.items():
        inferred = found.get(line, ())
        if tuple(inferred) != tuple(sizes):
            got = ", ".join(inferred) or "none"
            wanted = ", ".join(sizes)
            yield line, f"line {line}: shape {wanted} expected, {got} inferred"
