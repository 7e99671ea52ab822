import pytest
from differential import (
    FEW,
    agrees,
    agrees_backwards,
    bound,
    inferred,
    op_named,
    refused,
)
from hypothesis import given
from hypothesis import strategies as st
from images import (
    AXES,
    FLAGS,
    Options,
    Shape,
    around,
    code,
    images,
    problem,
    shape,
    spread,
    written,
)

from graphc.diagnostics import Code
from graphc.infer import Known, infer_op
from graphc.ir import Layer
from graphc.lang import Size, symbol

GROUPS = st.sampled_from([1, 1, 1, 2, 3])
CHANNELS = st.sampled_from([1, 2, 3, 4, 6])
C, H = symbol("C"), symbol("H")

Drawn = tuple[Shape, Options]


@st.composite
def convolved(draw: st.DrawFn, padding: str = "numbers") -> Drawn:
    axes = draw(AXES)
    given_values: Options = {
        "out_channels": draw(CHANNELS),
        "kernel_size": draw(spread(axes, 1, 5)),
        "stride": draw(spread(axes, 1, 3)),
        "dilation": draw(spread(axes, 1, 3)),
        "groups": draw(GROUPS),
        "bias": draw(FLAGS),
    }
    if padding == "numbers":
        given_values["padding"] = draw(around(axes, 0, 3))
    else:
        given_values["padding"] = padding
    return draw(images(axes, CHANNELS)), given_values


@st.composite
def enlarged(draw: st.DrawFn) -> Drawn:
    axes = draw(AXES)
    return draw(images(axes, CHANNELS, most=6)), {
        "out_channels": draw(CHANNELS),
        "kernel_size": draw(spread(axes, 1, 4)),
        "stride": draw(spread(axes, 1, 3)),
        "padding": draw(spread(axes, 0, 2)),
        "output_padding": draw(spread(axes, 0, 2)),
        "dilation": draw(spread(axes, 1, 2)),
        "groups": draw(GROUPS),
        "bias": draw(FLAGS),
    }


# Against PyTorch


@FEW
@given(drawn=convolved())
def test_a_convolution_is_as_in_pytorch(drawn: Drawn) -> None:
    source, options = drawn
    agrees("Conv", source, device="cpu", **options)


@FEW
@given(drawn=convolved("same"))
def test_same_padding_is_as_in_pytorch(drawn: Drawn) -> None:
    source, options = drawn
    agrees("Conv", source, device="cpu", **options)


@FEW
@given(drawn=enlarged())
def test_a_transposed_convolution_is_as_in_pytorch(drawn: Drawn) -> None:
    source, options = drawn
    agrees("ConvTranspose", source, device="cpu", **options)


@FEW
@given(
    drawn=convolved(),
    mode=st.sampled_from(["zeros", "reflect", "replicate", "circular"]),
)
def test_what_padding_holds_limits_it_as_in_pytorch(drawn: Drawn, mode: str) -> None:
    source, options = drawn
    agrees("Conv", source, device="cpu", padding_mode=mode, **options)


# Backwards


@FEW
@given(data=st.data(), drawn=convolved())
def test_a_convolution_is_found_from_what_is_known(
    data: st.DataObject, drawn: Drawn
) -> None:
    source, options = drawn
    if not refused(inferred("Conv", source, **options)):
        agrees_backwards(data, "Conv", source, **options)


@FEW
@given(data=st.data(), drawn=enlarged())
def test_a_transposed_convolution_is_found_from_what_is_known(
    data: st.DataObject, drawn: Drawn
) -> None:
    source, options = drawn
    if not refused(inferred("ConvTranspose", source, **options)):
        agrees_backwards(data, "ConvTranspose", source, **options)


def test_a_stride_leaves_an_interval_of_inputs() -> None:
    arguments = bound(op_named("Conv"), k=7, s=2, p=3, out=64)
    assert arguments is not None
    open_axes: Known = (3, (1, None), (1, None))
    result = infer_op(op_named("Conv"), arguments, [open_axes], [(64, 112, 112)])
    assert result.inputs == ((3, (223, 224), (223, 224)),)


def test_channels_that_are_not_written_are_left_to_others() -> None:
    result = inferred("Conv", (3, 8, 8), k=3)
    assert result is not None
    assert result.outputs == (None,)
    assert result.known == (((1, None), 6, 6),)


# Exact values


