import pytest
from differential import FEW, agrees, agrees_backwards, inferred, refused
from hypothesis import given
from hypothesis import strategies as st
from images import AXES, FLAGS, Options, Shape, images, problem, shape, spread, written

from graphc.diagnostics import Code
from graphc.lang import Size, symbol

FACTORS = st.sampled_from([1, 2, 3, 2.0]) | st.floats(0.05, 4)
MODES = [
    "nearest",
    "nearest-exact",
    "linear",
    "bilinear",
    "bicubic",
    "trilinear",
    "area",
]
C, H = symbol("C"), symbol("H")

Drawn = tuple[Shape, Options]


@st.composite
def scaled(draw: st.DrawFn) -> Drawn:
    axes = draw(AXES)
    factors = FACTORS | st.tuples(*[FACTORS] * axes)
    return draw(images(axes)), {"scale_factor": draw(factors)}


@st.composite
def resized(draw: st.DrawFn) -> Drawn:
    """An input with any mode, and arguments that need not go together."""
    axes = draw(AXES)
    options: Options = {"mode": draw(st.sampled_from(MODES))}
    if draw(st.integers(0, 4)):
        options["size"] = draw(spread(axes, 1, 6))
    if not draw(st.integers(0, 3)):
        options["scale_factor"] = 2
    if draw(FLAGS):
        options["align_corners"] = draw(FLAGS)
    return draw(images(axes, most=5)), options


# Against PyTorch


@FEW
@given(drawn=scaled())
def test_scaling_is_as_in_pytorch(drawn: Drawn) -> None:
    source, options = drawn
    agrees("Upsample", source, device="cpu", **options)


@FEW
@given(drawn=resized())
def test_a_size_and_a_mode_are_as_in_pytorch(drawn: Drawn) -> None:
    source, options = drawn
    agrees("Upsample", source, device="cpu", **options)


@FEW
@given(source=images(2, st.integers(1, 40), 6), factor=st.integers(1, 4))
def test_a_shuffle_is_as_in_pytorch(source: Shape, factor: int) -> None:
    agrees("PixelShuffle", source, device="cpu", upscale_factor=factor)


@FEW
@given(source=images(2), factor=st.integers(1, 4))
def test_an_unshuffle_is_as_in_pytorch(source: Shape, factor: int) -> None:
    agrees("PixelUnshuffle", source, device="cpu", downscale_factor=factor)


# Backwards


@FEW
@given(data=st.data(), drawn=scaled())
def test_scaling_is_found_from_what_is_known(data: st.DataObject, drawn: Drawn) -> None:
    source, options = drawn
    if not refused(inferred("Upsample", source, **options)):
        agrees_backwards(data, "Upsample", source, **options)


@FEW
@given(data=st.data(), source=images(2, most=4), factor=st.integers(1, 3))
def test_a_shuffle_is_found_from_what_is_known(
    data: st.DataObject, source: Shape, factor: int
) -> None:
    channels, height, width = source
    deep = (channels * factor**2, height, width)
    agrees_backwards(data, "PixelShuffle", deep, upscale_factor=factor)
    wide = (channels, factor * height, factor * width)
    agrees_backwards(data, "PixelUnshuffle", wide, downscale_factor=factor)


# Exact values


@pytest.mark.parametrize(
    ("source", "options", "size"),
    [
        ((3, 3), {"scale": 1.5}, (4, 4)),
        ((5, 7), {"scale": 0.5}, (2, 3)),
        ((2, 3), {"scale": 2}, (4, 6)),
        ((706, 706), {"scale": 224 / 706}, (224, 224)),
        ((13, 13), {"scale": 2}, (26, 26)),
        ((13, 13), {"scale": (1, 2.5)}, (13, 32)),
        ((7, 9), {"size": 224, "mode": "bilinear"}, (224, 224)),
        ((7, 9), {"size": (4, 9)}, (4, 9)),
        ((H, H), {"scale": 2}, (2 * H, 2 * H)),
    ],
)
def test_an_image_at_another_resolution(
    source: tuple[Size, ...], options: Options, size: tuple[Size, ...]
) -> None:
    assert shape(inferred("Upsample", (3, *source), **options)) == (3, *size)


