"""Pools: MaxPool, AvgPool, AdaptiveMaxPool, AdaptiveAvgPool, GlobalAvgPool.

The formulas are those of ``torch.nn.MaxPool2d`` and ``torch.nn.AvgPool2d``.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import reduce
from operator import mul

from graphc.diagnostics import Code as Finding
from graphc.ir import (
    GONE,
    POINT,
    Argument,
    Call,
    Code,
    Family,
    Form,
    Input,
    Kind,
    Layer,
    Op,
    Reach,
    Sizes,
    Value,
    View,
    Word,
    sliding,
    spatial,
)
from graphc.lang import Size
from graphc.ops.spatial import cells, spatial_axes, told
from graphc.ops.windows import Slide, placed, slide, slides, widened, window_views
from graphc.ops.written import Pair, code, compact, options, padded

_KERNEL = Argument(
    "kernel_size",
    Kind.AXES,
    "the size of the window",
    short=("k", "kernel"),
    required=True,
    least=1,
)
_STRIDE = Argument(
    "stride",
    Kind.AXES,
    "the step of the window; not written, it is the kernel",
    short=("s",),
    least=1,
)
_CEIL = Argument(
    "ceil_mode",
    Kind.FLAG,
    "whether a last window that reaches over the end counts",
    short=("ceil",),
    default=False,
)
_KEEPDIM = Argument(
    "keepdim", Kind.FLAG, "whether the axes stay, with a size of 1", default=False
)
_OUTPUT = Argument(
    "output_size", Kind.AXES, "the size of the result", required=True, least=1
)


def _padding(about: str) -> Argument:
    return Argument(
        "padding",
        Kind.PADDING,
        f"{about}: a number, one for each axis, a pair (before, after) for each axis;"
        " at most half the kernel; `same` for a result of ceil(n/s)",
        short=("p",),
        default=0,
        least=0,
        choices=("same", "valid"),
    )


_MAX = (
    _KERNEL,
    _STRIDE,
    _padding("how much of nothing is put around the input"),
    Argument(
        "dilation",
        Kind.AXES,
        "the distance between the window's points",
        short=("d",),
        default=1,
        least=1,
    ),
    _CEIL,
)
_AVG = (
    _KERNEL,
    _STRIDE,
    _padding("how many zeros are put around the input"),
    _CEIL,
    Argument(
        "count_include_pad",
        Kind.FLAG,
        "whether the padding counts in the average",
        default=True,
    ),
)


def _max_sizes(sizes: Sizes) -> None:
    listed = ("kernel_size", "stride", "padding", "dilation")
    axes = spatial_axes(sizes, "MaxPool", *listed)
    if axes is not None:
        _pool(sizes, "MaxPool", slides(sizes.arguments, axes))


def _avg_sizes(sizes: Sizes) -> None:
    axes = spatial_axes(sizes, "AvgPool", "kernel_size", "stride", "padding")
    if axes is None:
        return
    if sizes.arguments.flag("count_include_pad") or _numbers(sizes):
        along = slides(sizes.arguments, axes)
        _filled(sizes, along)
        _pool(sizes, "AvgPool", along)
        return
    sizes.fail(
        Finding.GC206,
        "`count_include_pad=false` of `AvgPool` takes padding as one number for each"
        " axis alone",
    )


def _numbers(sizes: Sizes) -> bool:
    """Whether padding is such that PyTorch's layer does it whatever the sizes are."""
    padding = sizes.arguments["padding"]
    items = padding if isinstance(padding, tuple) else (padding,)
    return not any(item == "same" or isinstance(item, tuple) for item in items)


def _pool(sizes: Sizes, op: str, along: Sequence[Slide]) -> None:
    source, result = sizes.inputs[0], sizes.outputs[0]
    ceil = sizes.arguments.flag("ceil_mode")
    if not _half(sizes, op, along):
        return
    if ceil and any(move.padding and not _level(move.padding) for move in along):
        sizes.fail(
            Finding.GC206,
            f"`ceil_mode` of `{op}` needs the same padding before and after an axis",
        )
        return
    sizes.equal(cells(source)[0], cells(result)[0])
    slide(sizes, along, ceil=ceil)


