import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from steps import growth

from graphc.source import Fragment, Position, Source, Span

TEXTS = st.text(st.sampled_from("ab\n\r\u2028\x85\U0001f600"), max_size=30)


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("", [0]),
        ("a", [0]),
        ("a\nb", [0, 2]),
        ("a\r\nb\rc\n", [0, 3, 5, 7]),
        ("\n\r", [0, 1, 2]),
        ("a\u2028b\x85c", [0]),
    ],
)
def test_line_starts(text: str, starts: list[int]) -> None:
    assert Source("x", text).line_starts == starts


@given(TEXTS)
def test_lines_and_positions_agree(text: str) -> None:
    source = Source("x", text)
    lines = re.split(r"\r\n|\r|\n", text)
    assert [source.line(n + 1) for n in range(len(lines))] == lines
    for offset in range(len(text) + 1):
        place = source.position(offset)
        assert source.line_starts[place.line - 1] + place.column - 1 == offset


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_line_starts_of_a_long_text(end: str) -> None:
    row = f"conv: Conv{end}"
    starts = Source("x", row * 200_000).line_starts
    assert starts == list(range(0, len(row) * 200_000 + 1, len(row)))


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_ten_times_the_lines_take_ten_times_the_steps(end: str) -> None:
    def starts(text: str) -> list[int]:
        return Source("x", text).line_starts

    assert growth(starts, f"a{end}" * 200, f"a{end}" * 2_000) < 12


def test_verbatim_fragment() -> None:
    source = Source("x", "a: Conv k=3\n")
    fragment = Fragment("Conv k=3", Span(source, 3, 11))
    assert fragment.slice(5, 8) == Span(source, 8, 11)
    assert fragment.slice(5, 8).text == "k=3"
    assert fragment.slice(5, 8).first == Position(1, 9)


def test_escaped_fragment() -> None:
    source = Source("x", '"a\\tb"')
    fragment = Fragment("a\tb", Span(source, 1, 5), (1, 2, 4, 5))
    assert [fragment.slice(i, i + 1).text for i in range(3)] == ["a", "\\t", "b"]
    assert fragment.slice(3, 3) == Span(source, 5, 5)
