from typing import Any

import pytest
from differential import FEW, inferred
from hypothesis import given, settings
from hypothesis import strategies as st

from graphc.lang import Dim, Size, symbol

A, B = symbol("a"), symbol("b")

Sized = tuple[Size, ...]

LAYERS: list[tuple[str, dict[str, Any], list[Sized]]] = [
    ("Identity", {}, [(A, B)]),
    ("Sum", {}, [(A, B, 3), (A, 1, 3), (B, 3)]),
    ("Mul", {}, [(A + B, 2), (B + A, 1)]),
    ("MatMul", {}, [(A, 3, B), (B, A + 1)]),
    ("Concat", {}, [(A, B), (2 * A, B), (3, B)]),
    ("Concat", {"dim": -1}, [(A, B), (A, B // 2 + 1)]),
    ("Flatten", {}, [(A, B, 3)]),
    ("Flatten", {"end_dim": 2}, [(A, B // 2 + 1, 3)]),
    ("Reshape", {"shape": (2, -1)}, [(A, 4, B)]),
    ("Reshape", {"shape": (A, -1)}, [(B, A, 3)]),
    ("Unflatten", {"dim": 1, "sizes": (-1, 3)}, [(6 * A, B)]),
    ("Permute", {"dims": (0, 3, 1, 2)}, [(A, B, 5)]),
    ("Transpose", {"dim0": 1, "dim1": -1}, [(A, B, 5)]),
    ("Squeeze", {"dim": 2}, [(A, 1, B)]),
    ("Unsqueeze", {"dim": 2}, [(A, B)]),
    ("Split", {"size": A}, [(2 * A, B)]),
    ("Split", {"size": (A, B)}, [(A + B, 3)]),
    ("Chunk", {"n": 2}, [(2 * A, B)]),
    ("TensorSplit", {"n": 2}, [(A + 1, B)]),
    ("Attention", {"heads": 4}, [(A, 8 * B), (B, 6)]),
    ("SDPA", {}, [(A, B, 8), (A, B + 1, 8), (A, B + 1, B)]),
    ("Embedding", {"num": 10, "dim": 2 * A}, [(B,)]),
    ("Dropout", {}, [(A, B)]),
]


def put(value: object, point: dict[str, int]) -> Any:
    """A value with ints for its symbols."""
    if isinstance(value, tuple):
        return tuple(put(item, point) for item in value)
    return value.subs(point) if isinstance(value, Dim) else value


@pytest.mark.parametrize(("name", "options", "shapes"), LAYERS)
@settings(FEW, max_examples=20)
@given(a=st.integers(1, 9), b=st.integers(1, 9))
def test_sizes_for_all_values_are_those_for_each(
    name: str, options: dict[str, Any], shapes: list[Sized], a: int, b: int
) -> None:
    point = {"a": a, "b": b}
    reads = 2 if name in ("Split", "Chunk", "TensorSplit") else 1
    result = inferred(name, *shapes, reads=reads, **options)
    assert result is not None
    assert not result.problems
    assert None not in result.outputs
    plain = inferred(
        name,
        *(put(shape, point) for shape in shapes),
        reads=reads,
        **{key: put(value, point) for key, value in options.items()},
    )
    assert plain is not None
    assert not plain.problems
    assert plain.outputs == put(result.outputs, point)