def test_a_symbolic_size_by_a_binary_fraction_is_exact() -> None:
    assert shape(inferred("Upsample", (3, H, H), scale=0.5))[1] == H // 2
    assert shape(inferred("Upsample", (3, 2 * H, H), scale=1.5))[1] == 3 * H


def test_a_symbolic_size_by_any_other_fraction_stays_open() -> None:
    result = inferred("Upsample", (3, H, 4), scale=0.3)
    assert result is not None
    assert not result.problems
    assert result.known == ((3, (1, None), 1),)


def test_a_shuffle_moves_channels_into_space_and_back() -> None:
    assert shape(inferred("PixelShuffle", (36, 4, 5), r=3)) == (4, 12, 15)
    assert shape(inferred("PixelUnshuffle", (4, 12, 15), r=3)) == (36, 4, 5)
    assert shape(inferred("PixelShuffle", (4 * C, H, H), r=2)) == (C, 2 * H, 2 * H)


# Refusals


@pytest.mark.parametrize(
    ("name", "options", "code", "told"),
    [
        ("Upsample", {}, Code.GC206, "takes one of `scale_factor` and `size`"),
        (
            "Upsample",
            {"scale": 2, "size": 8},
            Code.GC206,
            "takes one of `scale_factor` and `size`",
        ),
        (
            "Upsample",
            {"scale": 0},
            Code.GC206,
            "`scale_factor` of `Upsample` has to be more than 0",
        ),
        (
            "Upsample",
            {"scale": 2, "mode": "linear"},
            Code.GC206,
            "mode=linear of `Upsample` is for 1 spatial axis, and 8*6*6 has 2",
        ),
        (
            "Upsample",
            {"scale": 2, "align_corners": True},
            Code.GC206,
            "`align_corners` of `Upsample` has no meaning for mode=nearest",
        ),
        (
            "Upsample",
            {"scale": 0.125},
            Code.GC303,
            "`Upsample` by 0.125 leaves nothing of an axis of 6",
        ),
        (
            "PixelUnshuffle",
            {"r": 4},
            Code.GC303,
            "`PixelUnshuffle` needs a size that 4 divides, not 6",
        ),
        (
            "PixelShuffle",
            {"r": 3},
            Code.GC303,
            "`PixelShuffle` needs a size that 9 divides, not 8",
        ),
    ],
)
def test_what_cannot_be_is_refused_with_its_sizes(
    name: str, options: Options, code: Code, told: str
) -> None:
    found = inferred(name, (8, 6, 6), **options)
    assert found is not None
    assert {item.code for item in found.problems} == {code}
    assert all(item.message.endswith(told) for item in found.problems)


def test_a_shuffle_takes_images_alone() -> None:
    assert problem(inferred("PixelShuffle", (8, 6), r=2)) == (
        Code.GC303,
        "`PixelShuffle` takes C*H*W, not 8*6",
    )


# As Python


@pytest.mark.parametrize(
    ("name", "options", "text"),
    [
        (
            "Upsample",
            {"scale": 2},
            "nn.Upsample(scale_factor=2); F.interpolate(x, scale_factor=2)",
        ),
        (
            "Upsample",
            {"size": (4, 4), "mode": "bilinear", "align_corners": False},
            "nn.Upsample(size=4, mode='bilinear', align_corners=False);"
            " F.interpolate(x, size=4, mode='bilinear', align_corners=False)",
        ),
        ("PixelShuffle", {"r": 2}, "nn.PixelShuffle(2); F.pixel_shuffle(x, 2)"),
        ("PixelUnshuffle", {"r": 2}, "nn.PixelUnshuffle(2); F.pixel_unshuffle(x, 2)"),
    ],
)
def test_a_resolution_is_written_as_a_person_would(
    name: str, options: Options, text: str
) -> None:
    assert written(name, (8, 6, 6), **options) == text
