"""What is known of the implementations that people use, by the name of a spec.

``references.json`` has the figures; ``keys/NAME.txt`` has the ``state_dict``, a layer
a line: its path, then each tensor with its shape. ``bn 32`` stands for the five tensors
of a batch normalization over 32 channels.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

HERE = Path(__file__).parent
SPECS = HERE.parents[1] / "specs"

Keys = tuple[tuple[str, tuple[int, ...]], ...]
"""The keys of a ``state_dict`` in their order, with the shapes of the tensors."""


@dataclass(frozen=True, slots=True)
class Reference:
    """An implementation, and what it gives in float64 when filled by the rule det-v1.

    ``input`` and the sizes in ``stages`` are without the batch; ``stages`` has the size
    and the mean behind a module by its path. Tensors whose keys begin with ``unfilled``
    have no part in the rule. ``first`` are the first outputs, ``sampled`` some more by
    their index.
    """

    reference: str
    input: str
    parameters: int
    macs: int
    gain: float
    unfilled: str
    filled: int
    outputs: int
    first: list[float]
    sampled: Mapping[str, float]
    argmax: int
    std: float
    stages: Mapping[str, tuple[str, float]]


@cache
def references() -> Mapping[str, Reference]:
    """Return what is known, by the name of the spec."""
    text = (HERE / "references.json").read_text(encoding="utf-8")
    return {name: Reference(**facts) for name, facts in json.loads(text).items()}


def keys(name: str) -> Keys:
    """Return the ``state_dict`` that a spec's module takes."""
    text = (HERE / "keys" / f"{name}.txt").read_text(encoding="utf-8")
    return tuple(pair for line in text.splitlines() for pair in _tensors(line))


def _tensors(line: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    path, colon, rest = line.rpartition(": ")
    words = rest.split()
    for name, written in zip(words[::2], words[1::2], strict=True):
        shape = tuple(map(int, written.split("*")))
        for each, size in _norm(shape) if name == "bn" else [(name, shape)]:
            yield f"{path}.{each}" if colon else each, size


def _norm(shape: tuple[int, ...]) -> Iterator[tuple[str, tuple[int, ...]]]:
    for name in ("weight", "bias", "running_mean", "running_var"):
        yield name, shape
    yield "num_batches_tracked", ()


def installed(name: str) -> ModuleType:
    """Return a module of another package; skip the test if it is not there.

    A package may be there and not fit the torch that is: its compiled ops then fail to
    load with a RuntimeError.
    """
    try:
        return import_module(name)
    except (ImportError, RuntimeError) as error:
        pytest.skip(f"{name} cannot be imported: {error}")
