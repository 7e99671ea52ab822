"""Fences that are never closed."""

from documents_read import read

from graphc.diagnostics import Code, Severity


def told(text: str) -> list[tuple[Code, str, int]]:
    found = []
    for one in read(text).findings:
        assert one.severity is Severity.WARNING
        assert one.place is not None
        found.append((one.code, one.place.message, one.place.span.first.line))
    return found


def test_a_diagram_runs_to_the_end_and_is_told() -> None:
    text = "# a\n\n```mermaid\ngraph TD\na --> b\n\n# no heading\n"
    assert read(text).texts == ["graph TD\na --> b\n\n# no heading\n"]
    assert told(text) == [(Code.GC505, "runs to the end of the document", 3)]


def test_one_in_an_item_ends_with_the_item() -> None:
    text = "- a\n\n  ```mermaid\n  a --> b\n\nwords\n"
    assert read(text).texts == ["a --> b\n\n"]
    reach = "runs to the end of the list item or quotation"
    assert told(text) == [(Code.GC505, reach, 3)]


def test_a_fence_that_hides_a_diagram_is_told_with_the_diagram() -> None:
    text = "```\nx\n\n```mermaid\na --> b\n"
    (finding,) = read(text).findings
    assert read(text).texts == []
    assert finding.related[0].span.text == "```mermaid"
    assert finding.related[0].span.first.line == 4


def test_a_fence_that_hides_none_is_the_authors() -> None:
    assert told("```\nx\n") == []


def test_an_element_of_html_that_is_open_is_told() -> None:
    assert [code for code, _, _ in told('<div class="mermaid">\na --> b\n')] == [
        Code.GC505
    ]
