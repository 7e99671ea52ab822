import pytest
from differential import FEW, agrees, agrees_backwards, bound, inferred, op_named
from hypothesis import given
from hypothesis import strategies as st
from images import FLAGS, Options, Shape, problem, shape, written

from graphc.diagnostics import Code
from graphc.ir import Layer
from graphc.lang import symbol

SIZES = st.integers(1, 9)
SHAPES = st.lists(SIZES, min_size=1, max_size=4).map(tuple)
C, T = symbol("C"), symbol("T")


@FEW
@given(source=SHAPES, out=SIZES, bias=FLAGS)
def test_a_linear_layer_is_as_in_pytorch(
    source: Shape, out: int, *, bias: bool
) -> None:
    agrees("Linear", source, out_features=out, bias=bias)


@FEW
@given(data=st.data(), source=SHAPES, out=SIZES)
def test_a_linear_layer_is_found_from_what_is_known(
    data: st.DataObject, source: Shape, out: int
) -> None:
    agrees_backwards(data, "Linear", source, out_features=out)


def test_the_last_dim_alone_changes() -> None:
    assert shape(inferred("Linear", (1792,), out=1000)) == (1000,)
    assert shape(inferred("Linear", (197, 768), out=3072)) == (197, 3072)
    assert shape(inferred("Linear", (T, C), out=2 * C)) == (T, 2 * C)


def test_features_that_are_not_written_are_left_to_others() -> None:
    result = inferred("Linear", (16, 64))
    assert result is not None
    assert result.known == ((16, (1, None)),)


def test_a_shape_without_dims_has_no_features() -> None:
    assert problem(inferred("Linear", (), out=4)) == (
        Code.GC303,
        "`Linear` takes at least one dim, the features",
    )


@pytest.mark.parametrize(
    ("source", "options", "text"),
    [
        ((1792,), {"out": 1000}, "nn.Linear(1792, 1000)"),
        ((16, 64), {"out": 64, "bias": False}, "nn.Linear(64, 64, bias=False)"),
    ],
)
def test_a_linear_layer_is_written_as_a_person_would(
    source: Shape, options: Options, text: str
) -> None:
    assert written("Linear", source, **options) == text


def test_products_are_counted_for_every_row() -> None:
    op, arguments = op_named("FC"), bound(op_named("FC"), out=10)
    assert arguments is not None
    assert op.macs(Layer(arguments, ((7, 64),), ((7, 10),))) == 7 * 64 * 10
    assert op.macs(Layer(arguments, ((T, C),), ((T, 10),))) == 10 * T * C
