import pytest
import torch
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
from graphc.infer import infer_op
from graphc.lang import symbol

SIZES = st.integers(1, 6)
SHAPES = st.lists(SIZES, min_size=1, max_size=3).map(tuple)

T = symbol("T")


@FEW
@given(
    shape=SHAPES,
    count=SIZES,
    features=SIZES,
    padding=st.integers(-7, 6),
)
def test_an_embedding_is_as_in_pytorch(
    shape: Shape, count: int, features: int, padding: int
) -> None:
    agrees(
        "Embedding",
        shape,
        dtype=torch.long,
        num_embeddings=count,
        embedding_dim=features,
        padding_idx=padding,
    )


def test_an_embedding_without_padding_is_as_in_pytorch() -> None:
    result = agrees(
        "Embedding", (5,), dtype=torch.long, num_embeddings=10, embedding_dim=4
    )
    assert result is not None
    assert result.outputs == ((5, 4),)


@FEW
@given(data=st.data(), shape=SHAPES, features=SIZES)
def test_an_embedding_is_found_from_what_is_known(
    data: st.DataObject, shape: Shape, features: int
) -> None:
    agrees_backwards(data, "Embedding", shape, num_embeddings=9, embedding_dim=features)


def test_the_length_of_the_vectors_may_come_from_the_edge() -> None:
    op = op_named("Embedding")
    arguments = unchecked(op, num_embeddings=30522)
    result = infer_op(op, arguments, [(T,)], [(T, 768)])
    assert not result.problems
    assert result.outputs == ((T, 768),)
    nothing = infer_op(op, arguments, [(T,)])
    assert nothing.known == ((T, (1, None)),)


def test_one_index_more_than_there_are_is_refused() -> None:
    result = inferred("Embedding", (5,), num=10, dim=4, padding_idx=10)
    assert result is not None
    (problem,) = result.problems
    assert problem.code is Code.GC206
    assert problem.message == "`padding_idx` 10 is not an index of 10 embeddings"


@pytest.mark.parametrize("options", [{"num": 0, "dim": 4}, {"num": 10, "dim": 0}])
def test_an_empty_embedding_is_refused_though_pytorch_makes_one(
    options: dict[str, int],
) -> None:
    assert inferred("Embedding", (5,), **options) is None


def test_the_vectors_that_the_edge_contradicts_are_refused() -> None:
    op = op_named("Embedding")
    arguments = unchecked(op, num_embeddings=10, embedding_dim=4)
    result = infer_op(op, arguments, [(5,)], [(5, 3)])
    assert [problem.code for problem in result.problems] == [Code.GC302]
