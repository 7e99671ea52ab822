import pytest
from hypothesis import given
from hypothesis import strategies as st
from notation import SIGNS
from steps import growth

from graphc.lang.tokens import Kind, scan, text_value, tokenize


def kinds(text: str) -> list[tuple[Kind, str]]:
    *tokens, end = tokenize(text)
    assert end.kind is Kind.END
    return [(token.kind, token.text) for token in tokens]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("0", Kind.NUMBER),
        ("17", Kind.NUMBER),
        ("1.", Kind.NUMBER),
        (".5", Kind.NUMBER),
        ("1.5e-3", Kind.NUMBER),
        ("1E+9", Kind.NUMBER),
        ("name", Kind.NAME),
        ("_", Kind.NAME),
        ("Größe2", Kind.NAME),
        ("blocks.Bottleneck", Kind.NAME),
        ("a.b.c", Kind.NAME),
        ('"a b"', Kind.TEXT),
        (r'"a\"b"', Kind.TEXT),
        ("'it' x", Kind.TEXT),
        ("//", Kind.SYMBOL),
        ("**", Kind.SYMBOL),
        ("\u00d7", Kind.SYMBOL),
        ("010", Kind.MALFORMED),
        ("3x3", Kind.MALFORMED),
        ("1_000", Kind.MALFORMED),
        ("0x10", Kind.MALFORMED),
        ("1.2.3", Kind.MALFORMED),
        ("5y", Kind.MALFORMED),
        ('"a', Kind.UNCLOSED),
        ("'a\\'", Kind.UNCLOSED),
        (";", Kind.STRAY),
        ("\u0663", Kind.STRAY),
    ],
)
def test_first_token(text: str, kind: Kind) -> None:
    assert kinds(text)[0][0] is kind


@given(SIGNS | st.text(st.sampled_from("ab_x019.é\u0301 -*/=[(")))
def test_plain_tokens_are_those_of_the_whole_grammar(text: str) -> None:
    for token in tokenize(text)[:-1]:
        assert scan(text, token.start) == (token.kind, token.end)


def test_a_count_and_its_mark_are_two_tokens() -> None:
    assert kinds("5x Name") == [
        (Kind.NUMBER, "5"),
        (Kind.NAME, "x"),
        (Kind.NAME, "Name"),
    ]


@pytest.mark.parametrize("text", ["Conv.", "Conv.3", "a. b"])
def test_a_dot_belongs_to_a_name_only_before_a_name(text: str) -> None:
    kind, name = kinds(text)[0]
    assert kind is Kind.NAME
    assert "." not in name


def test_spaced_tells_of_blanks() -> None:
    spaced = [token.spaced for token in tokenize("a -1\t- b")]
    assert spaced == [True, True, False, True, True, True]


@pytest.mark.parametrize(
    ("token", "value"),
    [('"a"', "a"), (r"'a\'b'", "a'b"), (r'"a\\b"', r"a\b"), (r'"a\nb"', r"a\nb")],
)
def test_text_value(token: str, value: str) -> None:
    assert text_value(token) == value


@given(SIGNS)
def test_tokens_and_blanks_are_the_text(text: str) -> None:
    at = 0
    for token in tokenize(text):
        assert text[at : token.start].strip() == ""
        assert token.text == text[token.start : token.end]
        at = token.end
    assert at == len(text)


LONG = ["a.", '"', "\\'", "1", "-", "x5", "a\\", "a "]


@pytest.mark.parametrize("text", [*LONG, " "])
def test_ten_times_the_text_takes_ten_times_the_steps(text: str) -> None:
    assert growth(tokenize, text * 300, text * 3_000) < 12


@pytest.mark.parametrize("text", LONG)
def test_a_long_text_has_tokens_to_its_end(text: str) -> None:
    *_, last, end = tokenize(text * 100_000)
    assert last.end == len((text * 100_000).rstrip())
    assert end.start == 100_000 * len(text)
