from math import prod

import pytest
from differential import (
    BATCH,
    FEW,
    Shape,
    agrees,
    agrees_backwards,
    inferred,
    op_named,
    unchecked,
)
from hypothesis import given
from hypothesis import strategies as st

from graphc.diagnostics import Code
from graphc.infer import OpResult, infer_op
from graphc.ir import Call, Layer, Value, Word
from graphc.lang import Size, symbol

SIZES = st.integers(1, 6)
SHAPES = st.lists(SIZES, min_size=1, max_size=4).map(tuple)
DIMS = st.sampled_from([-3, -2, -1, 1, 2, 3, 4])

A, B, C, H = symbol("a"), symbol("b"), symbol("C"), symbol("H")


@st.composite
def factored(draw: st.DrawFn, size: int) -> tuple[int, ...]:
    """Sizes whose product is ``size``, or nearly; one may be -1."""
    parts = []
    rest = size
    for _ in range(draw(st.integers(0, 3))):
        fits = [factor for factor in range(1, rest + 1) if rest % factor == 0]
        part = draw(st.sampled_from(fits))
        parts.append(part)
        rest //= part
    parts.append(rest)
    spoiled = draw(st.integers(0, 4))
    if spoiled < 2:
        parts[draw(st.integers(0, len(parts) - 1))] = -1
    elif spoiled > 2:
        parts[draw(st.integers(0, len(parts) - 1))] = draw(st.integers(-1, 6))
    return tuple(parts)


def size_of(result: OpResult | None) -> tuple[Size, ...] | None:
    assert result is not None
    assert not result.problems
    return result.outputs[0]


def codes(result: OpResult | None) -> list[Code]:
    assert result is not None
    return [problem.code for problem in result.problems]


def touches_the_batch(dim: int, rank: int) -> bool:
    return dim in (0, -rank - 1)


# Against PyTorch


@FEW
@given(shape=SHAPES, start=DIMS, end=DIMS)
def test_flatten_is_as_in_pytorch(shape: Shape, start: int, end: int) -> None:
    if any(touches_the_batch(dim, len(shape)) for dim in (start, end)):
        assert codes(inferred("Flatten", shape, start_dim=start, end_dim=end))
    else:
        agrees("Flatten", shape, start_dim=start, end_dim=end)


@FEW
@given(data=st.data(), shape=SHAPES)
def test_reshape_is_as_in_pytorch(data: st.DataObject, shape: Shape) -> None:
    agrees("Reshape", shape, shape=data.draw(factored(prod(shape))))


@FEW
@given(data=st.data(), shape=SHAPES)
def test_unflatten_is_as_in_pytorch(data: st.DataObject, shape: Shape) -> None:
    axis = data.draw(st.integers(0, len(shape) - 1))
    dim = data.draw(st.sampled_from([axis + 1, axis - len(shape)]))
    parts = data.draw(factored(shape[axis]))
    agrees("Unflatten", shape, dim=dim, unflattened_size=parts)


# Backwards


@FEW
@given(data=st.data(), shape=SHAPES)
def test_flatten_is_found_from_what_is_known(data: st.DataObject, shape: Shape) -> None:
    start = data.draw(st.integers(1, len(shape)))
    end = data.draw(st.integers(start, len(shape)))
    ends = data.draw(st.sampled_from([end, end - len(shape) - 1]))
    agrees_backwards(data, "Flatten", shape, start_dim=start, end_dim=ends)


@FEW
@given(data=st.data(), shape=SHAPES)
def test_reshape_is_found_from_what_is_known(data: st.DataObject, shape: Shape) -> None:
    size = prod(shape)
    target = data.draw(st.sampled_from([(size,), (1, size), (1, -1), (size, -1)]))
    agrees_backwards(data, "Reshape", shape, shape=target)


@FEW
@given(data=st.data(), parts=SHAPES, other=SIZES)
def test_unflatten_is_found_from_what_is_known(
    data: st.DataObject, parts: Shape, other: int
) -> None:
    target = data.draw(st.sampled_from([parts, (*parts[:-1], -1)]))
    shape = (other, prod(parts))
    dim = data.draw(st.sampled_from([2, -1]))
    agrees_backwards(data, "Unflatten", shape, dim=dim, unflattened_size=target)


# Exact values


