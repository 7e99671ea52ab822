import pytest
from differential import FEW, Shape, agrees, agrees_backwards, inferred
from hypothesis import given
from hypothesis import strategies as st

from graphc.diagnostics import Code
from graphc.infer import OpResult
from graphc.ir import Value
from graphc.lang import Size, symbol

SIZES = st.integers(1, 6)
SHAPES = st.lists(SIZES, min_size=1, max_size=3).map(tuple)

C, H = symbol("C"), symbol("H")


@st.composite
def parted(draw: st.DrawFn) -> tuple[Shape, int, int]:
    """A shape with one long dim, that dim as PyTorch counts, and how many are read."""
    shape = list(draw(SHAPES))
    axis = draw(st.integers(0, len(shape) - 1))
    shape[axis] = draw(st.integers(1, 12))
    dim = draw(st.sampled_from([axis + 1, axis - len(shape)]))
    return tuple(shape), dim, draw(st.integers(1, 6))


def sizes(result: OpResult | None) -> list[Size]:
    """The size of each part, of a tensor with one dim."""
    assert result is not None
    assert not result.problems
    assert all(shape is not None for shape in result.outputs)
    return [shape[0] for shape in result.outputs if shape is not None]


def codes(result: OpResult | None) -> list[Code]:
    assert result is not None
    return [problem.code for problem in result.problems]


# Against PyTorch


@FEW
@given(drawn=parted(), size=st.integers(1, 6))
def test_parts_of_one_size_are_as_in_pytorch(
    drawn: tuple[Shape, int, int], size: int
) -> None:
    shape, dim, reads = drawn
    agrees("Split", shape, reads=reads, split_size_or_sections=size, dim=dim)


@FEW
@given(
    drawn=parted(), listed=st.lists(SIZES, min_size=1, max_size=4), fits=st.booleans()
)
def test_parts_of_listed_sizes_are_as_in_pytorch(
    drawn: tuple[Shape, int, int], listed: list[int], *, fits: bool
) -> None:
    shape, dim, reads = drawn
    axis = dim - 1 if dim > 0 else dim
    given_size = sum(listed) if fits else shape[axis]
    whole = [*shape]
    whole[axis] = given_size
    parts = tuple(listed)
    agrees("Split", tuple(whole), reads=reads, split_size_or_sections=parts, dim=dim)


@FEW
@given(drawn=parted(), chunks=st.integers(1, 6))
def test_chunks_are_as_in_pytorch(drawn: tuple[Shape, int, int], chunks: int) -> None:
    shape, dim, reads = drawn
    agrees("Chunk", shape, reads=reads, chunks=chunks, dim=dim)


@FEW
@given(drawn=parted(), sections=st.integers(1, 6))
def test_an_even_split_is_as_in_pytorch_but_for_empty_parts(
    drawn: tuple[Shape, int, int], sections: int
) -> None:
    shape, dim, reads = drawn
    if shape[dim - 1 if dim > 0 else dim] < sections:
        result = inferred("TensorSplit", shape, reads=reads, sections=sections, dim=dim)
        assert set(codes(result)) & {Code.GC303, Code.GC308}
    else:
        agrees("TensorSplit", shape, reads=reads, sections=sections, dim=dim)


@pytest.mark.parametrize("dim", [3, -3, 0])
@pytest.mark.parametrize(
    ("name", "given_value"),
    [
        ("Split", {"split_size_or_sections": 2}),
        ("Chunk", {"chunks": 2}),
        ("TensorSplit", {"sections": 2}),
    ],
)
def test_a_dim_that_is_not_there_or_is_the_batch_is_refused(
    name: str, given_value: dict[str, Value], dim: int
) -> None:
    result = inferred(name, (4, 4), reads=2, dim=dim, **given_value)
    assert codes(result) == [Code.GC303 if dim == 3 else Code.GC206]


# Backwards


