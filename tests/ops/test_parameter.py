import pytest
import torch
from differential import FEW, Shape, evaluated, inferred, op_named
from differential import unchecked as given_as
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

from graphc.diagnostics import Code
from graphc.infer import infer_op
from graphc.ir import Layer, Value
from graphc.lang import symbol

SHAPES = st.lists(st.integers(1, 6), min_size=1, max_size=4).map(tuple)
NAME = "Parameter"

C = symbol("C")


def made(shape: Shape, **options: Value) -> nn.Parameter:
    """The tensor that the code of a Parameter of that shape makes."""
    op = op_named(NAME)
    layer = Layer(given_as(op, **options), (), (shape,))
    form = op.torch(layer)
    assert form.held
    tensor = evaluated(form.layer, [])
    assert isinstance(tensor, nn.Parameter)
    (weight,) = op.weights(layer)
    assert weight.shape == tuple(tensor.shape)
    assert op.macs(layer) == 0
    dims = [code for _, code in form.arguments]
    assert tensor.expand(7, *dims).shape == (7, *shape)
    return tensor


# Sizes


@FEW
@given(shape=SHAPES)
def test_a_parameter_has_the_size_that_is_written(shape: Shape) -> None:
    result = inferred(NAME, shape=shape)
    assert result is not None
    assert not result.problems
    assert result.outputs == (shape,)


def test_a_parameter_has_the_size_that_is_needed() -> None:
    op = op_named(NAME)
    assert infer_op(op, given_as(op), []).outputs == (None,)
    result = infer_op(op, given_as(op), [], [(197, C)])
    assert not result.problems
    assert result.outputs == ((197, C),)


def test_a_size_that_is_not_the_one_needed_is_refused() -> None:
    op = op_named(NAME)
    arguments = given_as(op, shape=(1, 768))
    result = infer_op(op, arguments, [], [(1, 512)])
    assert [problem.code for problem in result.problems] == [Code.GC302]


@pytest.mark.parametrize("shape", [(0,), (3, -1), (), 2.0, "zeros"])
def test_a_shape_that_is_none_is_refused(shape: Value) -> None:
    assert inferred(NAME, shape=shape) is None


# Values


@FEW
@given(shape=SHAPES, batch=st.booleans())
def test_the_tensor_is_as_long_as_was_said(shape: Shape, *, batch: bool) -> None:
    tensor = made(shape, batch=batch)
    assert tensor.shape == ((1, *shape) if batch else shape)


@pytest.mark.parametrize(
    ("init", "value"), [("zeros", 0), ("ones", 1), (1e-6, 1e-6), (3, 3)]
)
def test_all_values_are_the_one_given(init: Value, value: float) -> None:
    tensor = made((3, 4), init=init)
    assert torch.equal(tensor, torch.full((1, 3, 4), value))


@pytest.mark.parametrize("std", [None, 1, 0.02])
def test_normal_values_are_as_wide_as_asked(std: float | None) -> None:
    torch.manual_seed(0)
    tensor = made((100, 100), init="normal", std=std)
    wanted = 1 if std is None else std
    assert tensor.std().item() == pytest.approx(wanted, rel=0.05)
    assert abs(tensor.mean().item()) < 0.05 * wanted


@pytest.mark.parametrize("options", [{"std": 0.02}, {"std": 0.02, "init": "ones"}])
def test_a_width_of_values_that_are_all_one_is_refused(
    options: dict[str, Value],
) -> None:
    result = inferred(NAME, shape=(4,), **options)
    assert result is not None
    assert [problem.code for problem in result.problems] == [Code.GC206]


@pytest.mark.parametrize(
    "options", [{"init": "uniform"}, {"init": True}, {"std": -1, "init": "normal"}]
)
def test_values_that_are_not_known_are_refused(options: dict[str, Value]) -> None:
    assert inferred(NAME, shape=(4,), **options) is None