@pytest.mark.parametrize(
    ("source", "options", "size"),
    [
        ((3, 224, 224), {"k": 7, "s": 2, "p": 3}, (112, 112)),
        ((3, 299, 299), {"k": 3, "s": 2}, (149, 149)),
        ((3, 17, 17), {"k": (1, 7), "p": (0, 3)}, (17, 17)),
        # AlexNet at 224, at 227, and at 224 with the padding that makes 55 of it
        ((3, 224, 224), {"k": 11, "s": 4}, (54, 54)),
        ((3, 227, 227), {"k": 11, "s": 4}, (55, 55)),
        ((3, 224, 224), {"k": 11, "s": 4, "p": 2}, (55, 55)),
        # `same` with strides and even kernels
        ((1, 7, 5), {"k": 3, "s": 2, "p": "same"}, (4, 3)),
        ((1, 8, 8), {"k": 4, "p": "same"}, (8, 8)),
        ((3, 224, 224), {"k": 3, "s": 2, "p": "same"}, (112, 112)),
        ((3, 225, 225), {"k": 3, "s": 2, "p": "same"}, (113, 113)),
        ((3, 5, 5), {"k": 1, "s": 3, "p": "same"}, (2, 2)),
        # padding at one side only
        ((3, 224, 224), {"k": 3, "s": 2, "p": ((0, 1), (0, 1))}, (112, 112)),
        ((3, 225, 225), {"k": 3, "s": 2, "p": ((0, 1), (0, 1))}, (112, 112)),
        ((3, 224, 224), {"k": 3, "s": 2, "p": 1}, (112, 112)),
        ((3, 225, 225), {"k": 3, "s": 2, "p": 1}, (113, 113)),
        # the kernel just fits
        ((3, 4, 4), {"k": 6, "p": 1}, (1, 1)),
        ((3, 100), {"k": 3, "d": 4}, (92,)),
        ((3, 8, 8, 8), {"k": 2, "s": 2}, (4, 4, 4)),
    ],
)
def test_a_convolution_of_an_image(
    source: Shape, options: Options, size: Shape
) -> None:
    assert shape(inferred("Conv", source, out=96, **options)) == (96, *size)


@pytest.mark.parametrize(
    ("options", "size"),
    [
        ({"k": 3, "s": 2, "p": 1, "output_padding": 1}, (32, 32)),
        ({"k": 3, "s": 2, "p": 1}, (31, 31)),
        ({"k": 2, "s": 2}, (32, 32)),
        ({"k": 4, "s": 2, "p": 1}, (32, 32)),
        ({"k": 2, "s": 2, "p": (0, 1), "g": 64}, (32, 30)),
    ],
)
def test_a_transposed_convolution_of_an_image(options: Options, size: Shape) -> None:
    found = shape(inferred("ConvTranspose", (256, 16, 16), out=256, **options))
    assert found == (256, *size)


def test_a_transposed_convolution_is_cropped_along_one_axis_alone() -> None:
    source, options = (64, 36, 48), {"out": 64, "k": 2, "s": 2, "g": 64}
    assert shape(inferred("ConvTranspose", source, **options)) == (64, 72, 96)
    cropped = inferred("ConvTranspose", source, **options, p=(0, 1))
    assert shape(cropped) == (64, 72, 94)


def test_an_output_padding_decides_whether_a_join_fits() -> None:
    skip = (256, 32, 32)
    for extra, code_ in [(1, []), (0, [Code.GC304])]:
        options: Options = {"k": 3, "s": 2, "p": 1, "output_padding": extra}
        up = shape(inferred("ConvTranspose", (256, 16, 16), out=256, **options))
        joined = inferred("Sum", skip, up)
        assert joined is not None
        assert [problem.code for problem in joined.problems] == code_


