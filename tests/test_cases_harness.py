from collections import Counter
from pathlib import Path

import pytest
from cases_harness import Finding, Outcome, collect, compare, covered, run_case

from graphc.diagnostics import Code, Diagnostic, Place, Severity
from graphc.source import Source, Span

SPEC = """\
nodes:
  conv: Cnov  # error: GC202
edges:
  - a -> b: 3*4*4  # error: GC301 GC108  # warning: GC309
  - a -> b -> c  # shape: 3*4*4, (2*C)*H*W
"""


def finding(source: Source, line: int, code: Code, *, error: bool = True) -> Diagnostic:
    start = source.line_starts[line - 1]
    severity = Severity.ERROR if error else Severity.WARNING
    return Diagnostic(code, "a", Place(Span(source, start, start)), severity=severity)


def outcome(source: Source) -> Outcome:
    return Outcome(
        [
            finding(source, 2, Code.GC202),
            finding(source, 4, Code.GC301),
            finding(source, 4, Code.GC108),
            finding(source, 4, Code.GC309, error=False),
        ],
        {4: ["9*9*9"], 5: ["3*4*4", "(2*C)*H*W"]},
    )


def test_expectations_are_read_from_comments() -> None:
    expected = collect(SPEC)
    assert expected.findings == Counter(
        [
            Finding(2, "error", "GC202"),
            Finding(4, "error", "GC301"),
            Finding(4, "error", "GC108"),
            Finding(4, "warning", "GC309"),
        ]
    )
    assert expected.shapes == {5: ("3*4*4", "(2*C)*H*W")}


def test_a_comment_can_speak_for_another_line_or_the_file() -> None:
    text = "a\r\n# error@-1: GC010\r# error@+1: GC011\n\n# error@file: GC004"
    assert set(collect(text).findings) == {
        Finding(1, "error", "GC010"),
        Finding(4, "error", "GC011"),
        Finding(None, "error", "GC004"),
    }


@pytest.mark.parametrize("said", ["GC999", "301", "", "GC301, GC302"])
def test_what_is_no_code_is_refused(said: str) -> None:
    with pytest.raises(ValueError, match="line 1"):
        collect(f"a: b  # error: {said}")


def test_a_case_that_comes_out_has_no_complaints(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(SPEC, encoding="utf-8")
    checked: list[Path] = []

    def check(path: Path) -> Outcome:
        checked.append(path)
        return outcome(Source(path.name, path.read_text(encoding="utf-8")))

    assert run_case(path, check) == []
    assert checked == [path]


def test_all_that_differs_is_told_in_order() -> None:
    source = Source("case.yaml", SPEC)
    found = Outcome(
        [
            finding(source, 5, Code.GC107),
            finding(source, 4, Code.GC301, error=False),
            finding(source, 4, Code.GC108),
            finding(source, 4, Code.GC309, error=False),
            Diagnostic(Code.GC004, "a"),
        ],
        {5: ["3*4*4"]},
    )
    assert compare(collect(SPEC), found) == [
        "no line: error GC004: found, not expected",
        "line 2: error GC202: expected, not found",
        "line 4: error GC301: expected, not found",
        "line 4: warning GC301: found, not expected",
        "line 5: error GC107: found, not expected",
        "line 5: shape 3*4*4, (2*C)*H*W expected, 3*4*4 inferred",
    ]


def test_two_equal_findings_need_two_expectations() -> None:
    source = Source("case.yaml", SPEC)
    given = outcome(source)
    twice = Outcome([*given.findings, given.findings[0]], given.shapes)
    assert compare(collect(SPEC), twice) == ["line 2: error GC202: found, not expected"]


def test_a_size_that_was_not_inferred_is_told() -> None:
    complaints = compare(collect("a # shape: 3"), Outcome([], {}))
    assert complaints == ["line 1: shape 3 expected, none inferred"]


def test_codes_covered_by_cases(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(SPEC, encoding="utf-8")
    assert covered([path]) == {Code.GC108, Code.GC202, Code.GC301, Code.GC309}


def test_a_comment_of_a_diagram_speaks_for_the_line_above_it() -> None:
    text = "a --> b\n%% error: GC301\n%% help@-2: annotate 3\n# T\n<!-- note: GC507 -->"
    expected = collect(text)
    assert set(expected.findings) == {
        Finding(1, "error", "GC301"),
        Finding(4, "note", "GC507"),
    }
    assert list(expected.helps) == [(1, "annotate 3")]


def test_a_remedy_that_is_not_told_is_told_of() -> None:
    source = Source("case.mmd", "a --> b\n")
    found = Outcome([finding(source, 1, Code.GC301)], {})
    said = collect("a --> b\n%% error: GC301\n%% help@-2: annotate 3")
    assert compare(said, found) == [
        "line 1: help `annotate 3` expected, told: none",
    ]
