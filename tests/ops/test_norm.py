import pytest
from differential import FEW, agrees, agrees_backwards, bound, inferred, op_named
from hypothesis import given
from hypothesis import strategies as st
from images import FLAGS, Options, Shape, problem, shape, written

from graphc.diagnostics import Code
from graphc.ir import Layer
from graphc.lang import symbol

SIZES = st.integers(1, 6)
SHAPES = st.lists(SIZES, min_size=1, max_size=4).map(tuple)
SMALL = st.sampled_from([1e-5, 1e-3, 0.1])
C, H = symbol("C"), symbol("H")


@st.composite
def grouped(draw: st.DrawFn) -> tuple[Shape, int]:
    """A shape and a number of groups that divides its channels, or nearly."""
    groups, more = draw(st.integers(1, 4)), draw(st.sampled_from([0, 0, 0, 1]))
    source = draw(SHAPES)
    return (groups * source[0] + more, *source[1:]), groups


@st.composite
def layered(draw: st.DrawFn) -> tuple[Shape, Options]:
    """A shape and the last dims of it, or nearly."""
    source = draw(SHAPES)
    last = source[draw(st.integers(0, len(source) - 1)) :]
    wrong = draw(st.sampled_from([(), (), (), (3,)]))
    shapes: list[object] = [(*wrong, *last)]
    if len(last) == 1:
        shapes += [None, last[0]]
    return source, {"normalized_shape": draw(st.sampled_from(shapes))}


# Against PyTorch


@FEW
@given(
    source=SHAPES,
    eps=SMALL,
    momentum=st.sampled_from([0.1, 0.01, 1]),
    affine=FLAGS,
    track=FLAGS,
)
def test_batch_normalization_is_as_in_pytorch(
    source: Shape, eps: float, momentum: float, *, affine: bool, track: bool
) -> None:
    options: Options = {"eps": eps, "momentum": momentum, "affine": affine}
    agrees("BN", source, device="cpu", track_running_stats=track, **options)


@FEW
@given(
    source=st.lists(SIZES, min_size=2, max_size=4).map(tuple), affine=FLAGS, track=FLAGS
)
def test_instance_normalization_is_as_in_pytorch(
    source: Shape, *, affine: bool, track: bool
) -> None:
    agrees(
        "InstanceNorm", source, device="cpu", affine=affine, track_running_stats=track
    )


@FEW
@given(drawn=grouped(), affine=FLAGS)
def test_group_normalization_is_as_in_pytorch(
    drawn: tuple[Shape, int], *, affine: bool
) -> None:
    source, groups = drawn
    agrees("GroupNorm", source, device="cpu", num_groups=groups, affine=affine)


@FEW
@given(drawn=layered(), affine=FLAGS, bias=FLAGS)
def test_layer_normalization_is_as_in_pytorch(
    drawn: tuple[Shape, Options], *, affine: bool, bias: bool
) -> None:
    source, options = drawn
    options |= {"elementwise_affine": affine, "bias": bias}
    agrees("LayerNorm", source, device="cpu", **options)


# Backwards


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("BN", {}),
        ("InstanceNorm", {}),
        ("GroupNorm", {"num_groups": 2}),
        ("LayerNorm", {}),
        ("LayerNorm", {"normalized_shape": (5, 3)}),
    ],
)
@FEW
@given(data=st.data(), channels=SIZES)
def test_a_normalization_is_found_from_what_is_known(
    data: st.DataObject, channels: int, name: str, options: Options
) -> None:
    agrees_backwards(data, name, (2 * channels, 5, 3), **options)


# Exact values


@pytest.mark.parametrize(
    ("name", "options"),
    [("BN", {}), ("LayerNorm", {}), ("GroupNorm", {"g": 8}), ("InstanceNorm", {})],
)
def test_symbolic_sizes_stay(name: str, options: Options) -> None:
    assert shape(inferred(name, (8 * C, H, H), **options)) == (8 * C, H, H)


