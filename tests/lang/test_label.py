from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from notation import EXPRS, NOWHERE, SIGNS, accept, refuse, total

from graphc.diagnostics import Sink
from graphc.lang import (
    ArgumentText,
    Expr,
    Name,
    Number,
    TermText,
    label_text,
    parse_label,
)
from graphc.source import Fragment

TERMS = frozenset({"Conv", "BN", "ReLU", "Bottleneck", "Reshape", "relu", "blocks.Res"})
PARAMS = frozenset({"n", "width", "stride", "C", "Width", "k"})


def parse(
    fragment: Fragment, sink: Sink, params: frozenset[str] = PARAMS
) -> tuple[TermText, ...] | None:
    return parse_label(fragment, TERMS.__contains__, params.__contains__, sink)


parse_with_x = partial(parse, params=PARAMS | {"x"})


def _first_name(expr: Expr) -> str | None:
    """Return the name that the expression's text begins with."""
    while not isinstance(expr, Name):
        left = getattr(expr, "left", None)
        if left is None:
            return None
        expr = left
    return expr.text


def _is_argument(expr: Expr) -> bool:
    """Whether the expression can stand without a key: no op's name at its head."""
    first = _first_name(expr)
    if first is None or first in PARAMS:
        return True
    return first not in TERMS and not first[0].isupper()


def _argument(key: str | None, value: Expr) -> ArgumentText:
    return ArgumentText(key, None if key is None else NOWHERE, value, NOWHERE)


KEYS = st.sampled_from(["k", "p", "x", "out", "C", "scale"])
ARGUMENTS = st.builds(_argument, KEYS, EXPRS) | st.builds(
    _argument, st.none(), EXPRS.filter(_is_argument)
)
COUNTS = EXPRS.filter(lambda expr: not isinstance(expr, Name)) | st.just(
    Name("n", NOWHERE)
)
LABELS = st.lists(
    st.builds(
        TermText,
        st.sampled_from(["Conv", "BN", "Foo", "relu", "blocks.Res", "a.b", "foo"]),
        st.just(NOWHERE),
        st.none() | COUNTS,
        st.lists(ARGUMENTS, max_size=3).map(tuple),
        st.just(NOWHERE),
    ),
    min_size=1,
    max_size=3,
).map(tuple)


@given(LABELS)
def test_parse_after_print_is_identity(label: tuple[TermText, ...]) -> None:
    assert accept(parse, label_text(label)) == label


@given(
    SIGNS
    | st.lists(
        st.sampled_from(
            ["Conv", "BN", "n", "x", "5", "k=", "3", ",", " ", "-", "[", "]", "=", "a"]
        ),
        max_size=12,
    ).map("".join)
)
def test_any_text_is_read_or_refused_once(text: str) -> None:
    for parser in (parse, parse_with_x):
        label = total(parser, text)
        if label is not None:
            assert accept(parser, label_text(label)) == label


