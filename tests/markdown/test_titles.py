"""The title that a diagram stands under."""

import pytest
from documents_read import read, said

DIAGRAM = "```mermaid\ngraph TD\na --> b\n```\n"


@pytest.mark.parametrize(
    ("before", "title"),
    [
        ("## Stem\n\n", "Stem"),
        ("Stem\n----\n\n", "Stem"),
        ("A longer\nname\n===\n", "A longer name"),
        ("## 3.1 Stem ##\n", "Stem"),
        ("## 3.1. **Stem**:\n", "Stem"),
        ("## [Stem](stem.md) {#stem}\n", "Stem"),
        ("## `Res_Block` of *this*\n", "Res_Block of this"),
        ("## 5 x Block-A\n", "5 x Block-A"),
        ("# Net\n\n  \u2022 Stem\n", "Stem"),
        ("# Net\n\n- Stem\n\n", "Stem"),
        (f"# Net [there](http://{'x' * 900}) {{#net}}\n", "Net there"),
        ("# Net\n\n2. Stem\n\n", "Stem"),
        ("# Net\n\n**Stem**\n\n", "Stem"),
        ("# Net\n\n**Stem:**\n", "Stem"),
        ("# Net\n\nFigure 3: Reduction-A\n\n", "Reduction-A"),
        ("# Net\n\nFig. 2. *Reduction-A*\n\n", "Reduction-A"),
        ("# Net\n\nStem:\n\n", "Stem"),
        ("# Net\n\n<summary>Stem</summary>\n\n", "Stem"),
        ('<h2 align="center">Stem</h2>\n\n', "Stem"),
        ('<h2 align="center">\n  Stem\n</h2>\n\n', "Stem"),
        ("Stem\n\n", "Stem"),
        ("# Net\n\nThe following:\n\n", "Net"),
        ("# Net\n\nIt is drawn here, with its sizes:\n\n", "Net"),
        ("# Net\n\nSome words\n\n", "Net"),
        ("# Net\n\n- Each of these is a block.\n\n", "Net"),
        ("# Net\n\nStem:\n\n```sh\nls\n```\n\n", "Net"),
        ("# Net\n\nStem:\n\n---\n\n", "Net"),
        ("", None),
        ("Here is a network, of few words.\n\n", None),
    ],
)
def test_a_diagram_stands_under_the_nearest_heading_or_line_in_its_place(
    before: str, title: str | None
) -> None:
    assert read(before + DIAGRAM).titles == [title]


def test_a_title_tells_its_place() -> None:
    found = read("## 3.1 **Stem** A\n" + DIAGRAM)
    title = found.blocks[0].title
    assert title is not None
    assert title.text == "Stem A"
    assert title.span.first.column == 10
    assert title.slice(5, 6).text == "A"


def test_a_line_is_the_title_of_one_diagram_only() -> None:
    found = read("# Net\n\nStem:\n\n" + DIAGRAM + "\n" + DIAGRAM)
    assert found.titles == ["Stem", "Net"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("words\n\n## Net\n\n# Other\n", "Net"),
        ("A net\n\nwith words\n", "A net"),
        ("```sh\n# no heading\n```\n", None),
        ("<!--\n# no heading\n-->\n", None),
        ("---\ntheme: x\n---\n\nNet\n===\n", "Net"),
    ],
)
def test_a_documents_title_is_its_first_heading_or_line(
    text: str, title: str | None
) -> None:
    assert said(read(text).document.title) == title
