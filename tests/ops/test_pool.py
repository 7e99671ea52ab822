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
    images,
    problem,
    shape,
    spread,
    written,
)

from graphc.diagnostics import Code
from graphc.infer import Known, infer_op
from graphc.lang import symbol

WINDOWS = ["MaxPool", "AvgPool"]
ADAPTIVE = ["AdaptiveMaxPool", "AdaptiveAvgPool"]
C, H = symbol("C"), symbol("H")

Drawn = tuple[Shape, Options]


@st.composite
def pooled(draw: st.DrawFn, name: str) -> Drawn:
    axes = draw(AXES)
    options: Options = {
        "kernel_size": draw(spread(axes, 1, 5)),
        "padding": draw(st.just("same") | spread(axes, 0, 2) | around(axes, 0, 2)),
        "ceil_mode": draw(FLAGS),
    }
    if draw(FLAGS):
        options["stride"] = draw(spread(axes, 1, 4))
    if name == "MaxPool":
        options["dilation"] = draw(spread(axes, 1, 3))
    return draw(images(axes)), options


def uneven(options: Options) -> bool:
    """Whether padding differs at the ends of an axis."""
    return any(before != after for before, after in pairs(options))


def deep(options: Options, axes: int) -> bool:
    """Whether there is padding of more than half a kernel."""
    kernel = options["kernel_size"]
    kernels = kernel if isinstance(kernel, tuple) else (kernel,) * axes
    return any(2 * max(p) > k for p, k in zip(pairs(options), kernels, strict=False))


def pairs(options: Options) -> list[tuple[int, int]]:
    padding = options["padding"]
    items = padding if isinstance(padding, tuple) else (padding,) * 3
    found = [item if isinstance(item, tuple) else (item, item) for item in items]
    return [] if isinstance(padding, str) else found


# Against PyTorch


@pytest.mark.parametrize("name", WINDOWS)
@FEW
@given(data=st.data())
def test_a_pool_is_as_in_pytorch(name: str, data: st.DataObject) -> None:
    source, options = data.draw(pooled(name))
    if deep(options, len(source) - 1) or (options["ceil_mode"] and uneven(options)):
        # Padding put around the input first would do, but is seldom meant.
        assert refused(inferred(name, source, **options))
    else:
        agrees(name, source, device="cpu", **options)


@FEW
@given(data=st.data())
def test_an_average_without_its_padding_is_as_in_pytorch(data: st.DataObject) -> None:
    source, options = data.draw(pooled("AvgPool"))
    options["padding"] = data.draw(st.just("valid") | spread(len(source) - 1, 0, 2))
    if not deep(options, len(source) - 1):
        agrees("AvgPool", source, device="cpu", count_include_pad=False, **options)


@pytest.mark.parametrize("name", ADAPTIVE)
@FEW
@given(data=st.data())
def test_an_adaptive_pool_is_as_in_pytorch(name: str, data: st.DataObject) -> None:
    axes = data.draw(AXES)
    size = data.draw(spread(axes, 1, 9))
    agrees(name, data.draw(images(axes)), device="cpu", output_size=size)


@FEW
@given(source=AXES.flatmap(images), keepdim=FLAGS)
def test_a_global_average_is_as_in_pytorch(source: Shape, *, keepdim: bool) -> None:
    agrees("GlobalAvgPool", source, keepdim=keepdim)


@pytest.mark.parametrize("name", [*WINDOWS, *ADAPTIVE, "GlobalAvgPool"])
@pytest.mark.parametrize("source", [(), (4,), (2, 3, 4, 5, 6)])
def test_a_shape_without_spatial_axes_or_with_four_is_refused(
    name: str, source: Shape
) -> None:
    first = {"GlobalAvgPool": {}}.get(name, {op_named(name).arguments[0].name: 1})
    code, message = problem(inferred(name, source, **first))
    assert code is Code.GC303
    assert "C*L, C*H*W or C*D*H*W" in message


