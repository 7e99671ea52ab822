import math
import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphc.diagnostics import Code
from graphc.ir import Argument, Arguments, Family, Form, Kind, Layer, Op, Sizes, Value
from graphc.ir.binding import BindingFault, Given, bind
from graphc.lang import symbol
from graphc.ops import OPS
from graphc.source import Source, Span


def _unused_sizes(_: Sizes) -> None:
    raise AssertionError("binding looks at no sizes")


def _unused_form(_: Layer) -> Form:
    raise AssertionError("binding looks at no form")


def op(*arguments: Argument) -> Op:
    return Op(
        "Op",
        Family.DATA,
        "an op for tests",
        "Op",
        sizes=_unused_sizes,
        torch=_unused_form,
        arguments=arguments,
    )


OUT = Argument("out", Kind.INTEGER, "the channels", inferred=True, least=1)
KERNEL = Argument(
    "kernel_size", Kind.AXES, "the kernel", ("k", "kernel"), required=True, least=1
)
STRIDE = Argument("stride", Kind.AXES, "the step", ("s",), default=1, least=1)
CONV = op(OUT, KERNEL, STRIDE)
C = symbol("C")

Written = tuple[str | None, Value]


def given_in_a_row(*written: Written) -> tuple[list[Given], str]:
    """Arguments with their places in a text that looks like a label."""
    text, places = "Op", []
    for key, value in written:
        text += " "
        start = len(text)
        text += f"{key}=" if key else ""
        middle = len(text)
        text += f"{value}".replace(" ", "")
        places.append((key, value, start, middle, len(text)))
    source = Source("label", text)
    items = [
        Given(
            key,
            value,
            Span(source, middle, end),
            Span(source, start, middle - 1) if key else None,
        )
        for key, value, start, middle, end in places
    ]
    return items, text


def values(op: Op, *written: Written) -> dict[str, Value]:
    items, text = given_in_a_row(*written)
    found = bind(op, items, Span(Source("label", text), 0, 2))
    assert isinstance(found, Arguments), found
    return dict(found.mapping())


def faults(op: Op, *written: Written) -> tuple[BindingFault, ...]:
    items, text = given_in_a_row(*written)
    found = bind(op, items, Span(Source("label", text), 0, 2))
    assert isinstance(found, tuple), found
    return found


def fault(op: Op, *written: Written) -> BindingFault:
    found = faults(op, *written)
    assert len(found) == 1, found
    return found[0]


# What binds


def test_values_without_a_key_fill_the_arguments_in_order() -> None:
    found = values(CONV, (None, 64), (None, 3), (None, 2))
    assert found == {"out": 64, "kernel_size": 3, "stride": 2}


def test_every_argument_gets_a_value_in_the_order_of_declaration() -> None:
    found = values(CONV, ("k", 3))
    assert list(found.items()) == [("out", None), ("kernel_size", 3), ("stride", 1)]


@pytest.mark.parametrize("key", ["kernel_size", "k", "kernel"])
def test_an_argument_is_given_by_any_of_its_names(key: str) -> None:
    assert values(CONV, (key, 5))["kernel_size"] == 5


def test_a_key_does_not_use_up_a_position() -> None:
    assert values(CONV, ("s", 2), (None, 64), ("k", 3)) == values(
        CONV, (None, 64), ("k", 3), ("s", 2)
    )


@given(st.permutations([("out", 64), ("k", 3), ("s", 2)]))
def test_the_order_of_keys_means_nothing(written: Sequence[Written]) -> None:
    assert values(CONV, *written) == {"out": 64, "kernel_size": 3, "stride": 2}


@pytest.mark.parametrize("size", [C, 2 * C + 1])
def test_a_symbolic_size_is_an_integer_without_bounds(size: Value) -> None:
    assert values(CONV, (None, size), ("k", (size, 3)))["out"] is size


def test_none_stands_for_a_value_that_is_not_written() -> None:
    assert values(CONV, ("out", None), ("k", 3))["out"] is None
    assert fault(CONV, ("k", None)).code is Code.GC206
    assert fault(CONV, ("k", 3), ("s", None)).code is Code.GC206


# What each kind takes


TAKEN: list[tuple[Kind, Value]] = [
    (Kind.INTEGER, 3),
    (Kind.INTEGER, -3),
    (Kind.INTEGER, C),
    (Kind.NUMBER, 3),
    (Kind.NUMBER, 0.5),
    (Kind.FLAG, True),
    (Kind.FLAG, False),
    (Kind.AXES, 3),
    (Kind.AXES, (3, 1)),
    (Kind.AXES, (3, C)),
    (Kind.PADDING, 1),
    (Kind.PADDING, (0, 3)),
    (Kind.PADDING, ((0, 1), (0, 1))),
    (Kind.PADDING, (1, (0, 1))),
    (Kind.INTEGERS, (1, 2, 3)),
    (Kind.PARTS, 2),
    (Kind.PARTS, (6, 4)),
    (Kind.FACTORS, 1.5),
    (Kind.FACTORS, (2, 1.5)),
]

