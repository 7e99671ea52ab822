"""Where tensors come into a figure, if it does not say."""

from collections.abc import Iterator, Sequence
from math import prod

from graphc.diagnostics import Code, Diagnostic, Place, Severity, Sink
from graphc.infer import Known, Sized, dim_text, known_text
from graphc.ingest.boxes import free_name
from graphc.ingest.figure import Box, Figure, Item, Role, Wire
from graphc.ingest.notation import SizeReading
from graphc.ingest.terms import ops_in, says_channels
from graphc.ingest.text import made
from graphc.ingest.trial import Surroundings
from graphc.ir import Family

_SPATIAL = ("H", "W", "D")
_MAPS = 3
"""The dims of an image, channels and all: what a convolution takes unless told."""


def give_input(drawn: Figure) -> None:
    """Draw the input before the only box of a figure that nothing flows into.

    Where several begin a figure it is not plain which of them take the same.
    """
    if any(box.role is Role.INPUT for box in drawn.boxes.values()):
        return
    entered = {wire.target for wire in drawn.wires}
    first = [box for box in drawn.boxes.values() if box.name not in entered]
    if len(first) != 1 or first[0].role is not Role.OP or _takes_nothing(first[0]):
        return
    (box,) = first
    name = free_name("input", drawn.boxes)
    label = Item(made("Input", box.span), None, box.span)
    made_up = Box(name, Role.INPUT, [label], box.span, box.span, implied=True)
    drawn.boxes = {name: made_up, **drawn.boxes}
    wire = Wire(name, box.name, None, box.span, box.span, box.span)
    drawn.wires.insert(0, wire)


def _takes_nothing(box: Box) -> bool:
    ops = ops_in(box.items)
    return bool(ops) and not (ops[0].inputs.ports or ops[0].inputs.many)


def note_channels(figures: Sequence[Figure]) -> None:
    """Put the channels that a label says come in on the wire, if no size is there."""
    for drawn in figures:
        entering = drawn.entering()
        told = says_channels(drawn)
        for box in drawn.boxes.values():
            into = entering[box.name]
            if box.takes is None or len(into) != 1 or _is_sized(drawn, into[0]):
                continue
            rank = _rank(box)
            if rank is None and _is_flat(drawn.boxes.get(into[0].source)):
                rank = 1
            if rank is not None:
                text = "*".join([box.takes.text, *["_"] * (rank - 1)])
                into[0].size = SizeReading(made(text, box.takes.span))
                source = drawn.boxes.get(into[0].source)
                inner = source is not None and source.role is Role.OP
                into[0].plain = inner and rank > 1 and told


def _is_sized(drawn: Figure, wire: Wire) -> bool:
    """Whether a size is drawn on a wire, or in the box that it comes from."""
    source = drawn.boxes.get(wire.source)
    return wire.size is not None or (source is not None and source.size is not None)


def _is_flat(box: Box | None) -> bool:
    """Whether a box gives a single row of features."""
    ops = [] if box is None else ops_in(box.items)
    return bool(ops) and ops[-1].name == "Flatten"


def _rank(box: Box) -> int | None:
    """Return how many dims the first op of a box takes, None where any number."""
    ops = ops_in(box.items)
    if not ops or ops[0].family is not Family.CONVOLUTION:
        return None
    named = box.label_span.text.lower()
    digits = {"1d": 2, "2d": _MAPS, "3d": 4}
    return next((rank for mark, rank in digits.items() if mark in named), _MAPS)


def check_channels(
    figures: Sequence[Figure], surroundings: Surroundings, sink: Sink
) -> None:
    """Report channels that labels say come in, and that do not (GC512)."""
    for drawn in figures:
        entering = drawn.entering()
        for box in drawn.boxes.values():
            if box.takes is not None:
                before = surroundings.of(drawn, box).before
                _check_channels(box, entering[box.name], before, sink)


