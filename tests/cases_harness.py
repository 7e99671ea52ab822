"""Cases in the user's language: specs that say in comments what is to be found in them.

A comment at the end of a line tells what the line gives::

    - conv -> relu: 32*150*150    # error: GC301
    - a -> b -> c                 # warning: GC309 GC117  # shape: 3*32*32, 64*30*30

``error``, ``warning`` and ``note`` list the codes whose primary place is on this line;
a code twice means two findings. ``shape`` gives the inferred size of each arrow of the
line, ``help`` a remedy that stands in a finding there.
Where the line can hold no comment, another one speaks for it: ``# error@-1: GC010``
stands on the line below, ``# error@+2: GC011`` two lines above, and ``# error@file:
GC004`` is a finding without a line. All findings must be expected, and all that is
expected must be found.

A Mermaid comment takes a line of its own and speaks for the line above it, as does an
HTML comment in Markdown::

    conv -->|"32*150*150"| relu
    %% error: GC301
    %% help: annotate 32*149*149

A case of several files is a folder: ``spec.yaml`` is checked, and the comments of every
file in the folder hold for that file.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from graphc.diagnostics import Code, Diagnostic

SPEC = "spec.yaml"
"""The file of a case of several that is checked."""

_MARK = re.compile(
    r"(#|%%|<!--)\s*(error|warning|note|shape|help)(@[+-]\d+|@file)?:"
    r"((?:(?!#|%%|-->\s*$).)*)"
)


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding by what a case can say of it; ``line`` from 1, None without a place.

    ``file`` is the file in the folder of the case, empty for the spec itself.
    """

    line: int | None
    severity: str
    code: str
    file: str = ""

    def __str__(self) -> str:
        """Return the finding as in ``line 3: error GC301``."""
        where = "no line" if self.line is None else f"line {self.line}"
        return f"{_at(self.file)}{where}: {self.severity} {self.code}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check gave; ``shapes`` has the sizes of a line's arrows, lines from 1.

    ``imported`` has those of the other files, by the name that findings show.
    """

    findings: Sequence[Diagnostic]
    shapes: Mapping[int, Sequence[str]]
    imported: Mapping[str, Mapping[int, Sequence[str]]] = field(default_factory=dict)


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
    helps: Sequence[tuple[int, str]] = ()


def collect(text: str, file: str = "") -> Expected:
    """Return what the comments of a file expect; ValueError for an unknown code."""
    findings: Counter[Finding] = Counter()
    shapes: dict[int, tuple[str, ...]] = {}
    helps: list[tuple[int, str]] = []
    for number, line in enumerate(re.split(r"\r\n|[\r\n]", text), start=1):
        for sign, kind, offset, said in _MARK.findall(line):
            at = _line(number, offset or ("" if sign == "#" else "@-1"))
            if kind == "help":
                helps.append((at or 0, said.strip()))
            elif kind != "shape":
                codes = _codes(said, at)
                findings.update(Finding(at, kind, code, file) for code in codes)
            elif at is not None:
                shapes[at] = tuple(size.strip() for size in said.split(","))
    return Expected(findings, shapes, helps)


def compare(
    expected: Expected, outcome: Outcome, folder: Path | None = None
) -> list[str]:
    """Return a complaint for all that differs, in the order of the text.

    ``folder`` is that of a case of several files.
    """
    found = Counter(_seen(diagnostic, folder) for diagnostic in outcome.findings)
    missing = (expected.findings - found).elements()
    surplus = (found - expected.findings).elements()
    complaints = [(one.line or 0, f"{one}: expected, not found") for one in missing]
    complaints += [(one.line or 0, f"{one}: found, not expected") for one in surplus]
    complaints += _shape_complaints(expected.shapes, outcome.shapes)
    complaints += _help_complaints(expected.helps, outcome.findings)
    return [complaint for _, complaint in sorted(complaints)]


def run_case(path: Path, check: Check) -> list[str]:
    """Return the complaints about one case; none if it comes out as it says."""
    if path.name != SPEC:
        return compare(collect(_text(path)), check(path))
    folder, outcome = path.parent, check(path)
    whole = collect(_text(path))
    complaints: list[str] = []
    for other in _others(path):
        name = other.relative_to(folder).as_posix()
        expected = collect(_text(other), name)
        whole.findings.update(expected.findings)
        found = outcome.imported.get(str(other), {})
        for _, complaint in _shape_complaints(expected.shapes, found):
            complaints.append(f"{_at(name)}{complaint}")
    return [*compare(whole, outcome, folder), *complaints]


def covered(paths: Iterable[Path]) -> set[Code]:
    """Return the codes that at least one of the cases expects."""
    return {Code[finding.code] for path in paths for finding in expected_of(path)}


def expected_of(path: Path) -> set[Finding]:
    """Return the findings that a case expects, in whichever of its files."""
    files = [path, *(_others(path) if path.name == SPEC else ())]
    return {finding for file in files for finding in collect(_text(file)).findings}


def _others(path: Path) -> list[Path]:
    return [file for file in sorted(path.parent.rglob("*.yaml")) if file != path]


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8-sig")


def _at(file: str) -> str:
    return f"{file}, " if file else ""


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


def _seen(diagnostic: Diagnostic, folder: Path | None) -> Finding:
    place = diagnostic.place
    if place is None:
        return Finding(None, diagnostic.severity.value, diagnostic.code.name)
    file = "" if folder is None else _within(folder, place.span.source.name)
    line = place.span.first.line
    return Finding(line, diagnostic.severity.value, diagnostic.code.name, file)


def _within(folder: Path, name: str) -> str:
    file = Path(name).relative_to(folder).as_posix()
    return "" if file == SPEC else file


def _help_complaints(
    expected: Sequence[tuple[int, str]], found: Sequence[Diagnostic]
) -> Iterator[tuple[int, str]]:
    for line, remedy in expected:
        told = [
            text
            for one in found
            if one.place is not None and one.place.span.first.line == line
            for text in one.help
        ]
        if not any(remedy in text for text in told):
            got = "; ".join(told) or "none"
            yield line, f"line {line}: help `{remedy}` expected, told: {got}"


def _shape_complaints(
    expected: Mapping[int, Sequence[str]], found: Mapping[int, Sequence[str]]
) -> Iterator[tuple[int, str]]:
    for line, sizes in expected.items():
        inferred = found.get(line, ())
        if tuple(inferred) != tuple(sizes):
            got = ", ".join(inferred) or "none"
            wanted = ", ".join(sizes)
            yield line, f"line {line}: shape {wanted} expected, {got} inferred"