def test_the_state_of_batch_normalization_counts_batches() -> None:
    op, arguments = op_named("BN"), bound(op_named("BN"))
    assert arguments is not None
    names = [w.name for w in op.weights(Layer(arguments, ((C, H),), ((C, H),)))]
    assert names == [
        "weight",
        "bias",
        "running_mean",
        "running_var",
        "num_batches_tracked",
    ]


# Refusals


@pytest.mark.parametrize(
    ("name", "source", "options", "code", "told"),
    [
        ("BN", (), {}, Code.GC303, "`BN` takes C, C*L, C*H*W or C*D*H*W, not 1"),
        (
            "BN",
            (2, 3, 4, 5, 6),
            {},
            Code.GC303,
            "`BN` takes C, C*L, C*H*W or C*D*H*W, not 2*3*4*5*6",
        ),
        (
            "GroupNorm",
            (6, 9, 9),
            {"g": 4},
            Code.GC303,
            "`num_groups` of `GroupNorm` is 4, which does not divide the 6 channels",
        ),
        (
            "LayerNorm",
            (4,),
            {"normalized_shape": (3, 4)},
            Code.GC303,
            "`LayerNorm` over 3*4 does not fit an input of 4",
        ),
        (
            "InstanceNorm",
            (8, 1, 1),
            {},
            Code.GC303,
            "`InstanceNorm` needs more than one value in a channel, and 8*1*1 has one",
        ),
        (
            "InstanceNorm",
            (8,),
            {},
            Code.GC303,
            "`InstanceNorm` takes C*L, C*H*W or C*D*H*W, not 8",
        ),
    ],
)
def test_what_cannot_be_is_refused_once_with_its_sizes(
    name: str, source: Shape, options: Options, code: Code, told: str
) -> None:
    found = problem(inferred(name, source, **options))
    assert (found[0], found[1][: len(told)]) == (code, told)


@pytest.mark.parametrize("name", ["LayerNorm", "GroupNorm"])
def test_a_shape_without_dims_is_refused(name: str) -> None:
    options: Options = {"g": 1} if name == "GroupNorm" else {}
    assert problem(inferred(name, (), **options))[0] is Code.GC303


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("BN", {"momentum": 1.5}),
        ("BN", {"eps": -1e-5}),
        ("BN", {"affine": 1}),
        ("GroupNorm", {"num_groups": 0}),
        ("GroupNorm", {}),
        ("LayerNorm", {"normalized_shape": (0, 3)}),
    ],
)
def test_a_value_that_is_never_right_is_refused_as_an_argument(
    name: str, options: Options
) -> None:
    assert inferred(name, (8, 3, 3), **options) is None


# As Python


@pytest.mark.parametrize(
    ("name", "source", "options", "text"),
    [
        ("BN", (64, 9, 9), {}, "nn.BatchNorm2d(64)"),
        ("BN", (64,), {"eps": 1e-3}, "nn.BatchNorm1d(64, eps=0.001)"),
        ("BN", (64, 9), {"momentum": 0.01}, "nn.BatchNorm1d(64, momentum=0.01)"),
        ("BN", (64, 2, 9, 9), {"affine": False}, "nn.BatchNorm3d(64, affine=False)"),
        ("LayerNorm", (197, 768), {}, "nn.LayerNorm(768)"),
        (
            "LayerNorm",
            (8, 9, 9),
            {"normalized_shape": (9, 9), "bias": False},
            "nn.LayerNorm((9, 9), bias=False)",
        ),
        ("GroupNorm", (64, 9, 9), {"g": 8}, "nn.GroupNorm(8, 64)"),
        (
            "InstanceNorm",
            (8, 9, 9),
            {"affine": True},
            "nn.InstanceNorm2d(8, affine=True)",
        ),
    ],
)
def test_a_normalization_is_written_as_a_person_would(
    name: str, source: Shape, options: Options, text: str
) -> None:
    assert written(name, source, **options) == text
