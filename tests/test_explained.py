"""The pages of the codes: the wrong spec of each gives its code, the right one none."""

import re
from pathlib import Path

import pytest
from checking import check_text

from graphc.diagnostics import Code, Sink, explain
from graphc.mermaid import parse
from graphc.pipeline.docs import fill
from graphc.pipeline.document import check_document
from graphc.source import Fragment, Source, Span

FENCE = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
DRAWN = re.compile(r"^(`{3,4})(mermaid|markdown)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)


def specs(code: Code) -> list[str]:
    return FENCE.findall(explain(code.name) or "")


def drawings(code: Code) -> list[tuple[str, str]]:
    """Return the suffix and the text of each document on a page."""
    suffixes = {"mermaid": ".mmd", "markdown": ".md"}
    found = DRAWN.findall(explain(code.name) or "")
    return [(suffixes[kind], text) for _, kind, text in found]


REWRITING = Code.GC601
"""It is found where a spec is built for inference, not where it is checked."""

EXPLAINED = [code for code in Code if len(specs(code)) == 2 and code is not REWRITING]
REPAIRED = [code for code in Code if specs(code)]
PICTURED = [code for code in Code if len(drawings(code)) == 2]
WITHOUT_SPECS = {
    *("GC001", "GC002", "GC003", "GC120"),
    *("GC571", "GC572"),
    *("GC401", "GC402", "GC403", "GC404", "GC405", "GC406", "GC407", "GC411"),
    *("GC508", "GC509", "GC524", "GC541", "GC551", "GC561", "GC581", "GC582", "GC602"),
}


def test_the_pages_without_specs_are_those_of_files_and_results() -> None:
    shown = {code.name for code in (*EXPLAINED, *PICTURED, REWRITING)}
    assert {code.name for code in Code} - shown == WITHOUT_SPECS


@pytest.mark.parametrize("code", EXPLAINED, ids=lambda code: code.name)
def test_what_a_page_calls_wrong_gives_its_code_alone(code: Code) -> None:
    assert check_text(specs(code)[0]).codes == [code.name]


@pytest.mark.parametrize("code", REPAIRED, ids=lambda code: code.name)
def test_what_a_page_calls_right_is_sound(code: Code) -> None:
    result = check_text(specs(code)[-1])
    assert [one.message for one in result.findings] == []
    assert result.sized is not None


SYNTAX = {"GC501", "GC502", "GC503", "GC504"}
MARKED = {"GC521", "GC522", "GC523"}
SPECS = Path(__file__).parents[1] / "specs"


def drawn(code: Code, folder: Path, suffix: str, text: str) -> list[str]:
    """Return the codes of what is wrong, or left open, in a document.

    The pages on Mermaid's own rules show diagrams, and no whole networks; those on
    markers show what is filled from a spec beside the document.
    """
    if code.name in SYNTAX:
        sink = Sink()
        parse(Fragment(text, Span(Source("page", text), 0, len(text))), sink)
        return [one.code.name for one in sink.sorted()]
    file = folder / f"figure{suffix}"
    file.write_text(text)
    if code.name in MARKED:
        (folder / "specs").symlink_to(SPECS)
        return [one.code.name for one in fill(str(file)).findings]
    return [one.code.name for one in check_document(file).all_findings]


@pytest.mark.parametrize("code", PICTURED, ids=lambda code: code.name)
def test_what_a_page_draws_wrong_gives_its_code_alone(
    code: Code, tmp_path: Path
) -> None:
    assert set(drawn(code, tmp_path, *drawings(code)[0])) == {code.name}


@pytest.mark.parametrize("code", PICTURED, ids=lambda code: code.name)
def test_what_a_page_draws_right_is_sound(code: Code, tmp_path: Path) -> None:
    assert drawn(code, tmp_path, *drawings(code)[1]) == []
