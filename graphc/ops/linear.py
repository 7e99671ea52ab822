"""The fully connected layer: Linear."""

from functools import reduce
from operator import mul

from graphc.diagnostics import Code as Finding
from graphc.ir import (
    GONE,
    Argument,
    Call,
    Family,
    Form,
    Kind,
    Layer,
    Op,
    Sizes,
    View,
    Weight,
    Word,
    aligned,
)
from graphc.lang import Size
from graphc.ops.written import options

_ARGUMENTS = (
    Argument(
        "out_features",
        Kind.INTEGER,
        "the features of the result; not written, the sizes around it decide",
        short=("out",),
        inferred=True,
        least=1,
    ),
    Argument("bias", Kind.FLAG, "whether a bias is added", default=True),
)


def _sizes(sizes: Sizes) -> None:
    source, result = sizes.inputs[0], sizes.outputs[0]
    rank = sizes.alike(source, result)
    if rank is None or source.dims is None or result.dims is None:
        return
    if rank == 0:
        sizes.fail(Finding.GC303, "`Linear` takes at least one dim, the features")
        return
    for left, right in zip(source.dims[:-1], result.dims[:-1], strict=True):
        sizes.equal(left, right)
    if sizes.arguments["out_features"] is not None:
        sizes.equal(result.dims[-1], sizes.arguments.integer("out_features"))


def _torch(layer: Layer) -> Form:
    ends = (layer.inputs[0][-1], layer.outputs[0][-1])
    return Form(
        layer=Call(Word("nn.Linear"), ends, options(layer.arguments, _ARGUMENTS[1:]))
    )


def _weights(layer: Layer) -> tuple[Weight, ...]:
    out = layer.outputs[0][-1]
    weight = Weight("weight", (out, layer.inputs[0][-1]))
    if layer.arguments.flag("bias"):
        return (weight, Weight("bias", (out,)))
    return (weight,)


def _macs(layer: Layer) -> Size:
    return reduce(mul, layer.outputs[0], layer.inputs[0][-1])


def _views(layer: Layer) -> tuple[View, ...]:
    return (aligned(layer, 0, {-1: GONE}),)


LINEAR = (
    Op(
        name="Linear",
        family=Family.LINEAR,
        about="a fully connected layer over the last dim",
        example="Linear 1000",
        sizes=_sizes,
        torch=_torch,
        arguments=_ARGUMENTS,
        aliases=("FC", "Dense", "FullyConnected"),
        weights=_weights,
        macs=_macs,
        views=_views,
        rule="C -> out; T*C -> T*out; always the last dim",
    ),
)
