from pathlib import Path

import pytest
from cases_harness import SPEC, Outcome, covered, expected_of, run_case
from checking import shapes_by_line

from graphc.diagnostics import Code
from graphc.pipeline.check import check

FOLDER = Path(__file__).parent / "cases"
CASES = sorted([*FOLDER.glob("*.yaml"), *FOLDER.glob(f"*/{SPEC}")])
RANGES = (
    ("GC010", "GC015"),
    ("GC101", "GC123"),
    ("GC131", "GC133"),
    ("GC201", "GC209"),
    ("GC301", "GC313"),
)


def name_of(path: Path) -> str:
    return path.parent.name if path.name == SPEC else path.stem


def checker(path: Path) -> Outcome:
    checked = check(path)
    shapes = {} if checked.sized is None else shapes_by_line(checked.sized)
    return Outcome(checked.findings, shapes.pop(str(path), {}), shapes)


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
