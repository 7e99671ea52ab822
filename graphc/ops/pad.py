"""Padding and cropping: Pad.

The limits of ``reflect`` and ``circular`` are those of ``torch.nn.functional.pad``.
"""

from graphc.ir import (
    Argument,
    Call,
    Cell,
    Code,
    Family,
    Form,
    Items,
    Kind,
    Layer,
    Op,
    Sizes,
    Word,
)
from graphc.lang import Size
from graphc.ops.spatial import cells, spatial_axes
from graphc.ops.windows import paddings
from graphc.ops.written import amounts, code, options, padded

_ARGUMENTS = (
    Argument(
        "padding",
        Kind.PADDING,
        "what is put around the spatial axes: a number, one for each axis, a pair"
        " (before, after) for each axis; less than 0 cuts off",
        short=("p",),
        required=True,
    ),
    Argument(
        "mode",
        Kind.WORD,
        "what the padding holds",
        default="constant",
        choices=("constant", "reflect", "replicate", "circular"),
    ),
    Argument("value", Kind.NUMBER, "what `mode=constant` puts there", default=0),
)

_LAYERS = {
    "reflect": "nn.ReflectionPad",
    "replicate": "nn.ReplicationPad",
    "circular": "nn.CircularPad",
}


def _sizes(sizes: Sizes) -> None:
    axes = spatial_axes(sizes, "Pad", "padding")
    if axes is None:
        return
    source, result = cells(sizes.inputs[0]), cells(sizes.outputs[0])
    sizes.equal(source[0], result[0])
    pairs = paddings(sizes.arguments["padding"], axes)
    for pair, left, right in zip(pairs, source[1:], result[1:], strict=True):
        if pair is not None and _fits(sizes, pair, left):
            sizes.affine(left, right, 1, pair[0] + pair[1])


def _fits(sizes: Sizes, pair: tuple[Size, Size], cell: Cell) -> bool:
    """Whether the input is large enough to be cut, or copied from; GC303 if not.

    Something of the input has to stay. PyTorch lets it all be cut off where enough is
    put in its place.
    """
    amounts = [amount for amount in pair if isinstance(amount, int)]
    cuts, most = sum(-n for n in amounts if n < 0), max(amounts, default=0)
    mode, size = sizes.arguments["mode"], cell.value
    sizes.at_least(cell, cuts + 1, f"`Pad` cuts {cuts} off an axis of {size}")
    if size is None or (isinstance(size, int) and size <= cuts):
        return size is None
    spare = {"reflect": 1, "circular": 0}.get(f"{mode}")
    if spare is None or most == 0:
        return True
    sizes.at_least(
        cell,
        most + spare,
        f"`Pad` with mode={mode} copies at most {size - spare} from an axis of {size},"
        f" not {most}",
    )
    return not isinstance(size, int) or size >= most + spare


def _torch(layer: Layer) -> Form:
    given = layer.arguments
    pairs = tuple(
        pair for pair in paddings(given["padding"], layer.axes) if pair is not None
    )
    return Form(
        layer=_layer(layer, amounts(pairs)),
        function=padded(pairs, *options(given, _ARGUMENTS[1:])),
    )


def _layer(layer: Layer, around: tuple[Code, ...]) -> Call:
    """Return the layer, which like ``F.pad`` counts from the last axis."""
    mode, value = layer.arguments["mode"], layer.arguments["value"]
    name = _LAYERS.get(f"{mode}", "nn.ConstantPad")
    more: tuple[Code, ...] = (code(value),) if name == "nn.ConstantPad" else ()
    if name == "nn.ConstantPad" and value == 0:
        name, more = "nn.ZeroPad", ()
    alike = all(amount == around[0] for amount in around)
    first = around[0] if alike else Items(around, bracket=False)
    return Call(Word(f"{name}{layer.axes}d"), (first, *more))


PAD = (
    Op(
        name="Pad",
        family=Family.RESHAPE,
        about="its input with something put around it, or cut off",
        example="Pad [[0,1],[0,1]]",
        sizes=_sizes,
        torch=_torch,
        arguments=_ARGUMENTS,
        aliases=("ZeroPad2d", "Padding"),
        rule="C*H*W -> C*(H + before + after)*(W likewise)",
    ),
)
