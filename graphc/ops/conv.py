"""Convolutions: Conv, ConvTranspose.

The formulas are those of ``torch.nn.Conv2d`` and ``torch.nn.ConvTranspose2d``.
"""

from collections.abc import Sequence
from fractions import Fraction
from functools import reduce
from operator import mul

from graphc.diagnostics import Code as Finding
from graphc.ir import (
    GONE,
    POINT,
    Argument,
    Call,
    Family,
    Form,
    Kind,
    Layer,
    Op,
    Reach,
    Sizes,
    Value,
    View,
    Weight,
    Word,
    sliding,
    spatial,
)
from graphc.lang import Size
from graphc.ops.spatial import cells, spatial_axes, told
from graphc.ops.windows import (
    LISTED,
    Slide,
    placed,
    slide,
    slides,
    widened,
    window_views,
)
from graphc.ops.written import Pair, options, padded

_OUT = Argument(
    "out_channels",
    Kind.INTEGER,
    "the channels of the result; not written, the sizes around it decide",
    short=("out",),
    inferred=True,
    least=1,
)
_KERNEL = Argument(
    "kernel_size",
    Kind.AXES,
    "the size of the kernel",
    short=("k", "kernel"),
    required=True,
    least=1,
)
_STRIDE = Argument(
    "stride", Kind.AXES, "the step of the kernel", short=("s",), default=1, least=1
)
_DILATION = Argument(
    "dilation",
    Kind.AXES,
    "the distance between the kernel's points",
    short=("d",),
    default=1,
    least=1,
)
_GROUPS = Argument(
    "groups",
    Kind.INTEGER,
    "the groups that the channels are split into, each with kernels of its own",
    short=("g",),
    default=1,
    least=1,
)
_BIAS = Argument("bias", Kind.FLAG, "whether a bias is added", default=True)

_CONV = (
    _OUT,
    _KERNEL,
    _STRIDE,
    Argument(
        "padding",
        Kind.PADDING,
        "what is put around the input: a number, one for each axis, a pair (before,"
        " after) for each axis; `same` for a result of ceil(n/s), `valid` for none",
        short=("p",),
        default=0,
        least=0,
        choices=("same", "valid"),
    ),
    _DILATION,
    _GROUPS,
    _BIAS,
    Argument(
        "padding_mode",
        Kind.WORD,
        "what the padding holds",
        default="zeros",
        choices=("zeros", "reflect", "replicate", "circular"),
    ),
)

_TRANSPOSE = (
    _OUT,
    _KERNEL,
    _STRIDE,
    Argument(
        "padding",
        Kind.AXES,
        "what is cut off at both ends of the result",
        short=("p",),
        default=0,
        least=0,
    ),
    Argument(
        "output_padding",
        Kind.AXES,
        "what is added at the end of the result; less than the stride or the dilation",
        default=0,
        least=0,
    ),
    _GROUPS,
    _BIAS,
    _DILATION,
)


def _conv_sizes(sizes: Sizes) -> None:
    axes = spatial_axes(sizes, "Conv", *LISTED)
    if axes is None:
        return
    _channels(sizes, "Conv")
    along = slides(sizes.arguments, axes)
    _fillable(sizes, along)
    slide(sizes, along)


def _channels(sizes: Sizes, op: str) -> None:
    """State what a convolution asks of the channels: dim 0 of both shapes."""
    source, result = cells(sizes.inputs[0])[0], cells(sizes.outputs[0])[0]
    groups, out = sizes.arguments["groups"], sizes.arguments["out_channels"]
    if out is not None:
        sizes.equal(result, sizes.arguments.integer("out_channels"))
    if not isinstance(groups, int):
        return
    for cell, which in ((source, "input"), (result, "output")):
        sizes.divisible(
            cell,
            groups,
            f"`groups` of `{op}` is {groups}, which does not divide the {cell.value}"
            f" {which} channels",
        )


def _fillable(sizes: Sizes, along: Sequence[Slide]) -> None:
    """State how much padding can be copied from the input itself."""
    mode = sizes.arguments["padding_mode"]
    if mode not in {"reflect", "circular"}:
        return
    for move, cell in zip(along, cells(sizes.inputs[0])[1:], strict=True):
        if cell.value is None:
            continue
        amount = max(
            (n for n in move.amounts(cell.value) if isinstance(n, int)), default=0
        )
        if amount:
            sizes.at_least(
                cell,
                amount + 1 if mode == "reflect" else amount,
                f"{mode} padding of {amount} needs a larger input than {cell.value}"
                f" of {told(sizes.inputs[0])}",
            )


def _conv(layer: Layer) -> Form:
    mode = layer.arguments["padding_mode"]
    inside, outside = _placed(layer)
    call = Call(
        Word(f"nn.Conv{layer.axes}d"),
        _ends(layer),
        options(
            layer.arguments,
            _CONV[1:],
            padding=inside,
            padding_mode="zeros" if outside else mode,
        ),
    )
    if not outside:
        return Form(layer=call)
    if isinstance(mode, str) and mode != "zeros":
        return Form(layer=call, before=padded(outside, ("mode", mode)))
    return Form(layer=call, before=padded(outside))


def _scratch(layer: Layer) -> Size:
    """Return the bytes of the input with the padding that is put around it first."""
    return widened(layer, _placed(layer)[1])


def _placed(layer: Layer) -> tuple[Value, tuple[Pair, ...]]:
    """Return the padding that the layer does itself and what is put around it first."""
    along = _along(layer)
    if layer.arguments["padding"] == "same" and all(move.stride == 1 for move in along):
        return "same", ()
    return placed(layer, along, half=False)