def _check_channels(box: Box, into: Sequence[Wire], before: Known, sink: Sink) -> None:
    """Report it of one label.

    Of a label that could not be read it is not known along which dim they count.
    """
    arriving = None if before is None else _arriving(box, before)
    if box.takes is None or arriving is None or not box.takes.text.isdigit():
        return
    if not ops_in(box.items):
        return
    said = box.takes.text
    if str(arriving) == said:
        return
    what = "channels" if _takes_channels(box) else "features"
    message = f"the label of `{box.name}` has {said} {what} come in, and {arriving} do"
    place = Place(box.takes.span, f"{arriving} arrive here")
    related = tuple(
        Place(wire.size.fragment.span, "drawn here") for wire in into if wire.size
    )
    remedy = (f"write {arriving} here",)
    sink.add(Diagnostic(Code.GC512, message, place, related, help=remedy))


def _takes_channels(box: Box) -> bool:
    """Whether what a box has come in counts along the first dim."""
    ops = ops_in(box.items)
    normalizes = bool(ops) and ops[0].family is Family.NORMALIZATION
    return normalizes or _rank(box) is not None


def _arriving(box: Box, before: Sequence[object]) -> int | None:
    """Return how many channels or features arrive at a box, None if that is open."""
    ops = ops_in(box.items)
    sizes = before
    if _takes_channels(box):
        sizes = before[:1]
    elif not ops or ops[0].name != "Flatten":
        sizes = before[-1:]
    whole = [size for size in sizes if isinstance(size, int)]
    return prod(whole) if len(whole) == len(sizes) else None


def open_inputs(main: Figure, sized: Sized | None) -> Iterator[Diagnostic]:
    """Let an input without a size be of any height and width, and say so (GC507).

    Its channels must be known, from a label or from what is drawn further on.
    """
    if sized is None:
        return
    leaving = main.leaving()
    for node, shape in zip(sized.model.module.inputs, sized.model.inputs, strict=True):
        box, wires = main.boxes.get(node.name), leaving[node.name]
        if box is None or not wires or _is_drawn(box, wires[0]):
            continue
        text = _with_names(shape)
        if text is not None:
            wires[0].size = SizeReading(made(text, box.label_span))
            what = f"size is drawn at `{box.name}`"
            if box.implied:
                what = f"input is drawn before `{wires[0].target}`"
            message = f"no {what}: it is taken as {text}"
            where = Place(box.label_span)
            yield Diagnostic(Code.GC507, message, where, severity=Severity.NOTE)


def all_drawn(main: Figure) -> bool:
    """Whether a figure shows the size of every input."""
    leaving = main.leaving()
    inputs = [box for box in main.boxes.values() if box.role is Role.INPUT]
    return all(
        _is_drawn(box, leaving[box.name][0]) for box in inputs if leaving[box.name]
    )


def _is_drawn(box: Box, wire: Wire) -> bool:
    """Whether a figure shows a size at an input, and not channels alone."""
    shown = wire.size is not None and "_" not in wire.size.fragment.text
    return box.size is not None or shown


def _with_names(shape: Known) -> str | None:
    """Return a shape with a free dim for each that is open, None if it has none.

    ``64*_*_`` becomes ``64*H*W``.
    """
    if shape is None or not 2 <= len(shape) <= 4 or isinstance(shape[0], tuple):
        return None
    names = iter(_SPATIAL)
    dims = [next(names) if isinstance(d, tuple) else dim_text(d) for d in shape]
    text = "*".join(dims)
    return None if text == known_text(shape) else text


def without_size(main: Figure) -> Iterator[Diagnostic]:
    """Yield a warning for an input that is not drawn and has no size (GC507)."""
    for wire in main.wires:
        box = main.boxes[wire.source]
        if box.implied and (wire.size is None or "_" in wire.size.fragment.text):
            edge = f'{box.name}["Input"] -->|"3*224*224"| {wire.target}'
            yield Diagnostic(
                Code.GC507,
                f"no input is drawn before `{wire.target}`",
                Place(box.span, "what comes in here has no size"),
                help=(f"draw it with its size, such as `{edge}`",),
                severity=Severity.WARNING,
            )