NOT_TAKEN: list[tuple[Kind, Value]] = [
    (Kind.INTEGER, 3.0),
    (Kind.INTEGER, True),
    (Kind.INTEGER, "three"),
    (Kind.INTEGER, (3,)),
    (Kind.INTEGER, None),
    (Kind.NUMBER, False),
    (Kind.NUMBER, "0.5"),
    (Kind.NUMBER, (1, 2)),
    (Kind.FLAG, 1),
    (Kind.FLAG, 0),
    (Kind.FLAG, "yes"),
    (Kind.FLAG, None),
    (Kind.AXES, (3, 1.0)),
    (Kind.AXES, (True, 3)),
    (Kind.AXES, ()),
    (Kind.AXES, ((3, 3), 1)),
    (Kind.PADDING, (0, (1, 2, 3))),
    (Kind.PADDING, ((1,), (1,))),
    (Kind.PADDING, (((0, 1), (0, 1)),)),
    (Kind.PADDING, ()),
    (Kind.PADDING, "same"),
    (Kind.PADDING, ((0, 0.5),)),
    (Kind.INTEGERS, 3),
    (Kind.INTEGERS, ()),
    (Kind.PARTS, 2.0),
    (Kind.FACTORS, (2, "x")),
    (Kind.FACTORS, True),
]


@pytest.mark.parametrize(("kind", "value"), TAKEN)
def test_a_kind_takes_its_values_as_they_are(kind: Kind, value: Value) -> None:
    assert values(op(Argument("a", kind, "", required=True)), ("a", value)) == {
        "a": value
    }


@pytest.mark.parametrize(("kind", "value"), NOT_TAKEN)
def test_a_kind_refuses_others_and_tells_what_it_takes(
    kind: Kind, value: Value
) -> None:
    found = fault(op(Argument("a", kind, "", required=True)), ("a", value))
    assert found.code is Code.GC206
    assert found.message.startswith(f"`a` of `Op` takes {kind.value}, not ")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (3.0, "3.0"),
        (True, "true"),
        (None, "none"),
        ("three", "`three`"),
        ((3.0, True), "[3.0, true]"),
        ((), "[]"),
    ],
)
def test_what_was_given_is_told_as_a_spec_writes_it(value: Value, shown: str) -> None:
    found = fault(op(Argument("a", Kind.INTEGER, "", default=1)), ("a", value))
    assert found.message == f"`a` of `Op` takes an integer, not {shown}"
    assert found.span.start == len("Op a=")


# Bounds


SHARE = Argument("p", Kind.NUMBER, "a share", default=0.5, least=0, most=1)
EXPONENT = Argument("eps", Kind.NUMBER, "small", default=1e-5, least=0.5)


@pytest.mark.parametrize("value", [0, 0.0, 0.2, 1, 1.0])
def test_a_value_on_a_bound_is_taken(value: Value) -> None:
    assert values(op(SHARE), (None, value)) == {"p": value}


@pytest.mark.parametrize(
    ("argument", "value", "message"),
    [
        (SHARE, 1.5, "is at most 1, not 1.5"),
        (SHARE, -0.1, "is at least 0, not -0.1"),
        (SHARE, math.nan, "is at least 0, not nan"),
        (SHARE, math.inf, "is at most 1, not inf"),
        (EXPONENT, 0.25, "is at least 0.5, not 0.25"),
        (OUT, 0, "is at least 1, not 0"),
        (STRIDE, (1, 0), "is at least 1, not 0"),
        (Argument("p", Kind.PADDING, "", least=0), ((0, 1), (0, -1)), "not -1"),
    ],
)
def test_a_bound_holds_for_every_number_in_a_value(
    argument: Argument, value: Value, message: str
) -> None:
    found = fault(op(argument), (argument.name, value))
    assert found.code is Code.GC206
    assert found.message.endswith(message)


# Words


MODE = Argument("mode", Kind.WORD, "", default="zeros", choices=("zeros", "reflect"))
SAME = Argument("padding", Kind.PADDING, "", ("p",), default=0, choices=("same",))
NONE = Argument("approximate", Kind.WORD, "", default="none", choices=("none", "tanh"))


def test_a_word_is_one_of_the_choices() -> None:
    assert values(op(MODE), (None, "reflect")) == {"mode": "reflect"}
    found = fault(op(MODE), ("mode", "refelct"))
    assert found.message == (
        "`mode` of `Op` is one of `zeros`, `reflect`, not `refelct`"
    )
    assert found.help == ("did you mean `reflect`?",)


def test_a_word_far_from_all_choices_gets_no_guess() -> None:
    assert fault(op(MODE), ("mode", "banana")).help == ()


def test_a_number_for_a_word_is_told_the_words() -> None:
    found = fault(op(MODE), ("mode", 3))
    assert found.message == "`mode` of `Op` is one of `zeros`, `reflect`, not 3"


