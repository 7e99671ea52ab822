"""Texts of a spec as docstrings and comments: always data, always whole."""

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphc.emit.torch.code import literal
from graphc.emit.torch.text import comment, docstring, paragraphs, shown

HOSTILE = st.text(st.sampled_from("ab\"\\\n\r\u2028{%}#\x00'") | st.characters())


@given(HOSTILE)
def test_a_docstring_is_one_string_that_shows_the_text(text: str) -> None:
    lines = [shown(line) for line in text.split("\n")]
    tree = ast.parse("\n".join(docstring(lines)))
    (statement,) = tree.body
    assert isinstance(statement, ast.Expr)
    assert isinstance(statement.value, ast.Constant)
    whole = "\n".join(lines)
    assert statement.value.value == (f"{whole}\n" if len(lines) > 1 else whole)


@given(HOSTILE)
def test_a_comment_is_nothing_but_a_comment(text: str) -> None:
    assert ast.parse("\n".join(comment(text, 8))).body == []


@given(HOSTILE)
def test_a_literal_is_the_text(text: str) -> None:
    assert ast.literal_eval(literal(text)) == text


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("plain", ['"""plain"""']),
        ('it is "so"', ['"""it is "so\\""""']),
        ('say """x""".', ['"""say \\"\\"\\"x\\"\\"\\"."""']),
        ("a \\alpha b", ['r"""a \\alpha b"""']),
    ],
)
def test_docstrings(text: str, lines: list[str]) -> None:
    assert docstring([text]) == lines


def test_paragraphs_are_kept_and_filled() -> None:
    text = "one two\nthree\n\nfour"
    assert paragraphs(text, 8) == ["one two", "three", "", "four"]