def rows(text: str) -> list[str]:
    """Return each term as its repeat, name and arguments, parted by bars."""
    return [
        "|".join([str(term.repeat or ""), term.name, *map(str, term.arguments)])
        for term in accept(parse, text)
    ]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Conv", ["|Conv"]),
        ("Conv k=1 BN ReLU", ["|Conv|k=1", "|BN", "|ReLU"]),
        ("Conv k=1, BN,ReLU", ["|Conv|k=1", "|BN", "|ReLU"]),
        ("5 x Bottleneck", ["5|Bottleneck"]),
        ("5x Bottleneck", ["5|Bottleneck"]),
        ("5 \u00d7 Bottleneck", ["5|Bottleneck"]),
        ("5\u00d7Bottleneck", ["5|Bottleneck"]),
        ("n x Bottleneck", ["n|Bottleneck"]),
        ("(2*n) x Bottleneck 64", ["2*n|Bottleneck|64"]),
        ("2*n x Bottleneck", ["2*n|Bottleneck"]),
        ("Width x Conv", ["Width|Conv"]),
        (
            "Bottleneck 64 s=stride, 2 x Bottleneck 64",
            ["|Bottleneck|64|s=stride", "2|Bottleneck|64"],
        ),
        ("ReLU 5 x Conv 3", ["|ReLU", "5|Conv|3"]),
        ("3 x Conv k=1 BN", ["3|Conv|k=1", "|BN"]),
        ("blocks.Bottleneck 64", ["|blocks.Bottleneck|64"]),
        ("3 x blocks.Bottleneck", ["3|blocks.Bottleneck"]),
        ("Conv k = 3 p= same", ["|Conv|k=3|p=same"]),
        ("Conv k=[1, 7] p=(0,3) ReLU", ["|Conv|k=[1,7]|p=[0,3]", "|ReLU"]),
        ("Conv scale=224 / 706", ["|Conv|scale=224/706"]),
        ("Conv 4*width k//2", ["|Conv|4*width|k//2"]),
        ("Conv 4 * width", ["|Conv|4*width"]),
        ("Reshape -1 7 7", ["|Reshape|-1|7|7"]),
        ("Reshape 7 -1", ["|Reshape|7|-1"]),
        ("Reshape 7 - 1", ["|Reshape|7-1"]),
        ("Reshape 7-1", ["|Reshape|7-1"]),
        ("Reshape (7 -1) -n", ["|Reshape|7-1|-n"]),
        ("Conv k=-1 bias=false", ["|Conv|k=-1|bias=false"]),
        ("Conv C Width", ["|Conv|C|Width"]),
        ("Conv k k=k", ["|Conv|k|k=k"]),
        ("Conv nearest", ["|Conv|nearest"]),
        ("Conv mode='a b'", ['|Conv|mode="a b"']),
        ("Conv k=relu relu", ["|Conv|k=relu", "|relu"]),
        ("Conv k=BN", ["|Conv|k=BN"]),
        ("Conv Foo 3", ["|Conv", "|Foo|3"]),
        ("Conv x", ["|Conv|(x)"]),
        ("Conv 5 x=3", ["|Conv|5|x=3"]),
        ("Conv 5 x*2", ["|Conv|5|x*2"]),
        ("cnov k=3", ["|cnov|k=3"]),
        ("Conv, cnov k=3", ["|Conv", "|cnov|k=3"]),
        ("5 x cnov 3", ["5|cnov|3"]),
        ("Gr\u00f6\u00dfe 3", ["|Gr\u00f6\u00dfe|3"]),
        ("Conv\n  k=3\tBN", ["|Conv|k=3", "|BN"]),
    ],
)
def test_terms(text: str, terms: list[str]) -> None:
    assert rows(text) == terms


def test_a_parameter_x_is_a_value_except_before_the_first_op() -> None:
    (conv, other) = accept(parse_with_x, "Conv 3 x Conv")
    assert [str(argument) for argument in conv.arguments] == ["3", "(x)"]
    assert other.repeat is None
    (conv,) = accept(parse_with_x, "x x Conv x")
    assert str(conv) == "x x Conv (x)"


