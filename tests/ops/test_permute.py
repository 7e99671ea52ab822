from typing import Any

import pytest
from differential import FEW, Shape, agrees, agrees_backwards, inferred
from hypothesis import given
from hypothesis import strategies as st

from graphc.diagnostics import Code
from graphc.infer import OpResult
from graphc.lang import Size, symbol

SIZES = st.integers(1, 6)
SHAPES = st.lists(SIZES, min_size=1, max_size=4).map(tuple)
DIMS = st.sampled_from([-4, -3, -2, -1, 1, 2, 3, 4, 5])

C, H, W = symbol("C"), symbol("H"), symbol("W")


@st.composite
def orders(draw: st.DrawFn, rank: int) -> tuple[int, ...]:
    """Dims in an order with the batch first, or nearly; some count from the end."""
    order = [0, *draw(st.permutations(range(1, rank + 1)))]
    if draw(st.integers(0, 4)) == 0:
        order[draw(st.integers(1, rank))] = draw(st.integers(1, 5))
    if draw(st.integers(0, 7)) == 0:
        order.pop()
    return tuple(
        dim - rank - 1 if draw(st.integers(0, 3)) == 0 else dim for dim in order
    )


def codes(result: OpResult | None) -> list[Code]:
    assert result is not None
    return [problem.code for problem in result.problems]


def size_of(result: OpResult | None) -> tuple[Size, ...] | None:
    assert result is not None
    assert not result.problems
    return result.outputs[0]


# Against PyTorch


@FEW
@given(data=st.data(), shape=SHAPES)
def test_permute_is_as_in_pytorch(data: st.DataObject, shape: Shape) -> None:
    agrees("Permute", shape, dims=data.draw(orders(len(shape))))


@FEW
@given(shape=SHAPES, first=DIMS, second=DIMS)
def test_transpose_is_as_in_pytorch(shape: Shape, first: int, second: int) -> None:
    if -len(shape) - 1 in (first, second):
        assert codes(inferred("Transpose", shape, dim0=first, dim1=second))
    else:
        agrees("Transpose", shape, dim0=first, dim1=second)


@FEW
@given(shape=st.lists(st.integers(1, 3), min_size=1, max_size=4).map(tuple), dim=DIMS)
def test_squeeze_is_as_in_pytorch(shape: Shape, dim: int) -> None:
    if dim == -len(shape) - 1:
        assert codes(inferred("Squeeze", shape, dim=dim)) == [Code.GC206]
    else:
        agrees("Squeeze", shape, dim=dim)


@FEW
@given(shape=SHAPES, dim=DIMS)
def test_unsqueeze_is_as_in_pytorch(shape: Shape, dim: int) -> None:
    if dim == -len(shape) - 2:
        assert codes(inferred("Unsqueeze", shape, dim=dim)) == [Code.GC206]
    else:
        agrees("Unsqueeze", shape, dim=dim)


# Backwards


@FEW
@given(data=st.data(), shape=SHAPES)
def test_permute_is_found_from_what_is_known(data: st.DataObject, shape: Shape) -> None:
    order = (0, *data.draw(st.permutations(range(1, len(shape) + 1))))
    agrees_backwards(data, "Permute", shape, dims=order)


@FEW
@given(data=st.data(), shape=SHAPES)
def test_transpose_is_found_from_what_is_known(
    data: st.DataObject, shape: Shape
) -> None:
    dims = st.integers(1, len(shape))
    first, second = data.draw(dims), data.draw(dims)
    agrees_backwards(data, "Transpose", shape, dim0=first, dim1=second)


@FEW
@given(data=st.data(), shape=st.lists(st.integers(1, 2), min_size=1).map(tuple))
def test_squeeze_is_found_from_what_is_known(data: st.DataObject, shape: Shape) -> None:
    dim = data.draw(st.integers(-len(shape), len(shape)).filter(bool))
    agrees_backwards(data, "Squeeze", shape[:4], dim=max(-len(shape[:4]), min(dim, 4)))


@FEW
@given(data=st.data(), shape=SHAPES)
def test_unsqueeze_is_found_from_what_is_known(
    data: st.DataObject, shape: Shape
) -> None:
    dim = data.draw(st.integers(-len(shape) - 1, len(shape) + 1).filter(bool))
    agrees_backwards(data, "Unsqueeze", shape, dim=dim)


# Exact values


@pytest.mark.parametrize(
    ("name", "options", "expected"),
    [
        ("Permute", {"dims": (0, 2, 3, 1)}, (H, W, C)),
        ("Permute", {"dims": (0, -1, 1, -2)}, (W, C, H)),
        ("Transpose", {"dim0": 1, "dim1": 2}, (H, C, W)),
        ("Transpose", {"dim0": -1, "dim1": 1}, (W, H, C)),
        ("Transpose", {"dim0": 2, "dim1": 2}, (C, H, W)),
        ("Unsqueeze", {"dim": 1}, (1, C, H, W)),
        ("Unsqueeze", {"dim": -1}, (C, H, W, 1)),
    ],
)
def test_symbolic_sizes_move_with_their_dims(
    name: str, options: dict[str, Any], expected: tuple[Size, ...]
) -> None:
    assert size_of(inferred(name, (C, H, W), **options)) == expected


def test_a_dim_of_another_size_is_not_squeezed_as_in_pytorch() -> None:
    assert size_of(inferred("Squeeze", (C, 1), dim=-1)) == (C,)
    assert size_of(inferred("Squeeze", (C, 3), dim=-1)) == (C, 3)
    assert size_of(inferred("Squeeze", (C + 1, 3), dim=1)) == (C + 1, 3)


def test_a_squeeze_that_hangs_on_a_symbol_is_refused() -> None:
    result = inferred("Squeeze", (C, 3), dim=1)
    assert result is not None
    (problem,) = result.problems
    assert problem.code is Code.GC303
    assert problem.message == "whether dim 1 is dropped depends on its size C"


@pytest.mark.parametrize(
    ("order", "help_text"),
    [
        ((2, 3, 1), "write [0,2,3,1]"),
        ((1, 0, 2, 3), ""),
        ((0, 2, 2, 1), ""),
        ((0, 1, 2, 4), ""),
    ],
)
def test_an_order_without_the_batch_in_front_is_refused(
    order: tuple[int, ...], help_text: str
) -> None:
    result = inferred("Permute", (3, 4, 5), dims=order)
    assert result is not None
    (problem,) = result.problems
    shown = ", ".join(map(str, order))
    assert problem.code is Code.GC206
    assert problem.message == (
        f"`dims` [{shown}] is no order of dims that begins with 0, the batch"
    )
    assert problem.help == help_text


def test_an_order_of_another_rank_is_refused() -> None:
    result = inferred("Permute", (3, 4, 5), dims=(0, 2, 1))
    assert result is not None
    (problem,) = result.problems
    assert problem.code is Code.GC303
    assert problem.message == (
        "`dims` lists 3 dims, but the shape and its batch have 4"
    )


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("Transpose", {"dim0": 0, "dim1": 1}),
        ("Transpose", {"dim0": 1, "dim1": -3}),
        ("Squeeze", {"dim": 0}),
        ("Unsqueeze", {"dim": 0}),
    ],
)
def test_the_batch_is_not_touched(name: str, options: dict[str, Any]) -> None:
    result = inferred(name, (3, 4), **options)
    assert codes(result) == [Code.GC206]
