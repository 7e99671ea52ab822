import pytest
from hypothesis import given
from hypothesis import strategies as st
from notation import NOWHERE, SIGNS, accept, fragment, refuse, total
from steps import growth

from graphc.diagnostics import Sink
from graphc.lang import (
    Binary,
    DimText,
    Expr,
    Name,
    Number,
    ShapeText,
    Unary,
    Unknown,
    parse_dim,
    parse_shape,
    shape_of,
)
from graphc.lang.shape_split import Piece, split_shape
from graphc.source import Fragment, Source, Span

LETTERS = st.text(st.sampled_from("axCHW2_\u00e4"), min_size=1, max_size=5)
NAMES = LETTERS.filter(lambda text: text.isidentifier() and text != "_")
LEAVES: st.SearchStrategy[Expr] = st.builds(
    Number, st.integers(1, 10**18), st.just(NOWHERE)
) | st.builds(Name, NAMES, st.just(NOWHERE))


def _calculated(parts: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    operators = st.sampled_from(["+", "-", "*", "//", "%"])
    return st.builds(Binary, operators, parts, parts, st.just(NOWHERE)) | st.builds(
        Unary, parts, st.just(NOWHERE)
    )


CALCULATIONS = st.recursive(LEAVES, _calculated, max_leaves=5).map(
    lambda expr: Binary("+", expr, Name("n", NOWHERE), NOWHERE)
)
DIMS: st.SearchStrategy[DimText] = LEAVES | CALCULATIONS | st.just(Unknown(NOWHERE))
SHAPES = st.lists(DIMS, min_size=1, max_size=4).map(
    lambda dims: shape_of(tuple(dims), NOWHERE)
)


@given(SHAPES)
def test_parse_after_print_is_identity(shape: ShapeText) -> None:
    assert accept(parse_shape, str(shape)) == shape


@given(DIMS)
def test_a_dim_by_itself_is_read_back(dim: DimText) -> None:
    assert accept(parse_dim, str(dim)) == dim


@given(SIGNS | st.text(st.sampled_from("3xX_@C1 a*[,]()\u00d7"), max_size=12))
def test_any_text_is_read_or_refused_once(text: str) -> None:
    shape = total(parse_shape, text)
    if shape is not None:
        assert accept(parse_shape, str(shape)) == shape
    total(parse_dim, text)


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("3*299*299", "3*299*299"),
        ("1792", "1792"),
        (" 3 * 4 ", "3*4"),
        ("_", "_"),
        ("_*H*W", "_*H*W"),
        ("tokens*dim", "tokens*dim"),
        ("(4*width)*H*W", "(4*width)*H*W"),
        ("(2*C)*(H//2)*(W//2)", "(2*C)*(H//2)*(W//2)"),
        ("(3)*2", "3*2"),
        ("(C*H*W)", "(C*H*W)"),
        ("max*H", "max*H"),
        ("x*y", "x*y"),
        ("[C, H, W]", "C*H*W"),
        ("(C, H, W)", "C*H*W"),
        ("[2*C, H//2, _]", "(2*C)*(H//2)*_"),
        ("((H+1)//2, 3)", "((H+1)//2)*3"),
        ("[1,]", "1"),
        ("3x224x224", "3*224*224"),
        ("3\u00d7224\u00d7224", "3*224*224"),
        ("3 \u00d7 224 \u00d7 224", "3*224*224"),
        ("3 x 224x224", "3*224*224"),
        ("CxHxW", "C*H*W"),
        ("CxH", "C*H"),
        ("axbxc", "a*b*c"),
        ("H2xW2", "H2*W2"),
        ("3xN", "3*N"),
        ("_x_x_", "_*_*_"),
        ("tokens x dim", "tokens*dim"),
        ("max x exp", "max*exp"),
        ("channels x 3x3", "channels*3*3"),
        ("64@112x112", "64*112*112"),
        ("6 @ 28\u00d728", "6*28*28"),
        ("exp", "exp"),
        ("max", "max"),
        ("text", "text"),
        ("x", "x"),
        ("axb", "axb"),
        ("\u00e4*\u00f6", "\u00e4*\u00f6"),
    ],
)
def test_canonical_text(text: str, canonical: str) -> None:
    assert str(accept(parse_shape, text)) == canonical