# Backwards


@pytest.mark.parametrize("name", WINDOWS)
@FEW
@given(data=st.data())
def test_a_pool_is_found_from_what_is_known(name: str, data: st.DataObject) -> None:
    source, options = data.draw(pooled(name))
    if not refused(inferred(name, source, **options)):
        agrees_backwards(data, name, source, **options)


@FEW
@given(data=st.data(), name=st.sampled_from([*ADAPTIVE, "GlobalAvgPool"]))
def test_the_channels_of_a_pool_are_found_from_what_is_known(
    data: st.DataObject, name: str
) -> None:
    options: Options = {} if name == "GlobalAvgPool" else {"output_size": (2, 3)}
    agrees_backwards(data, name, data.draw(images(2)), **options)


def test_rounding_up_leaves_an_interval_of_inputs() -> None:
    op, arguments = op_named("MaxPool"), bound(op_named("MaxPool"), k=3, s=2, ceil=True)
    assert arguments is not None
    source: Known = (64, (1, None), 112)
    result = infer_op(op, arguments, [source], [(64, 56, 56)])
    assert result.inputs == ((64, (112, 113), 112),)


# Exact values


@pytest.mark.parametrize(
    ("name", "source", "options", "size"),
    [
        # the last window starts inside the input or the padding before it
        ("MaxPool", (3, 5, 5), {"k": 2, "s": 2, "p": 1, "ceil": True}, (3, 3)),
        ("AvgPool", (1, 9, 9), {"k": 4, "s": 4, "p": 2, "ceil": True}, (3, 3)),
        ("MaxPool", (1, 5, 5), {"k": 2, "s": 2, "ceil": True}, (3, 3)),
        ("MaxPool", (64, 112, 112), {"k": 3, "s": 2, "ceil": True}, (56, 56)),
        ("MaxPool", (64, 112, 112), {"k": 3, "s": 2}, (55, 55)),
        ("MaxPool", (1, 4, 4), {"k": 1, "s": 3, "ceil": True}, (2, 2)),
        ("MaxPool", (1, 3, 3), {"k": 1, "s": 3, "ceil": True}, (1, 1)),
        ("AvgPool", (1792, 8, 8), {"k": 8}, (1, 1)),
        ("AvgPool", (8, 7, 7), {"k": 2}, (3, 3)),
        # stride 1 over 13*13: as it is, and with padding at the end alone
        ("MaxPool", (512, 13, 13), {"k": 2, "s": 1}, (12, 12)),
        (
            "MaxPool",
            (512, 13, 13),
            {"k": 2, "s": 1, "p": ((0, 1), (0, 1))},
            (13, 13),
        ),
        ("MaxPool", (512, 13, 13), {"k": 2, "s": 1, "p": "same"}, (13, 13)),
        ("MaxPool", (64, 113, 113), {"k": 3, "s": 2, "p": "same"}, (57, 57)),
        ("MaxPool", (8, 16), {"k": 2, "d": 3}, (7,)),
    ],
)
def test_a_pool_of_an_image(
    name: str, source: Shape, options: Options, size: Shape
) -> None:
    assert shape(inferred(name, source, **options)) == (source[0], *size)


