"""Any text is read or reported, in a time that grows as the text does."""

import pytest
from charts import read, whole
from grammar import Charts
from hypothesis import given
from hypothesis import strategies as st
from steps import growth

from graphc.mermaid import kind, plain

PIECES = st.sampled_from(
    [
        *(
            "graph TD",
            "\n",
            "\r\n",
            "A",
            "B",
            " ",
            "-->",
            "--",
            "-.",
            "==",
            "[",
            "]",
            "(",
        ),
        *(
            ")",
            "{",
            "}",
            '"',
            "`",
            "|",
            ";",
            "&",
            "subgraph ",
            "end",
            "@{",
            "%%",
            "%%{",
        ),
        *("---\n", "title: x", ":::", "style ", "click ", "call ", "classDef ", "~~~"),
        *(
            "direction LR",
            "accTitle:",
            "accDescr {",
            "#35;",
            "e1@",
            "<br/>",
            "\ufeff",
            "é",
        ),
    ]
)


@given(st.lists(PIECES, max_size=40))
def test_any_pieces_are_read_or_reported(pieces: list[str]) -> None:
    is_read_as_what_it_is("graph TD\n" + "".join(pieces))
    is_read_as_what_it_is("".join(pieces))


def is_read_as_what_it_is(text: str) -> None:
    """Check that a flowchart is one, whatever is wrong in it, and nothing else is."""
    is_chart = kind(whole(text)) == "flowchart"
    assert (read(text).flowchart is not None) == is_chart


@given(st.text())
def test_any_text_is_read_or_reported(text: str) -> None:
    is_read_as_what_it_is(text)
    is_read_as_what_it_is(f"graph TD\n{text}")
    assert len(plain(whole(text), markdown=True).offsets or (0,)) > 0


@given(st.integers(0, 10**6))
def test_damaged_charts_are_read_or_reported(seed: int) -> None:
    text = Charts(seed).mutated()
    for found in read(text).findings:
        assert found.place is not None
        assert 0 <= found.place.span.start <= found.place.span.end <= len(text)
        for edit in found.fixes:
            assert 0 <= edit.span.start <= edit.span.end <= len(text)


@pytest.mark.parametrize(
    ("piece", "before", "behind"),
    [
        ('n["Conv 8"] -->|"8*4*4"| m\n', "graph TD\n", ""),
        ('n["Conv 8"] --> m;', "graph TD;", ""),
        ("a --> b & ", "graph TD\n", "c"),
        (" --> b", "graph TD\na", ""),
        (" ", "graph TD\na", "--> b"),
        ("\n", "graph TD\na", "--> b"),
        ("a b\n", "graph TD\n", ""),
        ('a["b\n', "graph TD\n", ""),
        ("a[b (c) d]\n", "graph TD\n", ""),
        ("a -- b\n", "graph TD\n", ""),
        ("a -- b;", "graph TD\n", ""),
        ("direction LR;a --> b;", "graph TD;", ""),
        ("e@-->b;", "graph TD;a ", ""),
        ("@", "graph TD;a", ""),
        (";a@", "graph TD", ""),
        (".", "graph TD\na -. ", "b"),
        ("subgraph s\n", "graph TD\n", ""),
        ("end\n", "graph TD\n", ""),
        ("%% remark\n", "graph TD\n", "a"),
        ("style a fill:#f9f;", "graph TD;a;", ""),
        ("<br", 'graph TD\na["', '"]'),
        ("层", "graph TD\n", " --> b"),
        ("a@{ shape: rect }\n", "graph TD\n", ""),
        ("a@{ shape: rect\n", "graph TD\n", ""),
        ("x ", "graph TD\na -- ", "--> b"),
        ("linkStyle 0 stroke:red\n", "graph TD\na-->b\n", ""),
    ],
)
def test_reading_takes_as_long_as_the_text(
    piece: str, before: str, behind: str
) -> None:
    def chart(count: int) -> str:
        return before + piece * count + behind

    assert growth(read, chart(100), chart(400)) < 5


def test_subgraphs_nest_as_deep_as_anyone_likes() -> None:
    text = "graph TD\n" + "".join(f"subgraph s{n}\n" for n in range(2000))
    found = read(text + "a --> b\n" + "end\n" * 2000)
    assert found.codes == []
    assert found.chart.subgraphs[0].members == ("a", "b")
    assert found.chart.subgraphs[-1].members == ("s1",)
