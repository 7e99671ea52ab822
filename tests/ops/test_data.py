import pytest
from differential import FEW, Shape, agrees, agrees_backwards, inferred, op_named
from differential import unchecked as given_as
from hypothesis import given
from hypothesis import strategies as st

from graphc.infer import infer_op
from graphc.ir import Value
from graphc.lang import symbol

SHAPES = st.lists(st.integers(1, 6), min_size=1, max_size=4).map(tuple)

C, H = symbol("C"), symbol("H")


@FEW
@given(shape=SHAPES)
def test_an_identity_is_as_in_pytorch(shape: Shape) -> None:
    agrees("Identity", shape)


@FEW
@given(data=st.data(), shape=SHAPES)
def test_an_identity_is_found_from_what_is_known(
    data: st.DataObject, shape: Shape
) -> None:
    agrees_backwards(data, "Identity", shape)


def test_an_input_has_the_size_that_its_edges_give_it() -> None:
    op = op_named("Input")
    assert infer_op(op, given_as(op), []).outputs == (None,)
    result = infer_op(op, given_as(op), [], [(C, H)])
    assert not result.problems
    assert result.outputs == ((C, H),)


@pytest.mark.parametrize("dtype", ["float", "long"])
def test_an_input_holds_numbers_or_indices(dtype: str) -> None:
    result = inferred("Input", dtype=dtype)
    assert result is not None
    assert not result.problems


@pytest.mark.parametrize("dtype", ["double", 32, True])
def test_an_input_of_another_type_is_refused(dtype: Value) -> None:
    assert inferred("Input", dtype=dtype) is None


def test_an_output_passes_its_input_on() -> None:
    op = op_named("Output")
    assert op.outputs(given_as(op)) == 0
    result = inferred("Output", (C, H), reads=0)
    assert result is not None
    assert not result.problems
    assert result.inputs == ((C, H),)
