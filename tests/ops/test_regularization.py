import pytest
from differential import FEW, Shape, agrees, agrees_backwards, inferred, op_named
from differential import unchecked as given_as
from hypothesis import given
from hypothesis import strategies as st

from graphc.diagnostics import Code
from graphc.ir import Call, Layer, Value, Word
from graphc.lang import symbol

SHAPES = st.lists(st.integers(1, 6), min_size=1, max_size=5).map(tuple)
SHARES = st.sampled_from([0, 0.0, 0.2, 0.5, 1, 1.0, -0.1, 1.5, 2])

C, H, W = symbol("C"), symbol("H"), symbol("W")


@FEW
@given(shape=SHAPES, share=SHARES)
def test_dropout_is_as_in_pytorch(shape: Shape, share: float) -> None:
    agrees("Dropout", shape, p=share)


@FEW
@given(shape=SHAPES, share=SHARES)
def test_dropout_of_channels_is_as_in_pytorch(shape: Shape, share: float) -> None:
    agrees("Dropout2d", shape, p=share)


@FEW
@given(data=st.data(), shape=SHAPES)
def test_a_dropout_is_found_from_what_is_known(
    data: st.DataObject, shape: Shape
) -> None:
    agrees_backwards(data, "Dropout", shape)


@pytest.mark.parametrize("name", ["Dropout", "Dropout2d", "SpatialDropout"])
def test_dropout_keeps_symbolic_sizes(name: str) -> None:
    result = inferred(name, (C, H, W), drop=0.2)
    assert result is not None
    assert not result.problems
    assert result.outputs == ((C, H, W),)


@pytest.mark.parametrize("shape", [(64,), (1, 2, 3, 4, 5)])
def test_channels_without_an_image_are_not_dropped(shape: Shape) -> None:
    result = inferred("Dropout2d", shape)
    assert result is not None
    (problem,) = result.problems
    assert problem.code is Code.GC303
    assert problem.message.startswith("dropping channels takes a shape of channels")
    assert problem.help == "`Dropout` drops single elements of any shape"


@pytest.mark.parametrize("share", [-0.1, 1.5, "half", True])
def test_what_is_no_share_is_refused_as_an_argument(share: Value) -> None:
    assert inferred("Dropout", (64,), p=share) is None


@pytest.mark.parametrize(
    ("name", "shape", "layer"),
    [
        ("Dropout", (64,), "nn.Dropout"),
        ("Dropout2d", (64, 9), "nn.Dropout1d"),
        ("Dropout2d", (64, 9, 9), "nn.Dropout2d"),
        ("Dropout2d", (64, 9, 9, 9), "nn.Dropout3d"),
    ],
)
def test_dropout_is_written_with_its_share_only_where_it_is_not_the_usual(
    name: str, shape: Shape, layer: str
) -> None:
    op = op_named(name)
    usual = op.torch(Layer(given_as(op), (shape,), (shape,)))
    assert usual.layer == Call(Word(layer))
    given_share = op.torch(Layer(given_as(op, p=0.2), (shape,), (shape,)))
    assert given_share.layer == Call(Word(layer), keywords=(("p", 0.2),))