@FEW
@given(data=st.data(), whole=st.integers(1, 12), size=SIZES)
def test_parts_of_one_size_are_found_from_what_is_known(
    data: st.DataObject, whole: int, size: int
) -> None:
    reads = data.draw(st.integers(1, -(-whole // size)))
    options = {"split_size_or_sections": size}
    agrees_backwards(data, "Split", (whole, 3), reads=reads, **options)


@FEW
@given(data=st.data(), listed=st.lists(SIZES, min_size=1, max_size=4))
def test_parts_of_listed_sizes_are_found_from_what_is_known(
    data: st.DataObject, listed: list[int]
) -> None:
    reads = data.draw(st.integers(1, len(listed)))
    options = {"split_size_or_sections": tuple(listed)}
    agrees_backwards(data, "Split", (sum(listed), 3), reads=reads, **options)


@FEW
@given(data=st.data(), whole=st.integers(1, 12), chunks=SIZES)
def test_chunks_are_found_from_what_is_known(
    data: st.DataObject, whole: int, chunks: int
) -> None:
    count = -(-whole // -(-whole // chunks))
    reads = data.draw(st.integers(1, count))
    agrees_backwards(data, "Chunk", (whole, 3), reads=reads, chunks=chunks)


@FEW
@given(data=st.data(), sections=SIZES, more=st.integers(0, 6))
def test_an_even_split_is_found_from_what_is_known(
    data: st.DataObject, sections: int, more: int
) -> None:
    reads = data.draw(st.integers(1, sections))
    shape = (sections + more, 3)
    agrees_backwards(data, "TensorSplit", shape, reads=reads, sections=sections)


# Exact values


@pytest.mark.parametrize(
    ("name", "value", "size", "parts"),
    [
        ("Chunk", 4, 5, [2, 2, 1]),
        ("Chunk", 5, 11, [3, 3, 3, 2]),
        ("Chunk", 3, 4, [2, 2]),
        ("Chunk", 1, 4, [4]),
        ("Split", 6, 10, [6, 4]),
        ("Split", 12, 10, [10]),
        ("Split", 5, 10, [5, 5]),
        ("Split", (6, 4), 10, [6, 4]),
        ("TensorSplit", 4, 5, [2, 1, 1, 1]),
        ("TensorSplit", 3, 9, [3, 3, 3]),
    ],
)
def test_a_size_that_does_not_divide_is_parted_as_in_pytorch(
    name: str, value: Value, size: int, parts: list[int]
) -> None:
    key = {"Chunk": "n", "Split": "size", "TensorSplit": "n"}[name]
    options = {key: value}
    assert sizes(inferred(name, (size,), reads=len(parts), **options)) == parts
    more = inferred(name, (size,), reads=len(parts) + 1, **options)
    assert codes(more) == [Code.GC308]


def test_reading_more_chunks_than_there_are_tells_how_many_there_are() -> None:
    result = inferred("Chunk", (5,), reads=4, chunks=4)
    assert result is not None
    (problem,) = result.problems
    assert problem.message == (
        "4 parts are read, but a size of 5 in 4 chunks gives 3 parts"
    )


def test_listed_sizes_that_do_not_add_up_are_refused() -> None:
    assert codes(inferred("Split", (10,), reads=2, size=(6, 5))) == [Code.GC302]


@pytest.mark.parametrize("value", [0, -1, (6, 0), 2.0, True])
def test_a_part_of_no_size_is_refused_as_an_argument(value: Value) -> None:
    assert inferred("Split", (10,), split_size_or_sections=value) is None


def test_fewer_parts_than_there_are_may_be_read() -> None:
    assert sizes(inferred("Split", (10,), reads=1, size=4)) == [4]
    assert sizes(inferred("TensorSplit", (10,), reads=2, n=3)) == [4, 3]


@pytest.mark.parametrize(
    ("name", "options", "size", "parts"),
    [
        ("Chunk", {"chunks": 2}, 4 * C, [2 * C, 2 * C]),
        ("Split", {"size": C}, 3 * C, [C, C, C]),
        ("Split", {"size": (C, H)}, C + H, [C, H]),
        ("TensorSplit", {"sections": 2}, C, [(C + 1) // 2, C // 2]),
    ],
)
def test_symbolic_sizes_are_parted_exactly(
    name: str, options: dict[str, Value], size: Size, parts: list[Size]
) -> None:
    assert sizes(inferred(name, (size,), reads=len(parts), **options)) == parts


@pytest.mark.parametrize(
    ("name", "options"), [("Chunk", {"chunks": 2}), ("Split", {"size": 3})]
)
def test_a_number_of_parts_that_hangs_on_a_symbol_is_refused(
    name: str, options: dict[str, Value]
) -> None:
    result = inferred(name, (C,), reads=2, **options)
    assert result is not None
    (problem,) = result.problems
    assert problem.code is Code.GC303
    assert problem.help.startswith("`TensorSplit`")