def test_symbolic_sizes_stay_exact() -> None:
    result = inferred("Conv", (C, 2 * H, 2 * H), out=2 * C, k=3, s=2, p=1)
    assert shape(result) == (2 * C, H, H)
    result = inferred("ConvTranspose", (C, H, H), out=C, k=2, s=2)
    assert shape(result) == (C, 2 * H, 2 * H)
    result = inferred("Conv", (C, H, H), out=C, k=3, s=2, p="same")
    assert shape(result) == (C, (H + 1) // 2, (H + 1) // 2)


@pytest.mark.parametrize("name", ["Conv", "MaxPool", "AvgPool"])
@pytest.mark.parametrize("source", [(3, 9, 9), (3, H, H)])
def test_same_padding_takes_a_stride_that_is_a_symbol(
    name: str, source: tuple[Size, ...]
) -> None:
    options: Options = {"k": 3, "s": C, "p": "same"}
    options |= {"Conv": {"out": 8, "padding_mode": "reflect"}}.get(name, {})
    result = inferred(name, source, **options)
    assert result is not None
    assert not result.problems
    assert result.known == ((8 if name == "Conv" else 3, (1, None), (1, None)),)
    op, arguments = op_named(name), bound(op_named(name), **options)
    assert arguments is not None
    form = op.torch(Layer(arguments, (source,), ((8, C, C),)))
    total = (
        "((8 // C) * C) + -6" if source[1] == 9 else "(((H - 1) // C) * C) + (3 - H)"
    )
    assert f"(max(0, {total}) // 2, max(0, {total}) - (max(0, {total})" in code(form)


# Refusals


@pytest.mark.parametrize(
    ("source", "options", "code_", "told"),
    [
        (
            (3, 4, 4),
            {"k": 6},
            Code.GC303,
            "a kernel of 6 is larger than the input of 4",
        ),
        (
            (3, 4, 4),
            {"k": 3, "d": 3, "p": 1},
            Code.GC303,
            "a kernel of 3 with dilation 3 is larger than the input of 4 padded to 6",
        ),
        (
            (6, 9, 9),
            {"k": 3, "g": 4},
            Code.GC303,
            "`groups` of `Conv` is 4, which does not divide the 6 input channels",
        ),
        (
            (3, 9, 9),
            {"k": 3, "g": 3},
            Code.GC303,
            "`groups` of `Conv` is 3, which does not divide the 8 output channels",
        ),
        ((3,), {"k": 3}, Code.GC303, "`Conv` takes C*L, C*H*W or C*D*H*W, not 3"),
        (
            (3, 9, 9),
            {"k": (3, 3, 3)},
            Code.GC206,
            "`kernel_size` of `Conv` lists 3 items for the 2 spatial axes of 3*9*9",
        ),
        (
            (3, 9, 9),
            {"k": 3, "p": ((1, 1),)},
            Code.GC206,
            "`padding` of `Conv` lists 1 item for the 2 spatial axes of 3*9*9",
        ),
        (
            (3, 2, 2),
            {"k": 3, "p": 2, "padding_mode": "reflect"},
            Code.GC303,
            "reflect padding of 2 needs a larger input than 2 of 3*2*2",
        ),
    ],
)
def test_what_cannot_be_is_refused_once_with_its_sizes(
    source: Shape, options: Options, code_: Code, told: str
) -> None:
    found = inferred("Conv", source, out=8, **options)
    assert problem(found) == (code_, told)


@pytest.mark.parametrize(
    "options",
    [{"k": 0}, {"k": 3, "s": 0}, {"k": 3, "d": 0}, {"k": 3, "g": 0}, {"k": 3, "p": -1}],
)
def test_a_number_that_is_never_right_is_refused_as_an_argument(
    options: Options,
) -> None:
    assert inferred("Conv", (3, 9, 9), out=8, **options) is None


def test_an_output_padding_is_less_than_the_stride_or_the_dilation() -> None:
    result = inferred("ConvTranspose", (3, 9, 9), out=8, k=3, s=2, output_padding=2)
    assert problem(result) == (
        Code.GC206,
        "`output_padding` of `ConvTranspose` is 2, and has to be less than the stride 2"
        " or the dilation 1",
    )


# As Python


@pytest.mark.parametrize(
    ("source", "options", "text"),
    [
        (
            (64, 9, 9),
            {"out": 128, "k": 3, "s": 2},
            "nn.Conv2d(64, 128, kernel_size=3, stride=2)",
        ),
        (
            (64, 9, 9),
            {"out": 128, "k": (3, 3), "p": ((1, 1), (1, 1)), "bias": False},
            "nn.Conv2d(64, 128, kernel_size=3, padding=1, bias=False)",
        ),
        (
            (64, 9, 9),
            {"out": 64, "k": (1, 7), "p": (0, 3), "g": 64},
            "nn.Conv2d(64, 64, kernel_size=(1, 7), padding=(0, 3), groups=64)",
        ),
        (
            (64, 9),
            {"out": 64, "k": 4, "p": "same"},
            "nn.Conv1d(64, 64, kernel_size=4, padding='same')",
        ),
        (
            (3, 224, 224),
            {"out": 64, "k": 3, "s": 2, "p": "same"},
            "F.pad(x, (0, 1, 0, 1)); nn.Conv2d(3, 64, kernel_size=3, stride=2)",
        ),
        (
            (3, 225, 225),
            {"out": 64, "k": 3, "s": 2, "p": "same"},
            "nn.Conv2d(3, 64, kernel_size=3, stride=2, padding=1)",
        ),
        (
            (3, 9, 9),
            {"out": 4, "k": 3, "p": ((0, 0), (2, 0)), "padding_mode": "reflect"},
            "F.pad(x, (2, 0, 0, 0), mode='reflect'); nn.Conv2d(3, 4, kernel_size=3)",
        ),
        (
            (3, 9, 9),
            {"out": 4, "k": 3, "p": "valid"},
            "nn.Conv2d(3, 4, kernel_size=3)",
        ),
    ],
)
def test_a_convolution_is_written_as_a_person_would(
    source: Shape, options: Options, text: str
) -> None:
    assert written("Conv", source, **options) == text


def test_a_transposed_convolution_is_written_as_a_person_would() -> None:
    text = written(
        "ConvTranspose", (8, 9, 9), out=4, k=3, s=2, p=1, output_padding=1, d=2
    )
    assert text == (
        "nn.ConvTranspose2d(8, 4, kernel_size=3, stride=2, padding=1, output_padding=1,"
        " dilation=2)"
    )


# Cost


def test_weights_and_products_of_a_grouped_convolution() -> None:
    op, arguments = op_named("Conv"), bound(op_named("Conv"), out=8, k=3, g=2, p=1)
    assert arguments is not None
    layer = Layer(arguments, ((4, 5, 6),), ((8, 5, 6),))
    assert [weight.shape for weight in op.weights(layer)] == [(8, 2, 3, 3), (8,)]
    assert op.macs(layer) == 8 * 2 * 3 * 3 * 5 * 6
