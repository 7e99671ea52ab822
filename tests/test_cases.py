from pathlib import Path

import pytest
from cases_harness import Outcome, collect, covered, run_case
from checking import shapes_by_line

from graphc.diagnostics import Code
from graphc.pipeline.check import check

CASES = sorted((Path(__file__).parent / "cases").glob("*.yaml"))
RANGES = ("GC010", "GC015"), ("GC101", "GC118"), ("GC201", "GC209"), ("GC301", "GC309")


def checker(path: Path) -> Outcome:
    checked = check(path)
    shapes = {} if checked.sized is None else shapes_by_line(checked.sized)
    return Outcome(checked.findings, shapes)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
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
        findings = collect(path.read_text(encoding="utf-8-sig")).findings
        codes = {finding.code for finding in findings}
        kind = path.stem.split("_", maxsplit=1)[0]
        if kind.startswith("gc"):
            assert kind.upper() in codes, path.name
        else:
            assert codes == set(), path.name
