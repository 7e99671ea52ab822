import re
from importlib.resources import files

import pytest

from graphc.diagnostics import Code, explain


def page(code: Code) -> str:
    text = explain(code.name)
    assert text is not None
    return text


@pytest.mark.parametrize("code", Code, ids=lambda code: code.name)
def test_each_code_has_a_page_under_its_title(code: Code) -> None:
    assert page(code).splitlines()[0] == f"# {code.name}: {code.value}"


@pytest.mark.parametrize("code", Code, ids=lambda code: code.name)
def test_each_page_explains_reports_and_repairs(code: Code) -> None:
    text = page(code)
    parts = re.split(r"^```(?:yaml|console)?\n", text, flags=re.MULTILINE)
    assert len(parts) == 5, "meaning, wrong, report, right, end"
    meaning, wrong, report, right, end = parts
    assert 1 <= len(re.findall(r"[.:](?=\s|$)", meaning.split("\n", 2)[2])) <= 8
    assert wrong.strip()
    assert "The report" in report
    assert "To put it right" in report
    assert right.strip()
    assert wrong != right
    assert end.strip() == ""
    assert max(map(len, text.splitlines())) <= 88


def test_no_page_is_orphaned() -> None:
    folder = files("graphc.diagnostics") / "explain"
    names = {entry.name for entry in folder.iterdir()}
    assert names == {f"{code.name}.md" for code in Code}


def test_a_code_may_be_written_in_lower_case() -> None:
    assert explain("gc301") == explain("GC301")


@pytest.mark.parametrize("code", ["", "GC999", "../explain/GC301", "GC301.md", "301"])
def test_what_is_no_code_has_no_page(code: str) -> None:
    assert explain(code) is None