def _filled(sizes: Sizes, along: Sequence[Slide]) -> None:
    """State that three axes fill the kernel without their padding; GC303.

    PyTorch's layer for three axes asks that, and those for fewer do not.
    """
    dims = cells(sizes.inputs[0])[1:]
    known = all(cell.value is not None for cell in dims)
    if len(along) < 3 or not known or not _even(sizes, along):
        return
    for move, cell in zip(along, dims, strict=True):
        if isinstance(move.kernel, int):
            sizes.at_least(
                cell,
                move.kernel,
                f"`AvgPool` over three axes takes no kernel of {move.kernel} on an"
                f" input of {cell.value}, whatever the padding",
            )


def _half(sizes: Sizes, op: str, along: Sequence[Slide]) -> bool:
    """Whether no padding is more than half of its kernel, as PyTorch asks; GC206."""
    for move in along:
        most = max((n for n in move.padding or () if isinstance(n, int)), default=0)
        if isinstance(move.kernel, int) and 2 * most > move.kernel:
            sizes.fail(
                Finding.GC206,
                f"`padding` of `{op}` is {most}, more than half of the kernel"
                f" {move.kernel}",
                f"p={move.kernel // 2} is the most for a kernel of {move.kernel}",
            )
            return False
    return True


def _even(sizes: Sizes, along: Sequence[Slide]) -> bool:
    """Whether the padding at both ends of each axis is the same, as far as is known."""
    dims = cells(sizes.inputs[0])[1:]
    return all(
        _level(move.amounts(cell.value))
        for move, cell in zip(along, dims, strict=True)
        if isinstance(cell.value, int)
    )


def _level(pair: Pair) -> bool:
    return pair[0] == pair[1]


def _max(layer: Layer) -> Form:
    lowest = Call(Word("float"), ("-inf",))
    return _window(layer, "MaxPool", _MAX, ("value", lowest))


def _avg(layer: Layer) -> Form:
    return _window(layer, "AvgPool", _AVG)


def _max_scratch(layer: Layer) -> Size:
    """Return the bytes of the padded input, and of the places of the largest values.

    PyTorch finds these along with the values wherever there is more than one axis, as
    integers of 8 bytes.
    """
    places = 8 * reduce(mul, layer.outputs[0], 1) if layer.axes > 1 else 0
    return _scratch(layer) + places


def _scratch(layer: Layer) -> Size:
    along = slides(layer.arguments, layer.axes)
    return widened(layer, placed(layer, along, half=True)[1])


def _adaptive_scratch(layer: Layer) -> Size:
    return 8 * reduce(mul, layer.outputs[0], 1)


def _window(
    layer: Layer, name: str, declared: Sequence[Argument], *filled: tuple[str, Code]
) -> Form:
    given = layer.arguments
    along = slides(given, layer.axes)
    inside, outside = placed(layer, along, half=True)
    steps = all(move.stride == move.kernel for move in along)
    exact = given["padding"] == "same"
    replaced: dict[str, Value] = {
        "padding": inside,
        "stride": None if steps else given["stride"],
        "ceil_mode": given.flag("ceil_mode") and not exact,
    }
    call = Call(
        Word(f"nn.{name}{layer.axes}d"), (), options(given, declared, **replaced)
    )
    return Form(layer=call, before=padded(outside, *filled) if outside else None)


def _adaptive_sizes(op: str) -> Callable[[Sizes], None]:
    def rule(sizes: Sizes) -> None:
        axes = spatial_axes(sizes, op, "output_size")
        if axes is None:
            return
        source, result = cells(sizes.inputs[0]), cells(sizes.outputs[0])
        sizes.equal(source[0], result[0])
        wanted = sizes.arguments.per_axis("output_size", axes) or ()
        for cell, size in zip(result[1:], wanted, strict=True):
            sizes.equal(cell, size)

    return rule


def _adaptive(op: str) -> Callable[[Layer], Form]:
    def form(layer: Layer) -> Form:
        size = code(compact(layer.arguments["output_size"]))
        return Form(layer=Call(Word(f"nn.{op}{layer.axes}d"), (size,)))

    return form


def adaptive_views(layer: Layer) -> tuple[View, ...]:
    """Return the view of an even division of each spatial axis into windows."""
    axes = zip(layer.inputs[0][1:], layer.outputs[0][1:], strict=True)
    return spatial(layer, [_division(size, parts) for size, parts in axes])


