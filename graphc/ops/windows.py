"""Sliding windows: what the arguments of a convolution or a pool say about each axis.

The formula is that of ``torch.nn.Conv2d`` and ``torch.nn.MaxPool2d``. ``same`` is the
rule of TensorFlow and ONNX (``SAME_UPPER``), which PyTorch follows where it offers it,
at stride 1: the result is ``ceil(n/s)``, the padding as small as that allows, with the
odd one at the end.
"""

from collections.abc import Sequence

from graphc.ir import (
    POINT,
    Arguments,
    Call,
    Code,
    Infix,
    Layer,
    Reach,
    Sizes,
    Value,
    View,
    Window,
    Word,
    sliding,
    spatial,
)
from graphc.lang import Dim, Size
from graphc.ops.spatial import cells
from graphc.ops.written import Pair
from graphc.record import record

LISTED = ("kernel_size", "stride", "padding", "dilation")


@record
class Slide:
    """How the window slides along one axis; ``padding`` is None for ``same``."""

    kernel: Size
    stride: Size
    dilation: Size
    padding: tuple[Size, Size] | None

    @property
    def extent(self) -> Size:
        """The size of the input that one place of the window covers."""
        return self.dilation * (self.kernel - 1) + 1

    def window(self, *, ceil: bool) -> Window | None:
        """Return the window as sizes relate through it.

        None for ``same``, and where a number is symbolic that has to be an integer.
        """
        stride, dilation = self.stride, self.dilation
        before, after = self.padding or (None, None)
        if not (isinstance(stride, int) and isinstance(dilation, int)):
            return None
        if not (isinstance(before, int) and isinstance(after, int)):
            return None
        return Window(self.kernel, stride, before, after, dilation, ceil)

    def amounts(self, size: Size) -> Pair:
        """Return the padding before and after an axis of that size."""
        if self.padding is not None:
            return self.padding
        if self.stride == 1:
            return _halves(self.extent - 1)
        if isinstance(self.stride, int):
            places = -(-size // self.stride)
            total = (places - 1) * self.stride + self.extent - size
            if isinstance(total, int):
                return _halves(max(total, 0))
            return _halves(Call(Word("max"), (0, total)))
        steps = Infix("//", (size - 1, self.stride))
        reached = Infix("*", (steps, self.stride))
        total_code = Infix("+", (reached, self.extent - size))
        return _halves(Call(Word("max"), (0, total_code)))


def slides(arguments: Arguments, axes: int) -> tuple[Slide, ...]:
    """Return how the window slides along each spatial axis.

    The lists in the arguments have one item for each axis.
    """
    names = tuple(arguments)
    kernel = _spread(arguments["kernel_size"], axes)
    stride = (
        kernel if arguments["stride"] is None else _spread(arguments["stride"], axes)
    )
    dilation = _spread(arguments["dilation"] if "dilation" in names else 1, axes)
    padding = paddings(arguments["padding"], axes)
    return tuple(
        Slide(kernel[i], stride[i], dilation[i], padding[i]) for i in range(axes)
    )


def paddings(value: Value, axes: int) -> tuple[tuple[Size, Size] | None, ...]:
    """Return the padding before and after each axis; None for each if ``same``."""
    if value == "same":
        return (None,) * axes
    if value == "valid":
        return ((0, 0),) * axes
    items = value if isinstance(value, tuple) else (value,) * axes
    return tuple(_pair(item) for item in items)


def placed(
    layer: Layer, along: Sequence[Slide], *, half: bool
) -> tuple[Value, tuple[Pair, ...]]:
    """Return the padding that the layer itself does, and what is put around it first.

    A layer takes one number for each axis, and where ``half`` is true at most half of
    the kernel; any other padding is put around its input.
    """
    inside: list[Value] = []
    pairs: list[Pair] = []
    for move, size in zip(along, layer.inputs[0][1:], strict=True):
        before, after = pair = move.amounts(size)
        pairs.append(pair)
        if before != after or not isinstance(before, int | Dim):
            continue
        if not half or _within_half(before, move.kernel):
            inside.append(before)
    return (tuple(inside), ()) if len(inside) == len(pairs) else (0, tuple(pairs))


def widened(layer: Layer, pairs: Sequence[Pair]) -> Size:
    """Return the bytes of input 0 with this put around it, 0 for nothing."""
    if not pairs:
        return 0
    source = layer.inputs[0]
    total = 4 * source[0]
    for size, pair in zip(source[1:], pairs, strict=True):
        total = total * sum((a for a in pair if isinstance(a, int | Dim)), start=size)
    return total


def slide(sizes: Sizes, along: Sequence[Slide], *, ceil: bool = False) -> None:
    """State how windows relate the spatial axes of input 0 and output 0."""
    axes = zip(
        along, cells(sizes.inputs[0])[1:], cells(sizes.outputs[0])[1:], strict=True
    )
    for move, source, result in axes:
        window = move.window(ceil=ceil)
        if window is not None:
            sizes.window(source, result, window)
        elif move.padding is None and move.stride == 1:
            sizes.equal(source, result)
        elif move.padding is None and isinstance(move.stride, int):
            sizes.rounded_up(source, result, move.stride)


def window_views(layer: Layer, channels: Reach = POINT) -> tuple[View, ...]:
    """Return the view of an op whose window slides along the spatial axes."""
    along = slides(layer.arguments, layer.axes)
    axes = [sliding(move.extent, move.stride) for move in along]
    return spatial(layer, axes, channels)


def _pair(item: Value) -> tuple[Size, Size]:
    if isinstance(item, tuple):
        before, after = item
        return (_size(before), _size(after))
    return (_size(item), _size(item))


def _spread(value: Value, axes: int) -> tuple[Size, ...]:
    items = value if isinstance(value, tuple) else (value,) * axes
    return tuple(_size(item) for item in items)


def _size(value: Value) -> Size:
    if isinstance(value, bool | float | str | tuple) or value is None:
        raise TypeError(f"{value!r} is not an integer")
    return value


def _halves(total: Code) -> Pair:
    """Return an amount of padding as what stands before and after, the odd one last."""
    if isinstance(total, int):
        return (total // 2, total - total // 2)
    before = Infix("//", (total, 2))
    return (before, Infix("-", (total, before)))


def _within_half(padding: Size, kernel: Size) -> bool:
    if isinstance(padding, int) and isinstance(kernel, int):
        return 2 * padding <= kernel
    return True