def _transpose_sizes(sizes: Sizes) -> None:
    axes = spatial_axes(sizes, "ConvTranspose", *LISTED, "output_padding")
    if axes is None:
        return
    _channels(sizes, "ConvTranspose")
    extra = sizes.arguments.per_axis("output_padding", axes)
    dims = zip(
        slides(sizes.arguments, axes),
        extra or (),
        cells(sizes.inputs[0])[1:],
        cells(sizes.outputs[0])[1:],
        strict=True,
    )
    for move, more, source, result in dims:
        if not _trailing(sizes, move, more):
            return
        cut = 2 * move.padding[0] if move.padding is not None else 0
        if isinstance(move.stride, int):
            offset = move.extent - cut + more - move.stride
            sizes.affine(source, result, move.stride, offset)


def _trailing(sizes: Sizes, move: Slide, more: Size) -> bool:
    """Whether ``output_padding`` is less than the stride or the dilation; GC206."""
    stride, dilation = move.stride, move.dilation
    if not (isinstance(stride, int) and isinstance(dilation, int)):
        return True
    if not isinstance(more, int) or more < max(stride, dilation):
        return True
    sizes.fail(
        Finding.GC206,
        f"`output_padding` of `ConvTranspose` is {more}, and has to be less than"
        f" the stride {stride} or the dilation {dilation}",
    )
    return False


def _transpose(layer: Layer) -> Form:
    call = Call(
        Word(f"nn.ConvTranspose{layer.axes}d"),
        _ends(layer),
        options(layer.arguments, _TRANSPOSE[1:]),
    )
    return Form(layer=call)


def _along(layer: Layer) -> tuple[Slide, ...]:
    return slides(layer.arguments, layer.axes)


def _ends(layer: Layer) -> tuple[Size, Size]:
    """Return the channels that come in and go out."""
    return (layer.inputs[0][0], layer.outputs[0][0])


def _weights(kernel: Sequence[Size], layer: Layer) -> tuple[Weight, ...]:
    weight = Weight("weight", tuple(kernel))
    if not layer.arguments.flag("bias"):
        return (weight,)
    return (weight, Weight("bias", (layer.outputs[0][0],)))


def _conv_kernel(layer: Layer) -> tuple[Size, ...]:
    """Return the shape of the weight: ``out * (in/groups) * kernel``."""
    source, result = _ends(layer)
    return (result, _share(layer, source), *(move.kernel for move in _along(layer)))


def _transpose_kernel(layer: Layer) -> tuple[Size, ...]:
    """Return the shape of the weight: ``in * (out/groups) * kernel``."""
    source, result = _ends(layer)
    return (source, _share(layer, result), *(move.kernel for move in _along(layer)))


def _share(layer: Layer, channels: Size) -> Size:
    """Return the channels of one group."""
    groups = layer.arguments["groups"]
    return channels // groups if isinstance(groups, int) else channels


def _conv_macs(layer: Layer) -> Size:
    """Return the products at every place of the result."""
    return reduce(mul, (*_conv_kernel(layer), *layer.outputs[0][1:]))


def _transpose_macs(layer: Layer) -> Size:
    """Return the products at every place of the input."""
    return reduce(mul, (*_transpose_kernel(layer), *layer.inputs[0][1:]))


def _conv_views(layer: Layer) -> tuple[View, ...]:
    return window_views(layer, _channel_reach(layer))


def _transpose_views(layer: Layer) -> tuple[View, ...]:
    """Return the views of windows of the result: how many of them one place is in."""
    axes = [_places(move) for move in _along(layer)]
    return spatial(layer, axes, _channel_reach(layer))


def _places(move: Slide) -> Reach:
    if not isinstance(move.stride, int):
        return GONE
    return sliding((move.extent - 1) // move.stride + 1, Fraction(1, move.stride))


def _channel_reach(layer: Layer) -> Reach:
    """Return which channels are seen: one where each has a group of its own."""
    return POINT if layer.arguments["groups"] == _ends(layer)[0] else GONE


CONV = (
    Op(
        name="Conv",
        family=Family.CONVOLUTION,
        about="a convolution over one, two or three spatial axes",
        example="Conv 64 k=3 p=1",
        sizes=_conv_sizes,
        torch=_conv,
        arguments=_CONV,
        aliases=("Conv1d", "Conv2d", "Conv3d"),
        weights=lambda layer: _weights(_conv_kernel(layer), layer),
        macs=_conv_macs,
        views=_conv_views,
        scratch=_scratch,
        rule="C*H*W -> out*((H + 2*p - d*(k - 1) - 1)//s + 1)*(W likewise);"
        " p=same: out*ceil(H/s)*ceil(W/s)",
    ),
    Op(
        name="ConvTranspose",
        family=Family.CONVOLUTION,
        about="a transposed convolution, which enlarges its input by its stride",
        example="ConvTranspose 64 k=2 s=2",
        sizes=_transpose_sizes,
        torch=_transpose,
        arguments=_TRANSPOSE,
        aliases=(
            "ConvTranspose1d",
            "ConvTranspose2d",
            "ConvTranspose3d",
            "Deconv",
        ),
        weights=lambda layer: _weights(_transpose_kernel(layer), layer),
        macs=_transpose_macs,
        views=_transpose_views,
        rule="C*H*W -> out*((H - 1)*s - 2*p + d*(k - 1) + output_padding + 1)"
        "*(W likewise)",
    ),
)
