"""Diagrams without a fence."""

import pytest
from documents_read import agree, read

LINE = 'graph TD; a["Conv k=3"]; a --> |"8*4*4"| b;'


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_diagrams_of_one_line_stand_under_lines_in_a_headings_place(ends: str) -> None:
    head = "A net\n\nSome words of it.\n\n"
    text = f"{head}{LINE}\n  \u2022 Stem\n{LINE}\n  \u2022 Two\n{LINE}"
    found = read(text.replace("\n", ends))
    assert found.texts == [LINE] * 3
    assert found.titles == [None, "Stem", "Two"]
    assert all(agree(block.fragment) for block in found.blocks)
    assert all(block.fence is None for block in found.blocks)


@pytest.mark.parametrize(
    "lines",
    [
        ["flowchart TB", 'a("Conv2d[8, 8]")', "a -->b", "b -..-> c", "c & b --> d"],
        ["graph LR;", "a[x]", "", "style a fill:#fff", "", "a==>b"],
        ["graph TD", "subgraph one", "a", "b", "end", "one --> c"],
        ["graph TD", "a --> b %% note", "%% more", "classDef x fill:#fff"],
        ["graph TD", 'a["two', 'lines"] --> b', "a@{ shape: rect }"],
        [
            "graph TD",
            "a e1@--> b",
            "a --o c",
            "a -- text --> d",
            "linkStyle 0 stroke:#f",
        ],
    ],
)
@pytest.mark.parametrize("before", ["", "\t", "    "])
def test_one_goes_on_over_lines_of_statements(lines: list[str], before: str) -> None:
    inner = "\n".join([lines[0], *(f"{before}{line}".rstrip() for line in lines[1:])])
    found = read(f"# Net\n\n{inner}\n\nWords -- and more words.\n")
    assert found.texts == ["\n".join(lines)]
    assert agree(found.blocks[0].fragment)


@pytest.mark.parametrize(
    "end",
    [
        "# Heading",
        "- an item --> of a list",
        "\u2022 Stem --> end",
        "Prose (with brackets) goes on.",
        "f(x) is a function.",
        "---",
        "<b>x</b>",
        "```\na --> b\n```",
        "end of the text",
    ],
)
def test_what_is_no_statement_ends_one(end: str) -> None:
    assert read(f"graph TD\na --> b\n{end}\nb --> c\n").texts == ["graph TD\na --> b"]


def test_one_that_follows_begins_anew() -> None:
    text = "graph TD\na --> b\ngraph LR; c --> d\n"
    assert read(text).texts == ["graph TD\na --> b", "graph LR; c --> d"]


@pytest.mark.parametrize(
    "text",
    [
        "graph theory is the study of graphs\n",
        "graph TD is what begins one\n",
        "graph TD\n\nIs what begins one.\n",
        "graph; nodes and edges\n",
        "flowchart\na --> b\n",
        "a graph TD; a --> b\n",
        "```\ngraph TD; a --> b;\n```\n",
        "<!-- graph TD; a --> b;\n-->\n",
        "    ```mermaid\n    graph TD\n    a --> b\n    ```\n",
    ],
)
def test_prose_is_no_diagram(text: str) -> None:
    assert read(text).texts == []


def test_one_may_stand_in_a_quotation() -> None:
    assert read("> graph TD\n>   a --> b\n").texts == ["graph TD\na --> b"]