@pytest.mark.parametrize(
    ("size", "target", "expected"),
    [
        ((A, B, 2, 3), (A, B, -1), (A, B, 6)),
        ((A, B, 2, 3), (A, -1, 6), (A, B, 6)),
        ((2, 3, 4), (-1, 4), (6, 4)),
        ((2, 3, 4), (24,), (24,)),
        ((C, H, H), (C, -1), (C, H * H)),
        ((4 * C, H), (2, -1, H), (2, 2 * C, H)),
        ((C, H), (C * H,), (C * H,)),
    ],
)
def test_known_symbols_cancel_in_a_reshape(
    size: tuple[Size, ...], target: tuple[Size, ...], expected: tuple[Size, ...]
) -> None:
    assert size_of(inferred("Reshape", size, shape=target)) == expected


@pytest.mark.parametrize(
    ("size", "target", "code"),
    [
        ((2, 3, 4), (5, -1), Code.GC303),
        ((2, 3, 4), (5, 5), Code.GC303),
        ((2, 3, 4), (-1, -1), Code.GC206),
        ((2, 3, 4), (24, 0), Code.GC206),
        ((C, H), (C + 1, H), Code.GC303),
    ],
)
def test_a_reshape_to_other_elements_is_refused_once(
    size: tuple[Size, ...], target: tuple[Size, ...], code: Code
) -> None:
    assert codes(inferred("Reshape", size, shape=target)) == [code]


def test_elements_that_can_be_divided_only_sometimes_say_when() -> None:
    result = inferred("Reshape", (C,), shape=(2, -1))
    assert result is not None
    assert result.outputs == ((2, C // 2),)
    (demand,) = result.demands
    assert demand.condition is not None
    assert demand.condition.text() == "only for even C"


def test_a_quotient_that_may_not_exist_stays_open() -> None:
    result = inferred("Reshape", (C, H), shape=(C + 1, -1))
    assert result is not None
    assert not result.problems
    assert result.known == ((C + 1, (1, None)),)


@pytest.mark.parametrize("target", [(), (-2, 12), (2.0, 12), 24, (True, 24)])
def test_a_shape_that_is_no_list_of_sizes_is_refused_as_an_argument(
    target: Value,
) -> None:
    assert inferred("Reshape", (2, 12), shape=target) is None


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"start_dim": 1}, (60,)),
        ({"start_dim": 2}, (3, 20)),
        ({"start_dim": 1, "end_dim": -2}, (12, 5)),
        ({"start_dim": 3}, (3, 4, 5)),
    ],
)
def test_flatten_takes_the_dims_it_is_told(
    options: dict[str, int], expected: Shape
) -> None:
    assert size_of(inferred("Flatten", (3, 4, 5), **options)) == expected


def test_flatten_multiplies_symbols() -> None:
    assert size_of(inferred("Flatten", (C, H, 2))) == (2 * C * H,)


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        ({"start_dim": 0}, Code.GC206, "dim 0 is the batch, which ops do not touch"),
        (
            {"start_dim": 4},
            Code.GC303,
            "dim 4 is not there: on a shape of 3 dims it is 1 to 3, or -1 to -3",
        ),
        (
            {"start_dim": 3, "end_dim": 2},
            Code.GC303,
            "`start_dim` is dim 3 here and `end_dim` is dim 2: "
            "the end comes before the start",
        ),
    ],
)
def test_flatten_tells_which_dim_is_wrong(
    options: dict[str, int], code: Code, message: str
) -> None:
    result = inferred("Flatten", (3, 4, 5), **options)
    assert result is not None
    assert [(found.code, found.message) for found in result.problems] == [
        (code, message)
    ]


def test_flatten_divides_backwards() -> None:
    op = op_named("Flatten")
    result = infer_op(op, unchecked(op), [(2, (1, None), 4)], [(24,)])
    assert result.inputs == ((2, 3, 4),)


# Code


def test_a_reshape_with_an_open_dim_leaves_the_open_batch_alone() -> None:
    op = op_named("Reshape")
    layer = Layer(unchecked(op, shape=(4, -1)), ((2, 3, 4),), ((4, 6),))
    form = op.torch(layer)
    assert form.layer is None
    assert isinstance(form.function, Call)
    assert form.function.function == Word("torch.unflatten")


def test_no_reshape_mixes_the_batch_into_the_tensor() -> None:
    # Elements that fit together with the batch only are refused on both sides.
    assert agrees("Reshape", (BATCH - 1,), shape=(BATCH, BATCH - 1)) is None
