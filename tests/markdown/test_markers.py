"""Markers in documents: which comments are one, and what they hold."""

import pytest

from graphc.diagnostics import Code, Sink
from graphc.markdown import Marker, find_markers
from graphc.source import Source


def found(text: str) -> tuple[tuple[Marker, ...], list[Code]]:
    sink = Sink()
    markers = find_markers(Source("net.md", text), sink)
    return markers, [finding.code for finding in sink.sorted()]


def test_a_marker_tells_its_words_and_where_each_stands() -> None:
    text = (
        '<!-- graphc: "my net.yaml" as=svg file="a b.svg" -->\nold\n<!-- /graphc -->\n'
    )
    (marker,), codes = found(text)
    words = [(word.key, word.value, word.span.text) for word in marker.words]
    assert words == [
        (None, "my net.yaml", '"my net.yaml"'),
        ("as", "svg", "as=svg"),
        ("file", "a b.svg", 'file="a b.svg"'),
    ]
    assert marker.body.text == "old\n"
    assert codes == []


@pytest.mark.parametrize(
    ("before", "inside"),
    [("", ""), ("  ", "  "), ("- ", "  "), ("> ", "> "), ("1. > ", "   > ")],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_marker_tells_how_lines_in_it_begin_and_end(
    before: str, inside: str, ends: str
) -> None:
    lines = (f"{before}<!-- graphc: x as=svg -->", f"{inside}<!-- /graphc -->", "end")
    (marker,), codes = found(ends.join(lines))
    assert (marker.before, marker.line_end, marker.body.text) == (inside, ends, "")
    assert codes == []


@pytest.mark.parametrize(
    "text",
    [
        "```\n<!-- graphc: x as=svg -->\n<!-- /graphc -->\n```\n",
        "words <!-- graphc: x as=svg -->\nwords <!-- /graphc -->\n",
        "    <!-- graphc: x as=svg -->\n    <!-- /graphc -->\n",
        "<!--\n<!-- graphc: x as=svg -->\n",
        "`<!-- graphc: x as=svg -->`\n",
        "<!-- graphics: x -->\n",
    ],
)
def test_what_is_text_is_no_marker(text: str) -> None:
    assert found(text) == ((), [])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("<!-- graphc: x as=svg -->\n", Code.GC522),
        ("<!-- /graphc -->\n", Code.GC522),
        ("<!-- graphc: x as=svg -->\n```\n<!-- /graphc -->\n```\n", Code.GC522),
        ("<!-- graphc: x as=svg\n-->\n", Code.GC521),
        ("<!-- graphc: x as=svg --> words\n", Code.GC521),
        ('<!-- graphc: "x as=svg -->\n<!-- /graphc -->\n', Code.GC521),
    ],
)
def test_what_is_no_marker_but_means_one_is_told(text: str, code: Code) -> None:
    assert found(text)[1] == [code]


def test_a_marker_within_another_is_told_with_both_places() -> None:
    sink = Sink()
    one = "<!-- graphc: x as=svg -->\n"
    text = f"{one}{one}<!-- /graphc -->\n"
    markers = find_markers(Source("net.md", text), sink)
    (finding,) = sink.sorted()
    assert len(markers) == 1
    assert finding.code is Code.GC522
    assert finding.place is not None
    assert finding.place.span.first.line == 1
    assert finding.related[0].span.first.line == 2
