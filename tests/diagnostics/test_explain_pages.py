import re
from importlib.resources import files

import pytest

from graphc.diagnostics import Code, explain

EXAMPLE = re.compile(
    r"^```(?:yaml|console|mermaid)\n.*?^```$|^````markdown\n.*?^````$",
    re.MULTILINE | re.DOTALL,
)
"""A spec, a command, a diagram, or a document, whose own fences do not count."""


def page(code: Code) -> str:
    text = explain(code.name)
    assert text is not None
    return text


def outside(text: str, examples: list[re.Match[str]]) -> list[str]:
    """Return what stands before, between and behind examples."""
    starts = [0, *(example.end() for example in examples)]
    ends = [*(example.start() for example in examples), len(text)]
    return [text[start:end] for start, end in zip(starts, ends, strict=True)]


@pytest.mark.parametrize("code", Code, ids=lambda code: code.name)
def test_each_code_has_a_page_under_its_title(code: Code) -> None:
    assert page(code).splitlines()[0] == f"# {code.name}: {code.value}"


@pytest.mark.parametrize("code", Code, ids=lambda code: code.name)
def test_each_page_explains_reports_and_repairs(code: Code) -> None:
    text = page(code)
    examples = list(EXAMPLE.finditer(text))
    assert len(examples) == 2, "wrong, right"
    wrong, right = (example[0] for example in examples)
    meaning, report, end = outside(text, examples)
    assert 1 <= len(re.findall(r"[.:](?=\s|$)", meaning.split("\n", 2)[2])) <= 8
    assert all(len(example.splitlines()) > 2 for example in (wrong, right))
    assert re.match(r"\n\nThe report .*\n\nTo put it right[,:]", report, re.DOTALL)
    assert wrong != right
    assert end == "\n"
    assert "```" not in meaning + report
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