@pytest.mark.parametrize(
    ("text", "place", "column", "said"),
    [
        ("", "", 1, "empty"),
        ("?", "?", 1, "`?` does not stand"),
        ("3*?*?", "?", 3, "`?` does not stand"),
        ("[3,?]", "?", 4, "`?` does not stand"),
        ("-1", "-1", 1, "negative"),
        ("3*32*-1", "-1", 6, "negative"),
        ("3*- 1*2", "- 1", 3, "negative"),
        ("[3,-1]", "-1", 4, "negative"),
        ("0", "0", 1, "at least 1, not 0"),
        ("3x0x2", "0", 3, "at least 1, not 0"),
        ("(1-2)*3", "(1-2)", 1, "`1-2` is -1"),
        ("[3,2-2]", "2-2", 4, "`2-2` is 0"),
        ("3.5*2", "3.5", 1, "whole number"),
        ("(n*1.5)*2", "1.5", 4, "whole number"),
        ("(H/2)*3", "(H/2)", 1, "not with `/`"),
        ("(_+1)*3", "_", 2, "part of a calculation"),
        ("[_*2]", "_", 2, "part of a calculation"),
        ("3*true", "true", 3, "is no size"),
        ('3*"a"', '"a"', 3, "is no size"),
        ("3*[1,2]", "[1,2]", 3, "is no size"),
        ("[[3,4]]", "[3,4]", 2, "is no size"),
        ("3*", "", 3, "ends after `*`"),
        ("*3", "*", 1, "cannot stand"),
        ("3**4", "**", 2, "no power"),
        ("3 4", "4", 3, "follows a dim"),
        ("3*4]", "]", 4, "closes no bracket"),
        ("[3,4", "[", 1, "never closed"),
        ("(3,4", "(", 1, "never closed"),
        ("(3", "(", 1, "never closed"),
        ("[]", "[]", 1, "at least one dim"),
        ("()", "()", 1, "at least one dim"),
        ("[3 4]", "4", 4, "a comma is missing before `4`"),
        ("[3]4", "4", 4, "cannot stand"),
        ("a.b*3", "a.b", 1, "no attributes"),
        ("3;4", ";", 2, "cannot stand"),
        ("64@", "", 4, "a dim is missing"),
        ("@64", "", 1, "a dim is missing"),
        ("64@112x", "x", 7, "a dim is missing behind `x`"),
        ("3x", "x", 2, "a dim is missing behind `x`"),
        ("64@112@3", "@", 3, "cannot stand"),
        ("3 x 4 5", "5", 7, "follows a dim"),
    ],
)
def test_refusals(text: str, place: str, column: int, said: str) -> None:
    found = refuse(parse_shape, text)
    assert (found.code, found.text, found.column) == ("GC116", place, column)
    assert said in found.message


@pytest.mark.parametrize(
    ("text", "help_"),
    [
        ("3*?*?", "write `_`"),
        ("3*-1*2", "write `_` for a size that is to be inferred"),
        ("None*3", "write `_` for a size that is to be inferred"),
        ("010", "write `10`"),
        ("1_000", "write `1000`"),
        ("1e3", "write `1000`"),
        ("2.0*3", "write `2`"),
        ("3,4", "write `[3,4]`"),
        ("3*H+1", "write `(H+1)`"),
        ("C*H//2*W", "write `(H//2)`"),
        ("[C,H/2]", "write `H//2`"),
        ("3X224X224", "write `3*224*224`"),
        ("3*224x224", "write `224*224`"),
        ("[3x224x224]", "write `3*224*224`"),
        ("3xmax", "write `3*max`"),
    ],
)
def test_remedies(text: str, help_: str) -> None:
    assert refuse(parse_shape, text).help == (help_,)


@pytest.mark.parametrize("text", ["3*1000000000000000001", "[3,1000000000000000001]"])
def test_numbers_out_of_bounds(text: str) -> None:
    found = refuse(parse_shape, text)
    assert (found.code, found.text) == ("GC209", "1000000000000000001")


def test_a_calculation_without_value_is_refused() -> None:
    found = refuse(parse_shape, "3*(1//0)")
    assert (found.code, found.text, found.column) == ("GC209", "0", 7)


@pytest.mark.parametrize("text", [" 3 x (a) ", "[3, ?]", "3*(", "x" * 2001])
def test_a_shape_that_fails_gives_one_finding(text: str) -> None:
    assert total(parse_shape, text) is None


def test_spans() -> None:
    shape = accept(parse_shape, " 64@112x_ ")
    assert shape.span.text == "64@112x_"
    assert [dim.span.text for dim in shape.dims] == ["64", "112", "_"]
    shape = accept(parse_shape, "[ 2*C, (H) ]")
    assert [dim.span.text for dim in shape.dims] == ["2*C", "(H)"]


def test_spans_follow_the_offsets_of_a_fragment() -> None:
    source = Source("spec", '"3\\x78H"')
    piece = Fragment("3xH", Span(source, 0, 8), (1, 2, 6, 7))
    shape = parse_shape(piece, Sink())
    assert shape is not None
    assert shape.span.text == r"3\x78H"
    assert [dim.span.text for dim in shape.dims] == ["3", "H"]


def test_one_dim_that_looks_like_more_is_bracketed() -> None:
    piece = fragment("CxH")
    shape = shape_of((Name("CxH", piece.span),), piece.span)
    assert str(shape) == "(CxH)"
    assert accept(parse_shape, "(CxH)") == shape


@pytest.mark.parametrize("text", ["3x", "x", " x ", "a x ", "_@", "\u00d7"])
def test_ten_times_the_text_takes_ten_times_the_steps(text: str) -> None:
    assert growth(split_shape, text * 300, text * 3_000) < 12


def test_a_long_run_of_blanks_parts_nothing_by_itself() -> None:
    blanks = " " * 200_000
    assert split_shape(f"a{blanks}b") is None
    pieces = split_shape(f"a{blanks}x{blanks}b")
    assert pieces == (Piece(0, 1), Piece(400_002, 400_003))