def test_symbolic_sizes_stay_exact() -> None:
    assert shape(inferred("MaxPool", (C, 2 * H, 2 * H), k=2)) == (C, H, H)
    found = shape(inferred("MaxPool", (C, H, H), k=2, s=2, ceil=True))
    assert found == (C, (H + 1) // 2, (H + 1) // 2)
    assert shape(inferred("GlobalAvgPool", (C, H, H))) == (C,)


# Refusals


@pytest.mark.parametrize(
    ("name", "options", "code", "told"),
    [
        (
            "MaxPool",
            {"k": 6},
            Code.GC303,
            "a kernel of 6 is larger than the input of 4",
        ),
        (
            "MaxPool",
            {"k": 2, "p": 2},
            Code.GC206,
            "`padding` of `MaxPool` is 2, more than half of the kernel 2",
        ),
        (
            "AvgPool",
            {"k": 3, "p": ((0, 0), (0, 2))},
            Code.GC206,
            "`padding` of `AvgPool` is 2, more than half of the kernel 3",
        ),
        (
            "AvgPool",
            {"k": 3, "p": ((1, 1), (0, 1)), "count_include_pad": False},
            Code.GC206,
            "`count_include_pad=false` of `AvgPool` takes padding as one number for"
            " each axis alone",
        ),
        (
            "MaxPool",
            {"k": 3, "p": ((1, 1), (0, 1)), "ceil_mode": True},
            Code.GC206,
            "`ceil_mode` of `MaxPool` needs the same padding before and after an axis",
        ),
        (
            "AdaptiveAvgPool",
            {"output_size": (1, 2, 3)},
            Code.GC206,
            "`output_size` of `AdaptiveAvgPool` lists 3 items for the 2 spatial axes of"
            " 3*4*4",
        ),
    ],
)
def test_what_cannot_be_is_refused_once_with_its_sizes(
    name: str, options: Options, code: Code, told: str
) -> None:
    assert problem(inferred(name, (3, 4, 4), **options)) == (code, told)


def test_an_average_over_three_axes_needs_an_input_as_large_as_its_kernel() -> None:
    code, message = problem(inferred("AvgPool", (3, 4, 4, 2), k=3, p=1))
    assert code is Code.GC303
    assert message == (
        "`AvgPool` over three axes takes no kernel of 3 on an input of 2, whatever the"
        " padding"
    )
    assert shape(inferred("AvgPool", (3, 4, 2), k=3, p=1)) == (3, 2, 1)


def test_a_pool_of_one_point_is_refused() -> None:
    code, message = problem(inferred("MaxPool", (3, 1, 1), k=2))
    assert code is Code.GC303
    assert message == "a kernel of 2 is larger than the input of 1"


# As Python


@pytest.mark.parametrize(
    ("name", "source", "options", "text"),
    [
        (
            "MaxPool",
            (8, 9, 9),
            {"k": 3, "s": 2},
            "nn.MaxPool2d(kernel_size=3, stride=2)",
        ),
        ("MaxPool", (8, 8, 8), {"k": 2, "s": 2}, "nn.MaxPool2d(kernel_size=2)"),
        ("AvgPool", (8, 8), {"k": 2}, "nn.AvgPool1d(kernel_size=2)"),
        (
            "MaxPool",
            (8, 13, 13),
            {"k": 2, "s": 1, "p": ((0, 1), (0, 1))},
            "F.pad(x, (0, 1, 0, 1), value=float('-inf'));"
            " nn.MaxPool2d(kernel_size=2, stride=1)",
        ),
        (
            "AvgPool",
            (8, 13, 13),
            {"k": (1, 3), "s": 1, "p": "same"},
            "nn.AvgPool2d(kernel_size=(1, 3), stride=1, padding=(0, 1))",
        ),
        (
            "MaxPool",
            (8, 9, 9),
            {"k": 3, "s": 2, "p": 1, "ceil": True},
            "nn.MaxPool2d(kernel_size=3, stride=2, padding=1, ceil_mode=True)",
        ),
        ("AdaptiveAvgPool", (8, 9, 9), {"output_size": 7}, "nn.AdaptiveAvgPool2d(7)"),
        (
            "AdaptiveMaxPool",
            (8, 9, 9),
            {"output_size": (7, 1)},
            "nn.AdaptiveMaxPool2d((7, 1))",
        ),
        (
            "GlobalAvgPool",
            (8, 9, 9),
            {},
            "nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten());"
            " torch.mean(x, dim=(2, 3))",
        ),
    ],
)
def test_a_pool_is_written_as_a_person_would(
    name: str, source: Shape, options: Options, text: str
) -> None:
    assert written(name, source, **options) == text
