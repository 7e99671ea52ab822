import pytest
from differential import (
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
from graphc.infer import OpResult
from graphc.ir import Layer
from graphc.lang import Size, symbol

SIZES = st.integers(1, 6)

T, D, S = symbol("T"), symbol("D"), symbol("S")


@st.composite
def attending(draw: st.DrawFn) -> tuple[list[Shape], int]:
    """Query, key and value, of which any but the query may lack; and heads."""
    heads = draw(st.integers(1, 3))
    features = heads * draw(st.integers(1, 3)) + (draw(st.integers(0, 6)) == 0)
    tokens = draw(SIZES)
    key_tokens = draw(SIZES) if draw(st.integers(0, 5)) == 0 else tokens
    shapes: list[Shape] = [
        (draw(SIZES), features),
        (tokens, draw(st.sampled_from([features, draw(SIZES)]))),
        (key_tokens, draw(st.sampled_from([features, draw(SIZES)]))),
    ]
    if draw(st.integers(0, 9)) == 0:
        shapes = [(2, *shape) for shape in shapes]
    return shapes[: draw(st.integers(1, 3))], heads


@st.composite
def multiplied(draw: st.DrawFn) -> list[Shape]:
    """Query, key and value of a scaled dot product, or nearly."""
    targets, sources, features, values = (draw(SIZES) for _ in range(4))
    shapes = [(targets, features), (sources, features), (sources, values)]
    heads = draw(st.lists(st.integers(1, 3), max_size=2))
    spoiled = draw(st.integers(0, 5))
    if spoiled < 3:
        rows, columns = shapes[spoiled]
        shapes[spoiled] = (rows + draw(st.integers(0, 1)), columns + 1)
    stretched = draw(st.integers(0, 5))
    return [
        (*([1] * len(heads) if stretched == place else heads), *shape)
        for place, shape in enumerate(shapes)
    ]


def codes(result: OpResult | None) -> list[Code]:
    assert result is not None
    return [problem.code for problem in result.problems]


def size_of(result: OpResult | None) -> tuple[Size, ...] | None:
    assert result is not None
    assert not result.problems
    return result.outputs[0]


# Against PyTorch


@FEW
@given(
    drawn=attending(),
    bias=st.booleans(),
    dropout=st.sampled_from([0.0, 0, 0.5, 1.0]),
)
def test_attention_is_as_in_pytorch(
    drawn: tuple[list[Shape], int], dropout: float, *, bias: bool
) -> None:
    inputs, heads = drawn
    agrees("Attention", *inputs, num_heads=heads, bias=bias, dropout=dropout)


@FEW
@given(
    inputs=multiplied(),
    causal=st.booleans(),
    scale=st.sampled_from([None, 0.125, 1]),
)
def test_a_scaled_dot_product_is_as_in_pytorch(
    inputs: list[Shape], scale: float | None, *, causal: bool
) -> None:
    agrees("SDPA", *inputs, is_causal=causal, scale=scale)


# Backwards


@FEW
@given(data=st.data(), tokens=SIZES, sources=SIZES, features=SIZES)
def test_attention_is_found_from_what_is_known(
    data: st.DataObject, tokens: int, sources: int, features: int
) -> None:
    inputs = [(tokens, 2 * features), (sources, 3), (sources, 5)]
    count = data.draw(st.integers(1, 3))
    agrees_backwards(data, "Attention", *inputs[:count], num_heads=2)


@FEW
@given(data=st.data(), tokens=SIZES, sources=SIZES, features=SIZES)
def test_a_scaled_dot_product_is_found_from_what_is_known(
    data: st.DataObject, tokens: int, sources: int, features: int
) -> None:
    inputs = [(2, tokens, features), (2, sources, features), (2, sources, 5)]
    agrees_backwards(data, "SDPA", *inputs)


# Exact values


def test_attention_keeps_the_size_of_the_query() -> None:
    assert size_of(inferred("Attention", (T, D), heads=8)) == (T, D)
    assert size_of(inferred("Attention", (T, 64), (S, 48), heads=8)) == (T, 64)


@pytest.mark.parametrize("inputs", [1, 2, 3])
def test_the_parameters_of_bert_base_attention(inputs: int) -> None:
    op = op_named("MHA")
    shapes = ((128, 768),) * inputs
    layer = Layer(unchecked(op, num_heads=12), shapes, ((128, 768),))
    weights = {weight.name: weight.shape for weight in op.weights(layer)}
    assert list(weights.items()) == [
        ("in_proj_weight", (2304, 768)),
        ("in_proj_bias", (2304,)),
        ("out_proj.weight", (768, 768)),
        ("out_proj.bias", (768,)),
    ]
    assert op.macs(layer) == 4 * 128 * 768 * 768 + 2 * 128 * 128 * 768


def test_features_that_the_heads_cannot_share_are_refused() -> None:
    result = inferred("Attention", (16, 100), heads=12)
    assert result is not None
    (problem,) = result.problems
    assert problem.code is Code.GC303
    assert problem.message == "100 features cannot be shared by 12 heads"


def test_attention_over_an_image_is_refused() -> None:
    assert codes(inferred("Attention", (64, 16, 16), heads=8)) == [Code.GC302]


def test_a_key_and_a_value_of_other_tokens_are_refused() -> None:
    result = inferred("Attention", (5, 8), (7, 8), (6, 8), heads=2)
    assert codes(result) == [Code.GC302]


def test_a_scaled_dot_product_has_tokens_of_the_query_and_features_of_the_value() -> (
    None
):
    query, key, value = (8, T, D), (8, S, D), (8, S, 32)
    assert size_of(inferred("SDPA", query, key, value)) == (8, T, 32)


@pytest.mark.parametrize("causal", [2, "yes", None])
def test_a_flag_that_is_none_is_refused_as_an_argument(
    causal: int | str | None,
) -> None:
    shapes = [(5, 8)] * 3
    assert inferred("SDPA", *shapes, is_causal=causal) is None


def test_attention_over_vectors_is_refused_with_the_shapes_it_takes() -> None:
    result = inferred("SDPA", (8,), (8,), (8,))
    assert result is not None
    (problem,) = result.problems
    assert problem.code is Code.GC303
    assert "2 dims or more" in problem.message
