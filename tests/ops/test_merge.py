import pytest
from differential import FEW, Shape, agrees, agrees_backwards, inferred
from hypothesis import given
from hypothesis import strategies as st

from graphc.diagnostics import Code
from graphc.lang import Size, symbol

SIZES = st.integers(1, 6)
SHAPES = st.lists(SIZES, min_size=1, max_size=4).map(tuple)
ELEMENTWISE = ["Sum", "Mul", "Sub", "Div"]

C, H = symbol("C"), symbol("H")


@st.composite
def joined(draw: st.DrawFn, least: int = 2, most: int = 2) -> list[Shape]:
    """Shapes that broadcast, or nearly."""
    base = draw(SHAPES)
    kept = st.sampled_from([0, 0, 0, 1, 2])

    def one() -> Shape:
        changed = [draw(SIZES) if draw(kept) == 2 else size for size in base]
        stretched = [1 if draw(kept) == 1 else size for size in changed]
        return tuple(stretched[draw(st.integers(0, len(base) - 1)) :])

    return [one() for _ in range(draw(st.integers(least, most)))]


@st.composite
def matrices(draw: st.DrawFn) -> list[Shape]:
    """Shapes that multiply as matrices, or nearly."""
    left, right = draw(joined())
    rows, inner, columns, other = (draw(SIZES) for _ in range(4))
    inner_right = inner if draw(st.integers(0, 4)) else other
    leading = draw(st.integers(0, 2))
    return [(*left[:leading], rows, inner), (*right[:leading], inner_right, columns)]


@st.composite
def concatenated(draw: st.DrawFn) -> tuple[list[Shape], int]:
    """Shapes that differ along one dim, or nearly, and that dim as PyTorch counts."""
    base = draw(SHAPES)
    axis = draw(st.integers(0, len(base)))
    dim = axis + 1 if draw(st.booleans()) else axis - len(base)
    wrong = draw(st.integers(0, 9)) == 0
    shapes = []
    for _ in range(draw(st.integers(1, 4))):
        shape = list(base)
        if axis < len(base):
            shape[axis] = draw(SIZES)
        if wrong:
            shape[0] = draw(SIZES)
        shapes.append(tuple(shape))
    return shapes, dim or len(base) + 1


# Against PyTorch


@pytest.mark.parametrize("name", ["Sum", "Mul"])
@FEW
@given(inputs=joined(most=4))
def test_an_elementwise_join_of_any_number_is_as_in_pytorch(
    name: str, inputs: list[Shape]
) -> None:
    agrees(name, *inputs)


@pytest.mark.parametrize("name", ["Sub", "Div"])
@FEW
@given(inputs=joined())
def test_an_elementwise_join_of_two_is_as_in_pytorch(
    name: str, inputs: list[Shape]
) -> None:
    agrees(name, *inputs)


@FEW
@given(inputs=matrices())
def test_a_matrix_product_is_as_in_pytorch(inputs: list[Shape]) -> None:
    agrees("MatMul", *inputs)


@FEW
@given(drawn=concatenated())
def test_a_concat_is_as_in_pytorch(drawn: tuple[list[Shape], int]) -> None:
    inputs, dim = drawn
    agrees("Concat", *inputs, dim=dim)


# Backwards


@FEW
@given(data=st.data(), shape=SHAPES, name=st.sampled_from(ELEMENTWISE))
def test_a_join_of_equal_shapes_is_found_from_what_is_known(
    data: st.DataObject, shape: Shape, name: str
) -> None:
    agrees_backwards(data, name, shape, shape)


@FEW
@given(data=st.data(), shapes=st.lists(SIZES, min_size=1, max_size=4))
def test_a_concat_is_found_from_what_is_known(
    data: st.DataObject, shapes: list[int]
) -> None:
    agrees_backwards(data, "Concat", *((size, 3, 2) for size in shapes))