def _division(size: Size, parts: Size) -> Reach:
    """Return the largest of ``parts`` windows, from ``i*n//m`` to ``-(-(i+1)*n//m)``.

    These are PyTorch's for ``n`` places and ``m`` parts.
    """
    if parts == 1 or not (isinstance(size, int) and isinstance(parts, int)):
        return GONE
    bounds = ((i * size // parts, -(-(i + 1) * size // parts)) for i in range(parts))
    largest = max(end - start for start, end in bounds)
    return sliding(largest, Fraction(size, parts))


def _global_sizes(sizes: Sizes) -> None:
    source, result = sizes.inputs[0], sizes.outputs[0]
    if sizes.arguments.flag("keepdim"):
        axes = spatial_axes(sizes, "GlobalAvgPool")
        if axes is not None:
            sizes.equal(cells(source)[0], cells(result)[0])
            for cell in cells(result)[1:]:
                sizes.equal(cell, 1)
        return
    kept = sizes.shape(result, 1)
    if kept is None or source.dims is None:
        return
    if not 2 <= len(source.dims) <= 4:
        sizes.fail(
            Finding.GC303,
            f"`GlobalAvgPool` takes C*L, C*H*W or C*D*H*W, not {told(source)}",
        )
        return
    sizes.equal(source.dims[0], kept[0])


def _global(layer: Layer) -> Form:
    """Return the mean over the spatial axes, which are dims 2 and on with the batch."""
    dims = tuple(range(2, 2 + layer.axes))
    keep: tuple[tuple[str, Code], ...] = ()
    pool = Call(Word(f"nn.AdaptiveAvgPool{layer.axes}d"), (1,))
    if layer.arguments.flag("keepdim"):
        keep = (("keepdim", True),)
    else:
        pool = Call(Word("nn.Sequential"), (pool, Call(Word("nn.Flatten"))))
    over = ("dim", code(compact(dims)))
    return Form(
        layer=pool, function=Call(Word("torch.mean"), (Input(0),), (over, *keep))
    )


def _global_views(layer: Layer) -> tuple[View, ...]:
    kept = (frozenset[int](),) * (len(layer.outputs[0]) - 1)
    return (View((POINT, *(GONE,) * layer.axes), (frozenset({0}), *kept)),)


POOL = (
    Op(
        name="MaxPool",
        family=Family.POOLING,
        about="the largest value under a sliding window",
        example="MaxPool k=3 s=2",
        sizes=_max_sizes,
        torch=_max,
        arguments=_MAX,
        views=window_views,
        scratch=_max_scratch,
        aliases=("MaxPool1d", "MaxPool2d", "MaxPool3d"),
        rule="C*H*W -> C*((H + 2*p - d*(k - 1) - 1)//s + 1)*(W likewise);"
        " ceil: rounded up, the last window starts inside",
    ),
    Op(
        name="AvgPool",
        family=Family.POOLING,
        about="the average under a sliding window",
        example="AvgPool k=2",
        sizes=_avg_sizes,
        torch=_avg,
        arguments=_AVG,
        views=window_views,
        scratch=_scratch,
        aliases=("AvgPool1d", "AvgPool2d", "AvgPool3d"),
        rule="C*H*W -> C*((H + 2*p - k)//s + 1)*(W likewise);"
        " ceil: rounded up, the last window starts inside",
    ),
    Op(
        name="AdaptiveMaxPool",
        family=Family.POOLING,
        about="the largest value in each part of an even division",
        example="AdaptiveMaxPool 7",
        sizes=_adaptive_sizes("AdaptiveMaxPool"),
        torch=_adaptive("AdaptiveMaxPool"),
        arguments=(_OUTPUT,),
        views=adaptive_views,
        scratch=_adaptive_scratch,
        aliases=("AdaptiveMaxPool1d", "AdaptiveMaxPool2d", "AdaptiveMaxPool3d"),
        rule="C*H*W -> C*output_size*output_size",
    ),
    Op(
        name="AdaptiveAvgPool",
        family=Family.POOLING,
        about="the average of each part of an even division",
        example="AdaptiveAvgPool 7",
        sizes=_adaptive_sizes("AdaptiveAvgPool"),
        torch=_adaptive("AdaptiveAvgPool"),
        arguments=(_OUTPUT,),
        views=adaptive_views,
        aliases=("AdaptiveAvgPool1d", "AdaptiveAvgPool2d", "AdaptiveAvgPool3d"),
        rule="C*H*W -> C*output_size*output_size",
    ),
    Op(
        name="GlobalAvgPool",
        family=Family.POOLING,
        about="the average of each channel",
        example="GlobalAvgPool",
        sizes=_global_sizes,
        torch=_global,
        arguments=(_KEEPDIM,),
        views=_global_views,
        aliases=("GAP", "GlobalAveragePooling"),
        rule="C*H*W -> C; keepdim: C*1*1",
    ),
)
