from pathlib import Path

import pytest
from cases_harness import SPEC, Outcome, covered, expected_of, run_case
from checking import shapes_by_line

from graphc.diagnostics import Code
from graphc.pipeline.check import check
from graphc.pipeline.document import check_document

FOLDER = Path(__file__).parent / "cases"
DRAWN = sorted([*FOLDER.glob("*.md"), *FOLDER.glob("*.mmd")])
CASES = sorted([*FOLDER.glob("*.yaml"), *FOLDER.glob(f"*/{SPEC}"), *DRAWN])
RANGES = (
    ("GC010", "GC015"),
    ("GC101", "GC123"),
    ("GC131", "GC133"),
    ("GC201", "GC209"),
    ("GC301", "GC313"),
    ("GC501", "GC507"),
    ("GC510", "GC512"),
)


def name_of(path: Path) -> str:
    return path.parent.name if path.name == SPEC else path.stem


def checker(path: Path) -> Outcome:
    if path in DRAWN:
        return drawn(path)
    checked = check(path)
    shapes = {} if checked.sized is None else shapes_by_line(checked.sized)
    return Outcome(checked.findings, shapes.pop(str(path), {}), shapes)


def drawn(path: Path) -> Outcome:
    """Return what is found in a document, and the sizes of all its networks."""
    document = check_document(path)
    shapes: dict[int, list[str]] = {}
    for network in document.networks:
        if network.sized is not None:
            for line, found in shapes_by_line(network.sized)[str(path)].items():
                shapes.setdefault(line, []).extend(found)
    return Outcome(document.all_findings, shapes)


@pytest.mark.parametrize("path", CASES, ids=name_of)
def test_case(path: Path) -> None:
    assert run_case(path, checker) == []


def test_every_code_that_a_spec_can_show_has_a_case() -> None:
    wanted = {
        code
        for code in Code
        if any(first <= code.name <= last for first, last in RANGES)
    }
    assert wanted - covered(CASES) == set()


def test_a_case_is_named_for_its_code() -> None:
    for path in CASES:
        codes = {finding.code for finding in expected_of(path)}
        kind = name_of(path).split("_", maxsplit=1)[0]
        if kind.startswith("gc"):
            assert kind.upper() in codes, name_of(path)
        else:
            assert codes == set(), name_of(path)
