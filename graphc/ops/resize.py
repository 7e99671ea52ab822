"""Changes of resolution: Upsample, PixelShuffle, PixelUnshuffle.

The sizes of Upsample are those of ``torch.nn.functional.interpolate``: the product of
size and factor in float64, rounded down.
"""

from collections.abc import Callable
from fractions import Fraction

from graphc.diagnostics import Code as Finding
from graphc.ir import (
    POINT,
    Argument,
    Call,
    Cell,
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
from graphc.ops.pool import adaptive_views
from graphc.ops.spatial import cells, spatial_axes, told
from graphc.ops.written import options

_UPSAMPLE = (
    Argument(
        "scale_factor",
        Kind.FACTORS,
        "what each spatial axis is multiplied with; give this or `size`",
        short=("scale",),
        least=0,
    ),
    Argument("size", Kind.AXES, "the size of the result", least=1),
    Argument(
        "mode",
        Kind.WORD,
        "how values between the points are found",
        default="nearest",
        choices=(
            "nearest",
            "nearest-exact",
            "linear",
            "bilinear",
            "bicubic",
            "trilinear",
            "area",
        ),
    ),
    Argument(
        "align_corners",
        Kind.FLAG,
        "whether the corner points of input and result coincide",
    ),
)
_MODES = {"linear": 1, "bilinear": 2, "bicubic": 2, "trilinear": 3}
"""The number of spatial axes of the modes that interpolate."""
_TAPS = {"linear": 2, "bilinear": 2, "trilinear": 2, "bicubic": 4}
"""The number of places along an axis that a mode looks at, where it is more than 1."""


def _upsample_sizes(sizes: Sizes) -> None:
    axes = spatial_axes(sizes, "Upsample", "scale_factor", "size")
    if axes is None or not _consistent(sizes, axes):
        return
    source, result = cells(sizes.inputs[0]), cells(sizes.outputs[0])
    sizes.equal(source[0], result[0])
    wanted = sizes.arguments["size"]
    if wanted is not None:
        axis_sizes = sizes.arguments.per_axis("size", axes) or ()
        for cell, size in zip(result[1:], axis_sizes, strict=True):
            sizes.equal(cell, size)
        return
    factor = sizes.arguments["scale_factor"]
    factors = factor if isinstance(factor, tuple) else (factor,) * axes
    for number, left, right in zip(factors, source[1:], result[1:], strict=True):
        if isinstance(number, int | float):
            _multiply(sizes, left, right, number)


def _consistent(sizes: Sizes, axes: int) -> bool:
    """Whether PyTorch takes the arguments together; reports GC206 if not."""
    given = sizes.arguments
    factor, mode = given["scale_factor"], f"{given['mode']}"
    factors = factor if isinstance(factor, tuple) else (factor,)
    needed = _MODES.get(mode, axes)
    if (factor is None) == (given["size"] is None):
        fault = "`Upsample` takes one of `scale_factor` and `size`"
    elif any(number == 0 for number in factors):
        fault = "`scale_factor` of `Upsample` has to be more than 0"
    elif needed != axes:
        noun = "axis" if needed == 1 else "axes"
        fault = (
            f"mode={mode} of `Upsample` is for {needed} spatial {noun}, and"
            f" {told(sizes.inputs[0], sizes.outputs[0])} has {axes}"
        )
    elif given["align_corners"] is not None and mode not in _MODES:
        fault = f"`align_corners` of `Upsample` has no meaning for mode={mode}"
    else:
        return True
    sizes.fail(Finding.GC206, fault)
    return False


def _multiply(sizes: Sizes, source: Cell, result: Cell, factor: float) -> None:
    whole = isinstance(factor, int) or factor.is_integer()
    if whole:
        sizes.affine(source, result, int(factor), 0)
        return
    size = source.value
    if isinstance(size, int) and size < _least(factor):
        sizes.fail(
            Finding.GC303,
            f"`Upsample` by {factor:g} leaves nothing of an axis of {size}",
        )
        return
    sizes.scaled(source, result, factor)


def _least(factor: float) -> int:
    """Return the smallest size that a factor below 1 does not bring to 0."""
    size = max(1, int(1 / factor))
    return size if size * factor >= 1 else size + 1


def _upsample(layer: Layer) -> Form:
    keywords = options(layer.arguments, _UPSAMPLE)
    return Form(
        layer=Call(Word("nn.Upsample"), (), keywords),
        function=Call(Word("F.interpolate"), (Input(0),), keywords),
    )


def _upsample_views(layer: Layer) -> tuple[View, ...]:
    mode = f"{layer.arguments['mode']}"
    if mode == "area":
        return adaptive_views(layer)
    factor = layer.arguments["scale_factor"]
    factors = factor if isinstance(factor, tuple) else (factor,) * layer.axes
    ends = zip(layer.inputs[0][1:], layer.outputs[0][1:], factors, strict=True)
    return spatial(layer, [_taken(mode, *end) for end in ends])


def _taken(mode: str, before: Size, after: Size, factor: Value) -> Reach:
    """Return what is seen of an axis that is enlarged or made smaller."""
    if before == after:
        return POINT
    if isinstance(before, int) and isinstance(after, int):
        step: Fraction | None = Fraction(before, after)
    else:
        step = 1 / Fraction(factor) if isinstance(factor, int | float) else None
    return Reach(_TAPS.get(mode, 1), step)


def _pixel_views(layer: Layer) -> tuple[View, ...]:
    """Return the view: elements that become neighbours were one place, or the reverse.

    The factor is an argument of either name.
    """
    (factor,) = layer.arguments.integers(next(iter(layer.arguments)))
    if "upscale_factor" in layer.arguments:
        step = Fraction(1, factor) if isinstance(factor, int) else 1
        return spatial(layer, [sliding(1, step)] * 2)
    return spatial(layer, [sliding(factor, factor)] * 2)


def _shuffle_sizes(
    name: str, factor: str, *, enlarges: bool
) -> Callable[[Sizes], None]:
    def rule(sizes: Sizes) -> None:
        ends = (sizes.inputs[0], sizes.outputs[0])
        if any(end.dims is not None and len(end.dims) != 3 for end in ends):
            sizes.fail(Finding.GC303, f"`{name}` takes C*H*W, not {told(*ends)}")
            return
        small, large = ends if enlarges else ends[::-1]
        deep, wide = sizes.shape(small, 3), sizes.shape(large, 3)
        number = sizes.arguments[factor]
        if deep is None or wide is None or not isinstance(number, int):
            return
        _fold(sizes, name, (wide[0], deep[0]), number**2)
        for left, right in zip(deep[1:], wide[1:], strict=True):
            _fold(sizes, name, (left, right), number)

    return rule


def _fold(sizes: Sizes, name: str, pair: tuple[Cell, Cell], factor: int) -> None:
    """State that the second size is ``factor`` times the first."""
    less, more = pair
    sizes.divisible(
        more, factor, f"`{name}` needs a size that {factor} divides, not {more.value}"
    )
    if not isinstance(more.value, int) or more.value % factor == 0:
        sizes.product((less, factor), (more,))


def _shuffle(layer: str, function: str, factor: str) -> Callable[[Layer], Form]:
    def form(solved: Layer) -> Form:
        number = solved.arguments.integer(factor)
        return Form(
            layer=Call(Word(layer), (number,)),
            function=Call(Word(function), (Input(0), number)),
        )

    return form


def _factor(name: str, about: str) -> tuple[Argument, ...]:
    return (Argument(name, Kind.INTEGER, about, short=("r",), required=True, least=1),)


RESIZE = (
    Op(
        name="Upsample",
        family=Family.RESHAPE,
        about="its input at another resolution",
        example="Upsample 2",
        sizes=_upsample_sizes,
        torch=_upsample,
        views=_upsample_views,
        arguments=_UPSAMPLE,
        aliases=("Interpolate", "Resize", "UpSample"),
        rule="C*H*W -> C*floor(H*scale)*floor(W*scale), in float64",
    ),
    Op(
        name="PixelShuffle",
        family=Family.RESHAPE,
        about="channels moved into space: a higher resolution",
        example="PixelShuffle 2",
        sizes=_shuffle_sizes("PixelShuffle", "upscale_factor", enlarges=True),
        views=_pixel_views,
        torch=_shuffle("nn.PixelShuffle", "F.pixel_shuffle", "upscale_factor"),
        arguments=_factor(
            "upscale_factor", "what height and width are multiplied with"
        ),
        aliases=("DepthToSpace",),
        rule="C*H*W -> (C//r**2)*(r*H)*(r*W); r**2 divides C",
    ),
    Op(
        name="PixelUnshuffle",
        family=Family.RESHAPE,
        about="space moved into channels: a lower resolution",
        example="PixelUnshuffle 2",
        sizes=_shuffle_sizes("PixelUnshuffle", "downscale_factor", enlarges=False),
        views=_pixel_views,
        torch=_shuffle("nn.PixelUnshuffle", "F.pixel_unshuffle", "downscale_factor"),
        arguments=_factor("downscale_factor", "what height and width are divided by"),
        aliases=("SpaceToDepth",),
        rule="C*H*W -> (r**2*C)*(H//r)*(W//r); r divides H and W",
    ),
)