def test_an_argument_may_take_words_and_numbers() -> None:
    assert values(op(SAME), ("p", "same")) == {"padding": "same"}
    assert values(op(SAME), ("p", (1, 2))) == {"padding": (1, 2)}
    found = fault(op(SAME), ("p", "sane"))
    assert found.message == (
        "`padding` of `Op` takes an integer, or a list with one or a pair for each"
        " axis, or one of `same`, not `sane`"
    )
    assert found.help == ("did you mean `same`?",)


def test_none_is_a_word_where_it_is_a_choice() -> None:
    assert values(op(NONE), ("approximate", None)) == {"approximate": "none"}


def test_a_word_that_belongs_elsewhere_is_sent_there() -> None:
    found = fault(op(OUT, SAME), (None, "same"))
    assert found.help == ("write `p=same`",)
    found = fault(op(OUT, SAME), (None, "p"))
    assert found.help == ("a value follows its key with `=`: `p=...`",)


# Keys, counts


def test_an_unknown_key_gets_the_nearest_and_the_list() -> None:
    found = fault(CONV, ("k", 3), ("strid", 2))
    assert found.code is Code.GC203
    assert found.message == "`Op` has no argument `strid`"
    assert found.help == (
        "did you mean `stride`?",
        "`Op` takes out, kernel_size (k, kernel), stride (s)",
    )
    assert found.span.text == "strid"


def test_a_key_for_an_op_without_arguments_is_told_so() -> None:
    found = fault(op(), ("k", 3))
    assert (found.code, found.help) == (Code.GC203, ("`Op` takes no arguments",))


@pytest.mark.parametrize(
    ("written", "message", "help_"),
    [
        ([("k", 3), ("k", 5)], "`kernel_size` of `Op` is given twice, as `k`", ()),
        (
            [("k", 3), ("kernel", 5)],
            "`kernel_size` of `Op` is given twice, as `k` and `kernel`",
            (),
        ),
        (
            [("kernel_size", 3), ("kernel_size", 5)],
            "`kernel_size` of `Op` is given twice",
            (),
        ),
        (
            [(None, 64), (None, 3), ("k", 5)],
            "`kernel_size` of `Op` is given twice, as `k`",
            ("argument 2 without a key is `kernel_size`",),
        ),
    ],
)
def test_an_argument_given_twice_is_shown_at_both_places(
    written: list[Written], message: str, help_: tuple[str, ...]
) -> None:
    found = fault(CONV, *written)
    assert found.code is Code.GC204
    assert (found.message, found.help) == (message, help_)
    key = written[-1][0]
    assert found.span.text == f"{key}=5"
    assert found.related_span is not None
    assert found.related_span.text in {f"{written[-2][0]}=3", "3"}
    assert found.diagnostic().related[0].span == found.related_span


def test_a_missing_argument_is_reported_at_the_op() -> None:
    found = fault(CONV, (None, 64))
    assert found.code is Code.GC205
    assert found.message == "`Op` needs `kernel_size`, the kernel"
    assert found.help == ("write `k=...` behind `Op`",)
    assert found.span.text == "Op"


def test_too_many_arguments_are_one_report_at_the_first() -> None:
    found = fault(CONV, (None, 64), (None, 3), (None, 1), (None, 7), (None, 8))
    assert found.code is Code.GC207
    assert found.message == "`Op` takes at most 3 arguments"
    assert found.span.text == "7"
    assert fault(op(), (None, 1)).message == "`Op` takes no arguments"
    assert fault(op(OUT), (None, 1), (None, 2)).message.endswith("at most 1 argument")


def test_independent_mistakes_are_all_reported() -> None:
    found = faults(CONV, (None, 0), ("strid", 2), ("s", True))
    assert {item.code for item in found} == {Code.GC203, Code.GC205, Code.GC206}
    assert len(found) == 4


# Over all ops


ANY: st.SearchStrategy[Value] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-4, 9)
    | st.floats()
    | st.sampled_from(["same", "none", "k", "zeros", "x"])
    | st.just(C),
    lambda inner: st.lists(inner, max_size=3).map(tuple),
    max_leaves=4,
)


@st.composite
def labels(draw: st.DrawFn) -> tuple[Op, list[Written]]:
    op = draw(st.sampled_from(OPS))
    names = [name for argument in op.arguments for name in argument.names]
    keys = st.sampled_from([None, "nothing", *names])
    return op, draw(st.lists(st.tuples(keys, ANY), max_size=4))


@given(labels())
def test_whatever_is_given_there_is_a_value_for_each_argument_or_a_report(
    drawn: tuple[Op, list[Written]],
) -> None:
    op, written = drawn
    items, text = given_in_a_row(*written)
    found = bind(op, items, Span(Source("label", text), 0, 2))
    if isinstance(found, Arguments):
        assert tuple(found) == tuple(argument.name for argument in op.arguments)
        return
    assert found
    for item in found:
        assert re.fullmatch(r"GC20[34567]", item.code.name)
        assert item.message[0] == "`"
        assert not item.message.endswith(".")
