"""How far an op sees: the part of its inputs that one element of its output is made of.

Places are counted along the dims of a tensor. The composition of two views is the
formula of Araujo, Norris and Sim, "Computing receptive fields of convolutional neural
networks" (Distill, 2019), eq. 2: behind a layer that sees ``k`` places in steps of
``s``, a field of size ``r`` with steps of ``j`` has the size ``r + (k - 1)*j`` and
steps of ``j*s``. Where a tensor was enlarged ``(k - 1)*j`` is rounded up to what the
views move by.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import ceil

from graphc.ir.layer import Layer
from graphc.lang import Size
from graphc.record import record


@record
class Reach:
    """How much of one dim is seen.

    ``size`` is the number of places from the first that is seen to the last, None for
    the whole dim. ``step`` is the number of places by which the views of two elements
    beside each other differ: below 1 where the op enlarges its input, None where no dim
    of the result goes along this one. ``grain`` is the number of places by which a view
    can move at all: where steps are below it, some views move by it and others stay.
    """

    size: int | None
    step: Fraction | None
    grain: Fraction = Fraction(1)

    def then(self, after: "Reach") -> "Reach":
        """Return what is seen through a tensor of which ``after`` is seen."""
        step = self.step * after.step if self.step and after.step else None
        grain = self.grain if self.step is None else max(self.grain, self.step)
        if after.size == 1:
            return Reach(self.size, step, grain)
        if self.size is None or self.step is None or after.size is None:
            return Reach(None, step, grain)
        moves = ceil((after.size - 1) * self.step / self.grain)
        return Reach(self.size + ceil(moves * self.grain), step, grain)


ONE = Fraction(1)
POINT = Reach(1, ONE)
"""The same place of the input alone."""

WHOLE = Reach(None, ONE)
"""The whole dim, and the result goes along it."""

GONE = Reach(None, None)
"""The whole dim, and the result has no such dim."""


ONCE = Reach(1, None)
"""The one place of a dim that is stretched over the result."""


@record
class View:
    """What an element of the result sees of one input.

    ``reaches`` has how much of each dim of the input; ``along`` has, for each dim of
    the result, the dims of the input that it goes along, counted from 0.
    """

    reaches: tuple[Reach, ...]
    along: tuple[frozenset[int], ...]


def pointwise(layer: Layer) -> tuple[View, ...]:
    """Return the views of an op whose elements see their own place of every input.

    Where ranks differ the last dims stand above each other, as in broadcasting.
    """
    return tuple(aligned(layer, index, {}) for index in range(len(layer.inputs)))


def aligned(layer: Layer, index: int, reaches: Mapping[int, Reach]) -> View:
    """Return the view of an input whose dims are those of the result, from the last.

    ``reaches`` has those that are no point, by the dim of the input; negative dims
    count from the end.
    """
    shape = layer.inputs[index]
    result = layer.outputs[0] if layer.outputs else ()
    ahead = len(result) - len(shape)
    seen = {dim % len(shape): reach for dim, reach in reaches.items()}
    for dim, size in enumerate(shape):
        stretched = size == 1 and dim + ahead >= 0 and result[dim + ahead :][:1] != (1,)
        if stretched and dim not in seen:
            seen[dim] = ONCE
    along = (
        dim >= 0 and seen.get(dim, POINT).step is not None
        for dim in range(-ahead, len(shape))
    )
    return View(
        tuple(seen.get(dim, POINT) for dim in range(len(shape))),
        tuple(
            frozenset({dim}) if goes else frozenset()
            for dim, goes in enumerate(along, -ahead)
        ),
    )


def spatial(
    layer: Layer, axes: Sequence[Reach], channels: Reach = POINT
) -> tuple[View, ...]:
    """Return the view of an op on images: a reach for each axis behind the channels."""
    return (aligned(layer, 0, dict(enumerate((channels, *axes)))),)


def sliding(size: Size, step: Size | Fraction) -> Reach:
    """Return the reach of a window, as far as its numbers are known."""
    return Reach(
        size if isinstance(size, int) else None,
        Fraction(step) if isinstance(step, int | Fraction) else None,
    )


def moved(layer: Layer, along: Sequence[Sequence[int]]) -> tuple[View, ...]:
    """Return the view of an op that only moves elements.

    ``along`` has for each dim of the result the dims of the input that it goes along.
    """
    points = (POINT,) * len(layer.inputs[0])
    return (View(points, tuple(frozenset(dims) for dims in along)),)
