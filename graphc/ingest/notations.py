"""How the sizes of a network are meant, where their text leaves it open."""

from collections.abc import Iterator, Sequence
from itertools import product

from graphc.diagnostics import Code, Diagnostic, Place, Severity, Sink
from graphc.infer import Sized
from graphc.ingest.ends import check_channels
from graphc.ingest.figure import Figure
from graphc.ingest.notation import SizeReading
from graphc.ingest.tree import Notation, Writing, tree
from graphc.ingest.trial import Surroundings, tried
from graphc.source import Source

_BATCHED = 3
"""The signs between the four dims of a batch of images."""
_MAP = 2
_NO_WINDOW = 8
"""A map of fewer rows may as well be a window, or what is left of an image."""


def notation_of(
    model: Figure, modules: list[Figure], source: Source
) -> tuple[Notation, Sized | None]:
    """Return the reading of sizes under which the fewest of them are wrong."""
    best: tuple[int, Notation, Sized | None] | None = None
    for notation in notations([model, *modules]):
        root = tree(model, modules, Writing(notation))
        sized, errors = tried(root, source)
        errors += _strangers([model, *modules], sized)
        if best is None or errors < best[0]:
            best = (errors, notation, sized)
        if not errors:
            break
    if best is None:
        raise AssertionError("there is always the first reading")
    return best[1], best[2]


def _strangers(figures: Sequence[Figure], sized: Sized | None) -> int:
    """Return how many labels have other channels come in than do."""
    sink = Sink()
    check_channels(figures, Surroundings(sized), sink)
    return len(sink.sorted())


def notations(figures: Sequence[Figure]) -> Iterator[Notation]:
    """Return the readings that the sizes of figures allow, the likeliest first.

    A 1 in front of every size, or before four dims, is rather a batch than a channel,
    and a 1 or 3 behind a height and a width rather the channels of an image.
    """
    sizes = _sizes(figures)
    drawn = [size for size in sizes if "_" not in size.fragment.text]
    batched = [size for size in drawn if size.without_first is not None]
    likely = len(drawn) > 1 and len(batched) == len(drawn)
    likely |= any(size.fragment.text.count("*") == _BATCHED for size in batched)
    last = (False, True) if any(size.last for size in sizes) else (False,)
    last = (True, False) if _look_last(sizes) else last
    batch = ((False, True), (True, False))[likely] if batched else (False,)
    flat = any(size.fragment.text.count("*") == 1 for size in sizes)
    maps = (False, True) if flat else (False,)
    order = product(enumerate(last), enumerate(batch), enumerate(maps))
    for one in sorted(order, key=lambda ways: sum(rank for rank, _ in ways)):
        yield Notation(*(way for _, way in one))


def _sizes(figures: Sequence[Figure]) -> list[SizeReading]:
    """Return all sizes that figures show."""
    sizes = [wire.size for one in figures for wire in one.wires if wire.size]
    boxes = [box for one in figures for box in one.boxes.values()]
    return sizes + [box.size for box in boxes if box.size]


def _look_last(sizes: Sequence[SizeReading]) -> bool:
    """Whether an image is drawn with its channels last, and none with them first."""
    first = [size for size in sizes if _is_image(size.fragment.text)]
    return not first and any(
        size.last is not None and not size.marked and _is_image(size.last.text)
        for size in sizes
    )


def _is_image(size: str) -> bool:
    """Whether a size is one or three channels of a map that is no window."""
    channels, *map_dims = size.split("*")
    return (
        channels in ("1", "3")
        and len(map_dims) == _MAP
        and all(dim.isdecimal() and int(dim) >= _NO_WINDOW for dim in map_dims)
    )


def told_last(figures: Sequence[Figure]) -> Iterator[Diagnostic]:
    """Yield a note that the sizes of a network are read with their channels last."""
    likely = _look_last(_sizes(figures))
    sizes = [size for size in _sizes(figures) if size.last and not size.marked]
    if sizes:
        first = min(sizes, key=lambda size: size.fragment.span.start).fragment
        why = "of an image they rather are" if likely else "only that fits"
        message = f"sizes are read with their channels last, as {why}"
        place = Place(first.span)
        yield Diagnostic(Code.GC507, message, place, severity=Severity.NOTE)
