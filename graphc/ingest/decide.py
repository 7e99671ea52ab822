"""What a figure leaves unsaid, decided by the sizes that it shows."""

from collections.abc import Sequence
from dataclasses import replace

from graphc.diagnostics import Sink
from graphc.infer import Sized
from graphc.ingest.ends import all_drawn, check_channels, note_channels, open_inputs
from graphc.ingest.figure import Figure
from graphc.ingest.flatten import flatten_maps, flatten_pools, is_linear
from graphc.ingest.notations import notation_of, notations, told_last
from graphc.ingest.tree import Notation
from graphc.ingest.trial import Surroundings, Trial
from graphc.ingest.windows import is_open, settle
from graphc.source import Source


def decide(
    model: Figure, modules: list[Figure], source: Source, sink: Sink
) -> Notation:
    """Settle what the labels of a network leave open; return how its sizes are meant.

    Reports what was decided (GC507), and what nothing decides.
    """
    figures = [model, *modules]
    flatten_pools(figures, sink)
    note_channels(figures)
    open_ = [(f, b) for f in figures for b in f.boxes.values() if is_open(b)]
    if not open_ and _is_plain(model, figures):
        return next(notations(figures))
    kept = [(box, box.items) for _, box in open_]
    for _, box in open_:
        box.items = [replace(item, label=None) for item in box.items]
    notation, sized = notation_of(model, modules, source)
    if notation.last:
        sink.extend(told_last(figures))
    for box, items in kept:
        box.items = items
    surroundings = Surroundings(sized)
    for figure, box in open_:
        settle(box, surroundings.of(figure, box), sink)
    trial = Trial(model, modules, notation)
    flatten_maps(figures, surroundings, trial, sink)
    check_channels(figures, surroundings, sink)
    _open_inputs(model, sized, trial, sink)
    return notation


def _is_plain(model: Figure, figures: Sequence[Figure]) -> bool:
    """Whether a network says all that a spec says, so that nothing is to be tried."""
    if len(list(notations(figures))) > 1 or not all_drawn(model):
        return False
    for figure in figures:
        entering = figure.entering()
        for box in figure.boxes.values():
            sizes = [wire.size for wire in entering[box.name]]
            flat = sizes and all(s and "*" not in s.fragment.text for s in sizes)
            if box.takes is not None or (is_linear(box) and not flat):
                return False
    return True


def _open_inputs(model: Figure, sized: Sized | None, trial: Trial, sink: Sink) -> None:
    """Let inputs without a size be of any, unless that contradicts what is drawn."""
    if all_drawn(model):
        return
    drawn = [(wire, wire.size) for wire in model.wires]
    wrong = trial.errors()
    notes = list(open_inputs(model, sized))
    if notes and trial.errors() <= wrong:
        sink.extend(notes)
        return
    for wire, size in drawn:
        wire.size = size
