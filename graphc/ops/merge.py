"""Ops that join tensors: Sum, Mul, Sub, Div, MatMul, Concat.

Elementwise ops broadcast as NumPy does, on the shapes without the batch: where an input
has fewer dims than the others, the code inserts them behind the batch.
"""

from collections.abc import Callable, Sequence
from functools import reduce
from operator import mul

from graphc.diagnostics import Code as Finding
from graphc.ir import (
    GONE,
    Argument,
    Call,
    Cell,
    Code,
    Family,
    Form,
    Infix,
    Input,
    Inputs,
    Items,
    Kind,
    Layer,
    Op,
    Sizes,
    View,
    Word,
    aligned,
)
from graphc.lang import Size
from graphc.ops.axis import along, axis_of
from graphc.record import record

_TWO = Inputs(ports=("input", "other"), least=2)
_MANY = Inputs(ports=(), least=2, many=True)


@record
class _Leading:
    """The dims of a tensor that come before its matrices."""

    dims: Sequence[Cell]


def _sum_sizes(sizes: Sizes) -> None:
    sizes.broadcast(sizes.inputs, sizes.outputs[0], warn=True)


def _broadcast(sizes: Sizes) -> None:
    sizes.broadcast(sizes.inputs, sizes.outputs[0])


def _infix(operator: str) -> Callable[[Layer], Form]:
    def form(layer: Layer) -> Form:
        rank = len(layer.outputs[0])
        operands = tuple(_lifted(layer, i, rank) for i in range(len(layer.inputs)))
        return Form(function=Infix(operator, operands))

    return form


def _lifted(layer: Layer, index: int, rank: int) -> Code:
    """Return an input with dims of 1 inserted behind the batch up to ``rank``."""
    code: Code = Input(index)
    for _ in range(rank - len(layer.inputs[index])):
        code = Call(Word("torch.unsqueeze"), (code, 1))
    return code


def _matmul_sizes(sizes: Sizes) -> None:
    left, right = sizes.inputs[0].dims, sizes.inputs[1].dims
    for dims in (left, right):
        if dims is not None and len(dims) < 2:
            sizes.fail(
                Finding.GC303,
                "a matrix product takes shapes of 2 dims or more, "
                "such as `rows*columns`",
            )
            return
    if left is None or right is None:
        return
    out = sizes.shape(sizes.outputs[0], max(len(left), len(right)))
    if out is None:
        return
    sizes.equal(left[-1], right[-2])
    sizes.equal(left[-2], out[-2])
    sizes.equal(right[-1], out[-1])
    leading = (_Leading(left[:-2]), _Leading(right[:-2]))
    sizes.broadcast(leading, _Leading(out[:-2]))


def _matmul_macs(layer: Layer) -> Size:
    return reduce(mul, layer.outputs[0], layer.inputs[0][-1])


def _matmul_views(layer: Layer) -> tuple[View, ...]:
    return (aligned(layer, 0, {-1: GONE}), aligned(layer, 1, {-2: GONE}))


def _concat_sizes(sizes: Sizes) -> None:
    whole, parts = sizes.outputs[0], sizes.inputs
    rank = sizes.alike(whole, *parts)
    axis = axis_of(sizes, "dim", rank)
    if rank is None or axis is None:
        return
    found = along(sizes, axis, whole, parts, rank)
    if found is not None:
        sizes.total(found.parts, found.whole)


def _concat(layer: Layer) -> Form:
    inputs = tuple(Input(index) for index in range(len(layer.inputs)))
    dim = ("dim", layer.arguments.integer("dim"))
    return Form(function=Call(Word("torch.cat"), (Items(inputs),), (dim,)))


MERGE = (
    Op(
        name="Sum",
        family=Family.MERGE,
        about="the sum of its inputs, such as a residual join",
        example="Sum",
        sizes=_sum_sizes,
        torch=_infix("+"),
        aliases=("Add",),
        inputs=_MANY,
        broadcasts=True,
        rule="S, S, ... -> S; a dim of 1 stretches, as in NumPy, with a warning",
    ),
    Op(
        name="Mul",
        family=Family.MERGE,
        about="the product of its inputs, element by element, such as a gate",
        example="Mul",
        sizes=_broadcast,
        torch=_infix("*"),
        inputs=_MANY,
        broadcasts=True,
        rule="S, S, ... -> S; a dim of 1 stretches, as in NumPy",
    ),
    Op(
        name="Sub",
        family=Family.MERGE,
        about="its first input minus its second",
        example="Sub",
        sizes=_broadcast,
        torch=_infix("-"),
        inputs=_TWO,
        broadcasts=True,
        rule="S, S -> S; a dim of 1 stretches, as in NumPy",
    ),
    Op(
        name="Div",
        family=Family.MERGE,
        about="its first input divided by its second",
        example="Div",
        sizes=_broadcast,
        torch=_infix("/"),
        inputs=_TWO,
        broadcasts=True,
        rule="S, S -> S; a dim of 1 stretches, as in NumPy",
    ),
    Op(
        name="MatMul",
        family=Family.MERGE,
        about="the matrix product over the last two dims",
        example="MatMul",
        sizes=_matmul_sizes,
        torch=_infix("@"),
        inputs=_TWO,
        macs=_matmul_macs,
        views=_matmul_views,
        broadcasts=True,
        rule="S*n*k, S*k*m -> S*n*m; dims before the matrices broadcast",
    ),
    Op(
        name="Concat",
        family=Family.MERGE,
        about="its inputs one behind the other along one dim: by default the channels",
        example="Concat",
        sizes=_concat_sizes,
        torch=_concat,
        arguments=(
            Argument(
                "dim",
                Kind.INTEGER,
                "the dim to join along; 1 is the first, the batch is 0",
                default=1,
            ),
        ),
        aliases=("DepthConcat", "Cat"),
        inputs=Inputs(ports=(), least=1, many=True),
        rule="C1*H*W, C2*H*W, ... -> (C1 + C2 + ...)*H*W",
    ),
)