@pytest.mark.parametrize(
    ("text", "place", "column", "said"),
    [
        ("", "", 1, "the label is empty"),
        ("  ", "  ", 1, "the label is empty"),
        ("Conv k=", "k=", 6, "`k` has no value"),
        ("Conv k= BN", "k=", 6, "`k` has no value"),
        ("Conv k=, BN", "k=", 6, "`k` has no value"),
        ("Conv k= p=3", "k=", 6, "`k` has no value"),
        ("Conv k==3", "=", 8, "after `=`"),
        ("Conv ; BN", ";", 6, "`;` cannot stand here"),
        ("Conv | BN", "|", 6, "`|` cannot stand here"),
        ("Conv k:3", ":", 7, "`:` cannot stand here"),
        ("Conv $x", "$", 6, "`$` cannot stand here"),
        ("Conv,, BN", ",", 6, "a comma has no op"),
        (", Conv", ",", 1, "a comma has no op"),
        ("Conv,", ",", 5, "a comma has no op"),
        ("5 x", "x", 3, "a repeat has no op"),
        ("5 \u00d7", "\u00d7", 3, "a repeat has no op"),
        ("5 x 3", "x", 3, "a repeat has no op"),
        ("5 x 5 x Conv", "x", 3, "a repeat has no op"),
        ("5 x (Conv BN)", "x", 3, "a repeat has no op"),
        ("ReLU 5 x", "x", 8, "a repeat has no op"),
        ("ReLU 5 x 3", "x", 8, "a repeat has no op"),
        ("Conv 64 5 x 3", "x", 11, "a repeat has no op"),
        ("Conv x Conv", "x", 6, "no count before its `x`"),
        ("Conv k=3 x Conv", "x", 10, "no count before its `x`"),
        ("Conv k=1 2 x BN", "2 x", 10, "needs a comma before it"),
        ("Conv k=1 2x BN", "2x", 10, "needs a comma before it"),
        ("Conv k=1 2 \u00d7 BN", "2 \u00d7", 10, "needs a comma before it"),
        ("5", "5", 1, "`5`, stands before the first"),
        ("n", "n", 1, "`n`, stands before the first"),
        ("k=3 Conv", "k", 1, "`k`, stands before the first"),
        ("2 Conv", "2", 1, "`2`, stands before the first"),
        ("Conv 2, 3", "3", 9, "`3`, stands behind a comma"),
        ("Conv k=[1,7", "[", 8, "never closed"),
        ("Conv (3 BN", "BN", 9, "a comma is missing before `BN`"),
        ("Conv k=(1,7]", "]", 12, "is closed by `]`"),
        ("Conv )", ")", 6, "closes no bracket"),
        ("Conv +1", "+", 6, "cannot stand"),
        ("Conv(3)", "(", 5, "`Conv` is called like a function"),
        ("Conv n(3)", "(", 7, "`n` is called like a function"),
        ("Conv [3][4]", "[", 9, "a blank is missing between `]` and `[`"),
        ("Conv (Foo)", "(Foo)", 6, "`Foo` is neither a parameter"),
        ("Conv k=1BN", "1BN", 8, "is not a number"),
        ("5xBottleneck", "5xBottleneck", 1, "is not a number"),
        ("Conv k=3x3", "3x3", 8, "is not a number"),
        ("Conv mode='a", "'", 11, "never closed"),
        ("Conv 2**3", "**", 7, "no power"),
        ("5 x Res-Net-a k=3", "Res-Net-a", 5, "holds a hyphen"),
        ("average-pool 3", "average-pool", 1, "holds a hyphen"),
        ("Conv k=1 Res-Net", "Res-Net", 10, "holds a hyphen"),
    ],
)
def test_refusals(text: str, place: str, column: int, said: str) -> None:
    found = refuse(parse, text)
    assert (found.code, found.text, found.column) == ("GC201", place, column)
    assert said in found.message


@pytest.mark.parametrize(
    ("text", "help_"),
    [
        ("Bottleneck 64 2 x Bottleneck 64", "write `, 2 x Bottleneck`"),
        ("Inception-ResNet-A", "write `InceptionResNetA`"),
        ("average-pool 3", "write `AveragePool`"),
        ("5xBottleneck", "write `5 x Bottleneck`"),
        ("5 X Conv", "write `5 x Conv`"),
        ("5*Conv", "write `5 x Conv`"),
        ("5", "begin with an op, a module or a repeat: `5 x Name`"),
        (
            "Conv 2, 3",
            "part arguments by blanks, and write a list in brackets: `[1,7]`",
        ),
        ("Conv k=3x3", "write a list: `[3,3]`"),
        ("Conv(3)", "write arguments behind a blank: `Conv 64 k=3`"),
        ("Conv k:3", "an argument's name and value are joined by `=`: `k=3`"),
        (
            "Conv \u2192 BN",
            "part ops and modules by blanks or commas: `Conv k=3 BN ReLU`",
        ),
    ],
)
def test_remedies(text: str, help_: str) -> None:
    assert refuse(parse, text).help == (help_,)


def test_numbers_and_lengths_out_of_bounds() -> None:
    found = refuse(parse, "Conv k=1000000000000000001")
    assert (found.code, found.text) == ("GC209", "1000000000000000001")
    assert "2001 characters" in refuse(parse, "C" * 2001).message


def test_spans() -> None:
    first, second = accept(parse, " Conv 64 k = [1,7] , (2*n) x  BN ")
    assert first.span.text == "Conv 64 k = [1,7]"
    assert first.name_span.text == "Conv"
    assert [argument.span.text for argument in first.arguments] == ["64", "k = [1,7]"]
    plain, keyed = first.arguments
    assert plain.key_span is None
    assert keyed.key_span is not None
    assert keyed.key_span.text == "k"
    assert keyed.value.span.text == "[1,7]"
    assert second.span.text == "(2*n) x  BN"
    assert second.name_span.text == "BN"
    assert second.repeat is not None
    assert second.repeat.span.text == "(2*n)"


def test_the_span_of_a_repeat_behind_a_term() -> None:
    first, second = accept(parse, "ReLU 5 x Conv")
    assert (first.span.text, second.span.text) == ("ReLU", "5 x Conv")
    assert second.repeat == Number(5, NOWHERE)
