"""Which sizes stand for the free dims of a model's input when it is run."""

from collections.abc import Iterator, Mapping
from itertools import islice

from graphc.infer import Instance, Shape
from graphc.lang import ALL, Dim, Size

Point = Mapping[str, int]
"""A size for each free dim."""

_MOST_BOXES = 4


def samples(model: Instance) -> tuple[Point, ...]:
    """Return small sizes that a model takes, no two of them alike; one of no dims.

    They are two for each way to meet the conditions on its input, of four at most.
    """
    shapes = ([s for s in known or () if isinstance(s, Dim)] for known in model.inputs)
    names = sorted({name for dims in shapes for dim in dims for name in dim.symbols()})
    if not names:
        return ({},)
    return tuple(islice(_points(model, names), 2 * _MOST_BOXES))


def _points(model: Instance, names: list[str]) -> Iterator[Point]:
    """Yield sizes in which no two dims are alike, as far as there are as many."""
    most = len(names) + 1
    for box in model.domain.boxes:
        few = {n: list(islice(box.get(n, ALL).ascending(), most)) for n in names}
        for turn in (0, len(names)):
            yield {
                name: few[name][min((turn + place) % most, len(few[name]) - 1)]
                for place, name in enumerate(names)
            }


def at(shape: Shape, point: Point) -> tuple[Size, ...]:
    """Return a shape with sizes for its free dims."""
    return tuple(s.subs(point) if isinstance(s, Dim) else s for s in shape)


def told(point: Point) -> str:
    """Return a point in words: ``H=16, W=32``."""
    return ", ".join(f"{name}={size}" for name, size in point.items())