@FEW
@given(data=st.data(), n=SIZES, k=SIZES, m=SIZES)
def test_a_matrix_product_is_found_from_what_is_known(
    data: st.DataObject, n: int, k: int, m: int
) -> None:
    agrees_backwards(data, "MatMul", (2, n, k), (2, k, m))


# Exact values


@pytest.mark.parametrize(
    ("inputs", "size"),
    [
        ([(3, 1), (1, 4)], (3, 4)),
        ([(64, 56, 56), (64, 1, 1)], (64, 56, 56)),
        ([(2, 8), (8,)], (2, 8)),
        ([(C, H), (C, H)], (C, H)),
        ([(2 * C, H), (C + C, H)], (2 * C, H)),
        ([(C, H), (1, H)], (C, H)),
    ],
)
def test_a_sum_broadcasts(
    inputs: list[tuple[Size, ...]], size: tuple[Size, ...]
) -> None:
    result = inferred("Sum", *inputs)
    assert result is not None
    assert not result.problems
    assert result.outputs == (size,)


@pytest.mark.parametrize(
    "inputs",
    [[(64, 56, 56), (128, 56, 56)], [(2, 8), (2,)], [(C, H), (C + 1, H)]],
)
def test_a_sum_of_shapes_that_do_not_fit_is_refused(
    inputs: list[tuple[Size, ...]],
) -> None:
    result = inferred("Sum", *inputs)
    assert result is not None
    assert [problem.code for problem in result.problems] == [Code.GC304]


def test_a_sum_that_stretches_an_input_is_warned_of() -> None:
    for other, warned in [((64, 1, 1), True), ((64, 56, 56), False)]:
        result = inferred("Sum", (64, 56, 56), other)
        assert result is not None
        assert [found.code for found in result.warnings] == [Code.GC309] * warned


def test_a_gate_that_stretches_is_meant() -> None:
    result = inferred("Mul", (64, 56, 56), (64, 1, 1))
    assert result is not None
    assert not result.warnings


def upsampled(size: int, levels: int) -> list[tuple[int, int]]:
    """The sizes that meet at each join of a U-Net: from above, and skipped across."""
    skips = [size]
    for _ in range(levels):
        skips.append(skips[-1] // 2)
    deepest = skips.pop()
    meetings = []
    for skip in reversed(skips):
        meetings.append((deepest * 2, skip))
        deepest = skip
    return meetings


@pytest.mark.parametrize(
    ("size", "levels", "failing"),
    [
        (700, 4, (86, 87)),
        (222, 4, (26, 27)),
        (511, 3, (126, 127)),
        (684, 4, (84, 85)),
        (704, 4, None),
    ],
)
def test_the_first_concat_of_a_u_net_that_does_not_fit_is_refused(
    size: int, levels: int, failing: tuple[int, int] | None
) -> None:
    for above, skip in upsampled(size, levels):
        result = inferred("Concat", (32, above, above), (32, skip, skip))
        assert result is not None
        if result.problems:
            assert (above, skip) == failing
            assert {problem.code for problem in result.problems} == {Code.GC302}
            return
        assert result.outputs == ((64, skip, skip),)
    assert failing is None


def test_a_concat_adds_symbolic_sizes() -> None:
    result = inferred("Concat", (C, H), (2 * C, H), (3, H))
    assert result is not None
    assert result.outputs == ((3 * C + 3, H),)


@pytest.mark.parametrize("dim", [0, -3])
def test_a_concat_along_the_batch_is_refused(dim: int) -> None:
    result = inferred("Concat", (2, 3), (2, 3), dim=dim)
    assert result is not None
    (problem,) = result.problems
    assert problem.code is Code.GC206
    assert problem.message == f"dim {dim} is the batch, which ops do not touch"


def test_a_matrix_product_of_a_vector_is_refused_with_the_shapes_it_takes() -> None:
    result = inferred("MatMul", (4,), (4, 5))
    assert result is not None
    (problem,) = result.problems
    assert problem.code is Code.GC303
    assert "2 dims or more" in problem.message
