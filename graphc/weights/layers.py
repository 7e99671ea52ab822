"""Layers of a ``state_dict``: tensors that stand together under one path."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from itertools import pairwise

from graphc.lang import Size
from graphc.record import record

_NAMES = frozenset(
    {"weight", "bias", "running_mean", "running_var", "num_batches_tracked"}
)
_PACKED = re.compile(r"(in|q|k|v)_proj_(weight|bias)|bias_[kv]")
_COUNT = "num_batches_tracked"


@record(slots=False)
class KeyedLayer:
    """A layer: its path, and the shapes of its tensors by the last part of their key.

    A tensor that is no weight of a usual name, such as ``class_token``, is a layer by
    itself: its path is its key and the part is empty.
    """

    path: str
    shapes: tuple[tuple[str, tuple[Size, ...]], ...]

    @cached_property
    def signature(self) -> frozenset[tuple[str, tuple[Size, ...]]]:
        """What a layer must have alike to be the same: all but counts of batches."""
        return frozenset(each for each in self.shapes if each[0] != _COUNT)

    @cached_property
    def words(self) -> Counter[str]:
        """The words and numbers in the path, in lower case, and each two in a row."""
        found = re.findall(r"[a-z]+|\d+", self.path.lower())
        return Counter([*found, *(f"{one} {other}" for one, other in pairwise(found))])

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of its tensors."""
        return tuple(
            f"{self.path}.{part}" if part else self.path for part, _ in self.shapes
        )


def layers_of(tensors: Iterable[tuple[str, tuple[Size, ...]]]) -> list[KeyedLayer]:
    """Return the layers of a ``state_dict``, in the order of their first tensors."""
    found: dict[str, list[tuple[str, tuple[Size, ...]]]] = {}
    for key, shape in tensors:
        path, _, part = key.rpartition(".")
        usual = part in _NAMES or _PACKED.fullmatch(part)
        if path and usual:
            found.setdefault(path, []).append((part, shape))
        else:
            found.setdefault(key, []).append(("", shape))
    return [KeyedLayer(path, tuple(shapes)) for path, shapes in found.items()]


def tensors_of(layers: Iterable[KeyedLayer]) -> list[KeyedLayer]:
    """Return each tensor of layers as a layer by itself."""
    return [
        KeyedLayer(key, (("", shape),))
        for layer in layers
        for key, (_, shape) in zip(layer.keys, layer.shapes, strict=True)
    ]


def likeness(one: KeyedLayer, other: KeyedLayer) -> int:
    """Return how alike two paths are in words and numbers, from 0 to 1000."""
    shared = (one.words & other.words).total()
    total = one.words.total() + other.words.total()
    return 2000 * shared // total if total else 0
