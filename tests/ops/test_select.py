import pytest
from differential import FEW, Shape, agrees, agrees_backwards, inferred, op_named
from differential import unchecked as given_as
from hypothesis import given
from hypothesis import strategies as st

from graphc.diagnostics import Code
from graphc.emit.torch.code import flat, replaced
from graphc.infer import infer_op
from graphc.ir import Code as Written
from graphc.ir import Input, Layer, Value, Word
from graphc.lang import symbol

SHAPES = st.lists(st.integers(1, 6), min_size=1, max_size=4).map(tuple)
PLACES = st.integers(-7, 7)

C, H, T = symbol("C"), symbol("H"), symbol("T")


def codes(name: str, *shape: int, **options: Value) -> list[Code]:
    result = inferred(name, shape, **options)
    assert result is not None
    return [problem.code for problem in result.problems]


def said(name: str, *shape: int, **options: Value) -> str:
    result = inferred(name, shape, **options)
    assert result is not None
    (problem,) = result.problems
    return problem.message


# Against PyTorch


@FEW
@given(shape=SHAPES, dim=st.integers(-5, 5), index=PLACES)
def test_a_place_is_picked_as_in_pytorch(shape: Shape, dim: int, index: int) -> None:
    if dim == 0 or dim == -len(shape) - 1:
        assert codes("Select", *shape, dim=dim, index=index) == [Code.GC206]
    else:
        agrees("Select", shape, dim=dim, index=index)


@FEW
@given(shape=SHAPES, dim=st.integers(-5, 5), start=PLACES, length=st.integers(0, 7))
def test_a_stretch_is_picked_as_in_pytorch(
    shape: Shape, dim: int, start: int, length: int
) -> None:
    if length and (dim == 0 or dim == -len(shape) - 1):
        assert codes("Narrow", *shape, dim=dim, start=start, length=length)[:1] == [
            Code.GC206
        ]
    else:
        agrees("Narrow", shape, dim=dim, start=start, length=length)


# Backwards


@FEW
@given(data=st.data(), shape=SHAPES)
def test_a_place_is_found_from_what_is_known(data: st.DataObject, shape: Shape) -> None:
    axis = data.draw(st.integers(0, len(shape) - 1))
    index = data.draw(st.integers(-shape[axis], shape[axis] - 1))
    dim = data.draw(st.sampled_from([axis + 1, axis - len(shape)]))
    agrees_backwards(data, "Select", shape, dim=dim, index=index)


@FEW
@given(data=st.data(), shape=SHAPES)
def test_a_stretch_is_found_from_what_is_known(
    data: st.DataObject, shape: Shape
) -> None:
    axis = data.draw(st.integers(0, len(shape) - 1))
    start = data.draw(st.integers(0, shape[axis] - 1))
    length = data.draw(st.integers(1, shape[axis] - start))
    places = {"dim": axis + 1, "start": start, "length": length}
    agrees_backwards(data, "Narrow", shape, **places)


def test_the_other_dims_come_from_behind() -> None:
    op = op_named("Select")
    arguments = given_as(op, dim=1, index=3)
    result = infer_op(op, arguments, [None], [(768,)])
    assert result.inputs == (((1, None), 768),)
    result = infer_op(op, given_as(op, dim=2, index=-3), [None], [(768,)])
    assert result.inputs == ((768, (1, None)),)


# Exact values


def test_symbols_pass_by() -> None:
    result = inferred("Select", (T, C), dim=2, index=0)
    assert result is not None
    assert result.outputs == ((T,),)
    result = inferred("Narrow", (8, H), dim=1, start=2, length=5)
    assert result is not None
    assert result.outputs == ((5, H),)


def test_a_place_that_is_not_there_is_refused() -> None:
    needs = "the dim needs a size of"
    assert said("Select", 4, index=4) == f"index 4 is not there: {needs} 5"
    assert said("Select", 4, index=-5) == f"index -5 is not there: {needs} 5"
    assert said("Narrow", 4, start=2, length=3) == (
        f"3 from 2 are not there: {needs} 5"
    )
    assert said("Narrow", 4, start=-2, length=3) == (
        "from -2 to the end there are 2, not 3"
    )


@pytest.mark.parametrize(
    ("dim", "written"), [(1, "x[:, 3]"), (-1, "x[:, :, 3]"), (2, "x[:, :, 3]")]
)
def test_a_place_is_written_as_an_index(dim: int, written: str) -> None:
    op = op_named("Select")
    layer = Layer(given_as(op, dim=dim, index=3), ((8, 8),), ((8,),))

    def named(code: Written) -> Written:
        return Word("x") if isinstance(code, Input) else code

    assert flat(replaced(op.torch(layer).function, named)) == written
