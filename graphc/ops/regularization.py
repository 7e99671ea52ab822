"""Dropout, of single elements and of whole channels."""

from graphc.diagnostics import Code
from graphc.ir import Argument, Call, Family, Form, Kind, Layer, Op, Sizes, Word

_P = Argument(
    "p",
    Kind.NUMBER,
    "the share that is set to 0 in training",
    short=("drop",),
    default=0.5,
    least=0,
    most=1,
)


def _unchanged(sizes: Sizes) -> None:
    sizes.same(*sizes.inputs, *sizes.outputs)


def _channels(sizes: Sizes) -> None:
    _unchanged(sizes)
    dims = sizes.inputs[0].dims
    if dims is None or 2 <= len(dims) <= 4:
        return
    shown = "1 dim" if len(dims) == 1 else f"{len(dims)} dims"
    sizes.fail(
        Code.GC303,
        "dropping channels takes a shape of channels and 1 to 3 spatial axes, "
        f"not one of {shown}",
        "`Dropout` drops single elements of any shape",
    )


def _layer(name: str, layer: Layer) -> Form:
    p = layer.arguments["p"]
    if p == _P.default or isinstance(p, tuple):
        return Form(layer=Call(Word(name)))
    return Form(layer=Call(Word(name), keywords=(("p", p),)))


def _dropout(layer: Layer) -> Form:
    return _layer("nn.Dropout", layer)


def _dropout_channels(layer: Layer) -> Form:
    return _layer(f"nn.Dropout{layer.axes}d", layer)


REGULARIZATION = (
    Op(
        name="Dropout",
        family=Family.REGULARIZATION,
        about="sets a share of the elements to 0 in training",
        example="Dropout 0.2",
        sizes=_unchanged,
        torch=_dropout,
        arguments=(_P,),
        rule="any size -> the same",
        idle=True,
    ),
    Op(
        name="Dropout2d",
        family=Family.REGULARIZATION,
        about="sets a share of the channels to 0 in training; 1 to 3 spatial axes",
        example="Dropout2d 0.1",
        sizes=_channels,
        torch=_dropout_channels,
        arguments=(_P,),
        aliases=("SpatialDropout", "Dropout1d", "Dropout3d"),
        rule="C*L, C*H*W or C*D*H*W -> the same",
        idle=True,
    ),
)
