import pytest
from differential import FEW, agrees, agrees_backwards, inferred, refused
from hypothesis import given
from hypothesis import strategies as st
from images import AXES, Options, Shape, around, images, problem, shape, written

from graphc.diagnostics import Code
from graphc.lang import symbol

MODES = ["constant", "reflect", "replicate", "circular"]
C, H = symbol("C"), symbol("H")

Drawn = tuple[Shape, Options]


@st.composite
def padded(draw: st.DrawFn, least: int = -3) -> Drawn:
    axes = draw(AXES)
    return draw(images(axes, most=7)), {"padding": draw(around(axes, least, 5))}


def emptied(source: Shape, options: Options) -> bool:
    """Whether all that is there is cut off one of the axes."""
    padding = options["padding"]
    axes = len(source) - 1
    items = padding if isinstance(padding, tuple) else (padding,) * axes
    pairs = [item if isinstance(item, tuple) else (item, item) for item in items]
    cuts = [sum(-n for n in pair if n < 0) for pair in pairs]
    return any(cut >= size for cut, size in zip(cuts, source[1:], strict=True))


# Against PyTorch


@pytest.mark.parametrize("mode", MODES)
@FEW
@given(drawn=padded())
def test_padding_is_as_in_pytorch(mode: str, drawn: Drawn) -> None:
    source, options = drawn
    if emptied(source, options):  # PyTorch fills some of these, from nothing
        assert refused(inferred("Pad", source, mode=mode, **options))
    else:
        agrees("Pad", source, device="cpu", mode=mode, **options)


@FEW
@given(drawn=padded(), value=st.sampled_from([0, 1, 0.5, -1.5]))
def test_padding_with_a_value_is_as_in_pytorch(drawn: Drawn, value: float) -> None:
    source, options = drawn
    if not emptied(source, options):
        agrees("Pad", source, value=value, **options)


@FEW
@given(data=st.data(), drawn=padded(), mode=st.sampled_from(MODES))
def test_padding_is_found_from_what_is_known(
    data: st.DataObject, drawn: Drawn, mode: str
) -> None:
    source, options = drawn
    if not refused(inferred("Pad", source, mode=mode, **options)):
        agrees_backwards(data, "Pad", source, mode=mode, **options)


# Exact values


@pytest.mark.parametrize(
    ("source", "padding", "size"),
    [
        ((3, 224, 224), ((0, 1), (0, 1)), (3, 225, 225)),
        ((3, 9, 9), (1, 2), (3, 11, 13)),
        ((3, 9, 9), ((0, 0), (-2, 1)), (3, 9, 8)),
        ((3, 9), 4, (3, 17)),
        ((C, H, H), 1, (C, H + 2, H + 2)),
    ],
)
def test_what_is_put_around_adds_up(
    source: Shape, padding: object, size: Shape
) -> None:
    options: Options = {"p": padding}
    assert shape(inferred("Pad", source, **options)) == size


@pytest.mark.parametrize(
    ("options", "code", "told"),
    [
        ({"p": -2}, Code.GC303, "`Pad` cuts 4 off an axis of 4"),
        ({"p": ((-4, 1), (0, 0))}, Code.GC303, "`Pad` cuts 4 off an axis of 4"),
        (
            {"p": 4, "mode": "reflect"},
            Code.GC303,
            "`Pad` with mode=reflect copies at most 3 from an axis of 4, not 4",
        ),
        (
            {"p": 5, "mode": "circular"},
            Code.GC303,
            "`Pad` with mode=circular copies at most 4 from an axis of 4, not 5",
        ),
        (
            {"p": (1, 1, 1)},
            Code.GC206,
            "`padding` of `Pad` lists 3 items for the 2 spatial axes of 3*4*4",
        ),
    ],
)
def test_what_cannot_be_is_refused_once_for_each_axis(
    options: Options, code: Code, told: str
) -> None:
    found = inferred("Pad", (3, 4, 4), **options)
    assert found is not None
    assert {(item.code, item.message) for item in found.problems} == {(code, told)}


def test_a_shape_without_spatial_axes_is_refused() -> None:
    assert problem(inferred("Pad", (4,), p=1))[0] is Code.GC303


# As Python


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"p": 1}, "nn.ZeroPad2d(1); F.pad(x, (1, 1, 1, 1))"),
        (
            {"p": ((0, 1), (2, 3))},
            "nn.ZeroPad2d((2, 3, 0, 1)); F.pad(x, (2, 3, 0, 1))",
        ),
        (
            {"p": ((0, 0), (0, 1))},
            "nn.ZeroPad2d((0, 1, 0, 0)); F.pad(x, (0, 1))",
        ),
        (
            {"p": 1, "mode": "reflect"},
            "nn.ReflectionPad2d(1); F.pad(x, (1, 1, 1, 1), mode='reflect')",
        ),
        (
            {"p": 1, "value": 0.5},
            "nn.ConstantPad2d(1, 0.5); F.pad(x, (1, 1, 1, 1), value=0.5)",
        ),
    ],
)
def test_padding_is_written_as_a_person_would(options: Options, text: str) -> None:
    assert written("Pad", (3, 4, 4), **options) == text
