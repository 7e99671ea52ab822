import subprocess
import sys
from pathlib import Path

import pytest

from graphc.diagnostics import Sink
from graphc.infer import infer_op
from graphc.ir import Arguments, Kind, Layer, Op, Value
from graphc.ir.accept import refusal
from graphc.ir.binding import Given, bind
from graphc.lang import (
    ArgumentText,
    Dim,
    Fault,
    Size,
    evaluate,
    parse_expr,
    parse_label,
    symbol,
)
from graphc.ops import OP_NAMES, OPS, find
from graphc.source import Fragment, Source, Span

IMAGE, TEXT, HEADS = (256, 28, 28), (16, 64), (8, 16, 64)
INPUTS = [
    (),
    (IMAGE,),
    (TEXT,),
    (TEXT[:1],),
    ((64, 1),),
    (IMAGE, IMAGE),
    (TEXT, TEXT[::-1]),
    (HEADS, HEADS, HEADS),
]
"""Every example is for one of these."""

NAMED = [(op, name) for op in OPS for name in (op.name, *op.aliases)]
OPS_BY_NAME = pytest.mark.parametrize("op", OPS, ids=lambda op: op.name)


def fragment(text: str) -> Fragment:
    return Fragment(text, Span(Source("example", text), 0, len(text)))


def never(_: str) -> bool:
    return False


def given(argument: ArgumentText) -> Given:
    value = evaluate(argument.value, {})
    assert not isinstance(value, Fault)
    return Given(argument.key, value, argument.value.span, argument.key_span)


def example(op: Op) -> Arguments:
    """The arguments that an op's example gives it."""
    sink = Sink()
    terms = parse_label(
        fragment(op.example), lambda name: find(name) is not None, never, sink
    )
    assert terms is not None
    (term,) = terms
    assert find(term.name) is op
    found = bind(op, [given(item) for item in term.arguments], term.name_span)
    assert isinstance(found, Arguments), found
    return found


# Names


def test_a_name_in_any_case_is_one_op() -> None:
    seen: dict[str, Op] = {}
    for op, name in NAMED:
        assert seen.setdefault(name.lower(), op) is op, name


def test_every_name_finds_its_op_and_no_other_does() -> None:
    assert [find(name) for _, name in NAMED] == [op for op, _ in NAMED]
    assert tuple(name for _, name in NAMED) == OP_NAMES
    assert find("conv") is None
    assert find("") is None


@pytest.mark.parametrize("name", OP_NAMES)
def test_a_name_is_one_that_a_label_reads_as_an_op(name: str) -> None:
    sink = Sink()
    terms = parse_label(fragment(f"{name} {name}"), never, never, sink)
    assert terms is not None
    assert [term.name for term in terms] == [name, name]


# What a reader is told


@OPS_BY_NAME
def test_an_op_says_what_it_is_and_how_its_sizes_come_about(op: Op) -> None:
    for text in (op.about, op.rule, *(argument.about for argument in op.arguments)):
        assert text.strip() == text != ""
        assert not text.endswith(".")
        assert text.isascii()


@OPS_BY_NAME
def test_an_example_is_solved_on_one_of_the_usual_inputs(op: Op) -> None:
    arguments = example(op)
    count = op.outputs(arguments) or 1
    solved = []
    for inputs in INPUTS:
        if len(inputs) < op.inputs.least:
            continue
        if not op.inputs.many and len(inputs) > len(op.inputs.ports):
            continue
        found = infer_op(op, arguments, inputs, count)
        if not found.problems and None not in found.outputs:
            solved.append((inputs, found.outputs))
    if op.name == "Input":  # its size is the edge's
        return
    assert solved
    for inputs, outputs in solved:
        layer = Layer(arguments, inputs, tuple(shape or () for shape in outputs))
        assert op.weights(layer) is not None
        assert isinstance(op.macs(layer), int)
        assert_views_fit(op, layer)
        form = op.torch(layer)
        assert op.name == "Output" or form.layer or form.function is not None


def assert_views_fit(op: Op, layer: Layer) -> None:
    """Hold that there is a view of each input, in its dims and those of the result."""
    views = op.views(layer)
    assert len(views) == len(layer.inputs)
    for view, shape in zip(views, layer.inputs, strict=True):
        assert len(view.reaches) == len(shape)
        assert len(view.along) == len(layer.outputs[0])
        assert all(dim < len(shape) for dims in view.along for dim in dims)


# Arguments


@OPS_BY_NAME
def test_the_names_of_arguments_are_names_and_one_arguments_each(op: Op) -> None:
    names = [name for argument in op.arguments for name in argument.names]
    assert len({name.lower() for name in names}) == len(names)
    for name in names:
        sink = Sink()
        assert parse_expr(fragment(name), sink) is not None
        assert name.isidentifier()
        assert find(name) is None


@OPS_BY_NAME
def test_a_default_is_a_value_that_the_argument_takes(op: Op) -> None:
    for argument in op.arguments:
        assert not (argument.required and argument.inferred)
        if argument.required or argument.inferred:
            assert argument.default is None
        if argument.default is not None:
            assert refusal(argument, argument.default) is None
        for word in argument.choices:
            assert refusal(argument, word) is None


# The package


def test_the_ops_are_known_without_torch() -> None:
    code = "import sys, graphc.ops; assert 'torch' not in sys.modules"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_every_op_is_held_against_pytorch() -> None:
    here = Path(__file__).parent
    tests = "".join(
        path.read_text("utf-8")
        for path in here.glob("test_*.py")
        if path.name != "test_registry.py"
    )
    told = {op.name for op, name in NAMED if f'"{name}"' in tests}
    assert {op.name for op in OPS} - told <= {"Input", "Output"}


K, C, H = symbol("K"), symbol("C"), symbol("H")
SYMBOLIC: list[tuple[Size, ...]] = [(C, H, H), (8, 16, 16), (H, C), (C,)]
SIZED = {Kind.INTEGER, Kind.AXES, Kind.PADDING, Kind.PARTS, Kind.FACTORS}


@OPS_BY_NAME
def test_an_op_takes_symbols_wherever_it_takes_integers(op: Op) -> None:
    plain = example(op)
    count = op.outputs(plain) or 1
    ports = op.inputs.least or len(op.inputs.ports[:1])
    for argument in op.arguments:
        if argument.kind not in SIZED or refusal(argument, K) is not None:
            continue
        values: dict[str, Value] = {**plain.mapping(), argument.name: K}
        arguments = Arguments(tuple(values.items()))
        for source in SYMBOLIC:
            inputs = (source,) * ports
            found = infer_op(op, arguments, inputs, count)
            outputs = tuple(shape for shape in found.outputs if shape is not None)
            if found.problems or len(outputs) < count:
                continue
            layer = Layer(arguments, inputs, outputs)
            assert op.torch(layer) is not None
            assert op.weights(layer) is not None
            assert isinstance(op.macs(layer), int | Dim)
            assert_views_fit(op, layer)
