"""Local response normalization: LRN."""

from graphc.diagnostics import Code as Finding
from graphc.ir import (
    Argument,
    Call,
    Family,
    Form,
    Kind,
    Layer,
    Op,
    Sizes,
    View,
    Word,
    aligned,
    sliding,
)
from graphc.ops.spatial import told
from graphc.ops.written import options

_ARGUMENTS = (
    Argument(
        "size",
        Kind.INTEGER,
        "the channels beside each other that count, its own among them: n in AlexNet,"
        " 5 there and here; PyTorch has no default",
        short=("n",),
        default=5,
        least=1,
    ),
    Argument(
        "alpha",
        Kind.NUMBER,
        "the factor of the sum, which PyTorch divides by size and AlexNet does not",
        default=1e-4,
    ),
    Argument("beta", Kind.NUMBER, "the exponent", default=0.75),
    Argument("k", Kind.NUMBER, "what is added, no kernel; 2 in AlexNet", default=1.0),
)


def _sizes(sizes: Sizes) -> None:
    source, result = sizes.inputs[0], sizes.outputs[0]
    sizes.same(source, result)
    if source.dims is not None and len(source.dims) < 2:
        sizes.fail(
            Finding.GC303,
            f"`LRN` takes channels and at least one axis, not {told(source)}",
        )


def _torch(layer: Layer) -> Form:
    size = layer.arguments.integer("size")
    keywords = options(layer.arguments, _ARGUMENTS[1:])
    return Form(layer=Call(Word("nn.LocalResponseNorm"), (size,), keywords))


def _views(layer: Layer) -> tuple[View, ...]:
    return (aligned(layer, 0, {0: sliding(layer.arguments.integer("size"), 1)}),)


RESPONSE = (
    Op(
        name="LRN",
        family=Family.NORMALIZATION,
        about="each value divided by (k + alpha/size*sum of squares)**beta over the"
        " neighbouring channels at its place",
        example="LRN",
        sizes=_sizes,
        torch=_torch,
        arguments=_ARGUMENTS,
        aliases=("LocalResponseNorm",),
        views=_views,
        rule="C*L, C*H*W or C*D*H*W -> the same",
    ),
)
