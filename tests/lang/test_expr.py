import pytest
from hypothesis import given
from notation import EXPRS, SIGNS, accept_expr, fragment, refuse, total

from graphc.diagnostics import Sink
from graphc.lang import Expr, Number, names, parse_expr, walk
from graphc.source import Fragment, Source, Span


@given(EXPRS)
def test_parse_after_print_is_identity(expr: Expr) -> None:
    assert accept_expr(str(expr)) == expr


@given(SIGNS)
def test_any_text_is_read_or_refused_once(text: str) -> None:
    expr = total(parse_expr, text)
    if expr is not None:
        assert accept_expr(str(expr)) == expr


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        (" 1 + 2 * 3 ", "1+2*3"),
        ("(1+2)*3", "(1+2)*3"),
        ("1-(2-3)", "1-(2-3)"),
        ("(1-2)-3", "1-2-3"),
        ("a//b%c", "a//b%c"),
        ("a//(b%c)", "a//(b%c)"),
        ("-(a+b)", "-(a+b)"),
        ("-a*b", "-a*b"),
        ("-(-1)", "--1"),
        ("a*-b", "a*-b"),
        ("((a))", "a"),
        ("[1, 7]", "[1,7]"),
        ("[[0,1],[0,1],]", "[[0,1],[0,1]]"),
        ("(1, 2)", "[1,2]"),
        ("(1,)", "[1]"),
        ("()", "[]"),
        ("[]", "[]"),
        ("224/706", "224/706"),
        ("1e3", "1000.0"),
        (".5", "0.5"),
        ("'it'", '"it"'),
        (r'"a\"b\\"', r'"a\"b\\"'),
        ("1000000000000000000", "1000000000000000000"),
    ],
)
def test_canonical_text(text: str, canonical: str) -> None:
    assert str(accept_expr(text)) == canonical


@pytest.mark.parametrize(
    ("text", "place", "column", "said"),
    [
        ("", "", 1, "empty"),
        ("1*", "", 3, "ends after `*`"),
        ("-", "", 2, "ends after `-`"),
        ("1*/2", "/", 3, "after `*`"),
        ("+1", "+", 1, "cannot stand"),
        ("1 2", "2", 3, "cannot stand"),
        ("a,b", ",", 2, "cannot stand"),
        ("(1+2", "(", 1, "never closed"),
        ("[1,(2", "(", 4, "never closed"),
        ("(1]", "]", 3, "`(` is closed by `]`"),
        ("1)", ")", 2, "closes no bracket"),
        ("[1,,2]", ",", 4, "after `,`"),
        ("[3 4]", "4", 4, "a comma is missing before `4`"),
        ("a.b", "a.b", 1, "no attributes"),
        ("f(1)", "(", 2, "`f` is called"),
        ("a==b", "=", 2, "cannot stand"),
        ("a<b", "<", 2, "cannot stand"),
        ("1;2", ";", 2, "cannot stand"),
        ("'a", "'", 1, "never closed"),
        ("1..2", "1..2", 1, "is not a number"),
        ("3\u00d74", "\u00d7", 2, "cannot stand"),
    ],
)
def test_refusals(text: str, place: str, column: int, said: str) -> None:
    found = refuse(parse_expr, text)
    assert (found.code, found.text, found.column) == ("GC201", place, column)
    assert said in found.message


@pytest.mark.parametrize(
    ("text", "help_"),
    [
        ("n**2", "write `n*n`"),
        ("007", "write `7`"),
        ("00", "write `0`"),
        ("1_000", "write `1000`"),
        ("3x3", "write a list: `[3,3]`"),
        ("0x1F", "write the number in decimal digits"),
    ],
)
def test_remedies(text: str, help_: str) -> None:
    assert refuse(parse_expr, text).help == (help_,)


@pytest.mark.parametrize("text", ["1000000000000000001", "9" * 1999, "1e400"])
def test_numbers_out_of_bounds(text: str) -> None:
    found = refuse(parse_expr, text)
    assert (found.code, found.column) == ("GC209", 1)


@pytest.mark.parametrize(
    ("opening", "closing"), [("(", ")"), ("[", "]"), ("-", ""), ("1+(", ")")]
)
def test_depth_is_bounded(opening: str, closing: str) -> None:
    def nested(depth: int) -> str:
        return opening * depth + "1" + closing * depth

    accept_expr(nested(25))
    assert "50 levels" in refuse(parse_expr, nested(51)).message
    assert "50 levels" in refuse(parse_expr, nested(400)).message


def test_a_flat_list_may_be_long() -> None:
    text = f"[{','.join('1' * 900)}]"
    assert str(accept_expr(text)) == text


def test_length_is_bounded() -> None:
    accept_expr("a" * 2000)
    assert "2001 characters" in refuse(parse_expr, "a" * 2001).message
    refuse(parse_expr, "[" * 100_000)


def test_spans_take_in_brackets() -> None:
    expr = accept_expr("2 * (a+1) - [b]")
    assert [part.span.text for part in walk(expr)] == [
        "2 * (a+1) - [b]",
        "2 * (a+1)",
        "2",
        "(a+1)",
        "a",
        "1",
        "[b]",
        "b",
    ]


def test_spans_follow_the_offsets_of_a_fragment() -> None:
    source = Source("spec", '"a\\u002bbc"')
    piece = Fragment("a+bc", Span(source, 0, 11), (1, 2, 8, 9, 10))
    expr = parse_expr(piece, Sink())
    assert expr is not None
    assert [part.span.text for part in walk(expr)] == [r"a\u002bbc", "a", "bc"]


def test_spans_do_not_matter_for_equality() -> None:
    one, other = accept_expr("1+n"), accept_expr(" 1 + n")
    assert one == other
    assert hash(one) == hash(other)


def test_names() -> None:
    assert names(accept_expr("[a*b, -(c+a), same]")) == {"a", "b", "c", "same"}


def test_negative_numbers_are_signs_and_numbers() -> None:
    piece = fragment("7")
    assert parse_expr(piece, Sink()) == Number(7, piece.span)
