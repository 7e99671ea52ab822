"""Local response normalization: LocalResponseNorm."""

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
        "the neighbouring channels that are summed",
        short=("n",),
        default=5,
        least=1,
    ),
    Argument("alpha", Kind.NUMBER, "the factor of the sum", default=1e-4),
    Argument("beta", Kind.NUMBER, "the exponent", default=0.75),
    Argument("k", Kind.NUMBER, "what is added to the sum", default=1.0),
)


def _sizes(sizes: Sizes) -> None:
    source, result = sizes.inputs[0], sizes.outputs[0]
    sizes.same(source, result)
    if source.dims is not None and len(source.dims) < 2:
        sizes.fail(
            Finding.GC303,
            "`LocalResponseNorm` takes channels and at least one axis,"
            f" not {told(source)}",
        )


def _torch(layer: Layer) -> Form:
    size = layer.arguments.integer("size")
    keywords = options(layer.arguments, _ARGUMENTS[1:])
    return Form(layer=Call(Word("nn.LocalResponseNorm"), (size,), keywords))


def _views(layer: Layer) -> tuple[View, ...]:
    return (aligned(layer, 0, {0: sliding(layer.arguments.integer("size"), 1)}),)


RESPONSE = (
    Op(
        name="LocalResponseNorm",
        family=Family.NORMALIZATION,
        about="each value divided by (k + alpha/size*sum of squares)**beta over the"
        " neighbouring channels at its place",
        example="LocalResponseNorm",
        sizes=_sizes,
        torch=_torch,
        arguments=_ARGUMENTS,
        aliases=("LRN",),
        views=_views,
        rule="C*L, C*H*W or C*D*H*W -> the same",
    ),
)
