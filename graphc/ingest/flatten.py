"""Maps that become a row of features, which figures seldom draw."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from graphc.diagnostics import Sink
from graphc.infer import Known, known_text
from graphc.ingest.figure import Box, Figure
from graphc.ingest.terms import behind_terms, ops_in
from graphc.ingest.text import made
from graphc.ingest.trial import Surroundings, Trial, note
from graphc.ir import Family

_FLAT = "Flatten"
_MAPS = 3
"""The dims from which on a tensor is maps, with channels."""

_KEEP_SIZES = (Family.ACTIVATION, Family.NORMALIZATION, Family.REGULARIZATION)


def is_linear(box: Box) -> bool:
    """Whether a box begins with a fully connected layer."""
    ops = ops_in(box.items)
    return bool(ops) and ops[0].name == "Linear"


def flatten_pools(figures: Sequence[Figure], sink: Sink) -> None:
    """Let a pool behind which a single number is drawn flatten what it gives."""
    for figure in figures:
        drawn: dict[str, list[str]] = {}
        for wire in figure.wires:
            size = wire.size or figure.boxes[wire.source].size
            drawn.setdefault(wire.source, []).append(size.fragment.text if size else "")
        for box in figure.boxes.values():
            sizes = drawn.get(box.name, [])
            if not sizes or not _ends_in_pool(box):
                continue
            if all(size.isdigit() for size in sizes):
                box.items = behind_terms(box.items, _FLAT)
                box.note = f"the size drawn behind it, {sizes[0]}, is flat"
                message = f"`{box.name}` flattens, as {sizes[0]} is drawn behind it"
                sink.add(note(box, message))


def _ends_in_pool(box: Box) -> bool:
    """Whether a box pools, and behind that changes no size: a dropout may follow."""
    ops = [op for op in ops_in(box.items) if op.family not in _KEEP_SIZES]
    return bool(ops) and ops[-1].family is Family.POOLING


def flatten_maps(
    figures: Sequence[Figure], surroundings: Surroundings, trial: Trial, sink: Sink
) -> None:
    """Flatten maps that a figure leads into a fully connected layer.

    What is behind one that is flattened is flat already. Where that contradicts what is
    drawn, such as a size further on, nothing is flattened.
    """
    own = Sink()
    taken: list[tuple[Box, Known]] = []
    for figure in figures:
        maps = {
            box: _maps_into(figure, box, surroundings) for box in figure.boxes.values()
        }
        into = {box: before for box, before in maps.items() if before is not None}
        flat = _behind(figure, [box.name for box in into])
        taken += [one for one in into.items() if one[0].name not in flat]
    if not taken:
        return
    wrong = trial.errors()
    kept = [(box, box.items, box.note) for box, _ in taken]
    for box, before in taken:
        _flatten(box, before, own)
    if trial.errors() <= wrong:
        sink.extend(own.sorted())
        return
    for box, items, said in kept:
        box.items, box.note = items, said


def _maps_into(figure: Figure, box: Box, surroundings: Surroundings) -> Known:
    """Return the maps that a fully connected layer takes, None if it takes none.

    It takes none either if as many dims are drawn behind it: it works over the last.
    """
    if not is_linear(box) or box.items[0].label is None:
        return None
    before = surroundings.of(figure, box).before
    if before is None or len(before) < _MAPS:
        return None
    drawn = [box.size, *(wire.size for wire in figure.wires if wire.source == box.name)]
    ranks = {1 + size.fragment.text.count("*") for size in drawn if size is not None}
    return None if len(before) in ranks else before


def _behind(figure: Figure, names: Iterable[str]) -> set[str]:
    """Return what some boxes of a figure lead to."""
    leaving = figure.leaving()
    pending, found = list(names), set[str]()
    while pending:
        for wire in leaving[pending.pop()]:
            if wire.target not in found:
                found.add(wire.target)
                pending.append(wire.target)
    return found


def _flatten(box: Box, before: Known, sink: Sink) -> None:
    first = box.items[0]
    if first.label is not None:
        label = made(f"{_FLAT} {first.label.text}", first.label.span)
        box.items = [replace(first, label=label), *box.items[1:]]
        box.note = f"it takes {known_text(before)}, flattened"
        message = f"`{box.name}` is fully connected, so {known_text(before)} is flat"
        sink.add(note(box, message))
