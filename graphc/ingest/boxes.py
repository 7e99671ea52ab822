"""A flowchart becomes a figure: what stands in each box, and what each link carries."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from graphc.diagnostics import Code, Diagnostic, Place, Severity, nearest
from graphc.ingest.borders import led_to_boxes
from graphc.ingest.figure import Box, Figure, Item, Role, Wire
from graphc.ingest.notation import LabelReading, read_label, read_size
from graphc.ingest.terms import without_names
from graphc.ingest.text import made
from graphc.mermaid import Flowchart, Link, Stroke, Vertex, plain
from graphc.ops import OP_NAMES
from graphc.source import Span

Modules = Callable[[str], str | None]
"""Answers which module words name, None for no module."""

_ENDS = {"Input": Role.INPUT, "Output": Role.OUTPUT}


def figure(name: str, span: Span, chart: Flowchart, modules: Modules) -> Figure:
    """Return a flowchart as a figure, in which boxes and links say what they are.

    A box that names no op, and nothing flows into, is where a tensor comes in; one that
    nothing flows out of, where one goes out. Boxes that nothing is linked to and that
    name no op, such as titles and legends, are left out.
    """
    drawn = [_wire(link) for link in chart.links if link.stroke is not Stroke.INVISIBLE]
    wires = led_to_boxes(drawn, chart.vertices, chart.subgraphs)
    boxes = {v.id: _box(v, modules) for v in chart.vertices.values()}
    entered = Counter(wire.target for wire in wires)
    left = Counter(wire.source for wire in wires)
    for box in boxes.values():
        place(box, entered[box.name], left[box.name])
    kept = {
        name: box
        for name, box in boxes.items()
        if entered[name] or left[name] or box.role not in (Role.WORDS, Role.TENSOR)
    }
    return Figure(name, span, kept, wires, chart.span)


def _box(vertex: Vertex, modules: Modules) -> Box:
    written = made(vertex.id, vertex.span) if vertex.label is None else vertex.label
    text = plain(written, markdown=vertex.markdown)
    reading = read_label(text, modules)
    label = without_names(reading.label, modules)
    reason = reading.reason or "a number is only named here"
    drawn = " ".join(text.text.split())
    return Box(
        vertex.id,
        _role(replace(reading, label=label)),
        [Item(label, reading.size, vertex.label_span, drawn)],
        vertex.span,
        text.span,
        reading.unsaid,
        reading.takes,
        reason if label is None else "",
        "; ".join(reading.told) or None,
        is_layer=reading.is_layer,
        is_sure=reading.sure,
    )


def _role(reading: LabelReading) -> Role:
    if reading.label is not None:
        return _ENDS.get(reading.label.text, Role.OP)
    return Role.WORDS if reading.size is None or reading.is_layer else Role.TENSOR


def place(box: Box, entered: int, left: int) -> None:
    """Tell from its links what a box is that names no op."""
    if box.role in (Role.WORDS, Role.TENSOR):
        if left and not entered:
            _becomes(box, Role.INPUT, "Input")
        elif entered == 1 and not left and _may_be_result(box):
            _becomes(box, Role.OUTPUT, "Output")


def _becomes(box: Box, role: Role, op: str) -> None:
    box.role = role
    box.items = [replace(box.items[-1], label=made(op, box.label_span))]


def _may_be_result(box: Box) -> bool:
    return not box.is_layer and (box.role is Role.TENSOR or _is_prose(box))


def _is_prose(box: Box) -> bool:
    """Whether a label is words about a result, and no op that is misspelt."""
    text = box.label_span.text
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    return "=" not in text and nearest(first, OP_NAMES) is None


def undirected(chart: Flowchart) -> Iterator[Diagnostic]:
    """Yield a warning where links do not say which way they lead (GC511)."""
    links = [link for link in chart.links if link.stroke is not Stroke.INVISIBLE]
    unsure = [one for one in links if not one.directed or "double" in one.arrow]
    if not unsure:
        return
    more = f", and of {len(unsure) - 1} more" if len(unsure) > 1 else ""
    message = f"the direction of a link is not drawn{more}"
    place = Place(
        unsure[0].span, f"read as `{unsure[0].source} --> {unsure[0].target}`"
    )
    yield Diagnostic(Code.GC511, message, place, severity=Severity.WARNING)


def _wire(link: Link) -> Wire:
    label = None if link.label is None else plain(link.label, markdown=link.markdown)
    size = None if label is None else read_size(label)
    return Wire(
        link.source,
        link.target,
        size,
        link.source_span,
        link.target_span,
        link.span,
        label if size is None else None,
    )


def sizes_drawn(figure: Figure) -> int:
    """Return how many sizes a figure shows."""
    on_wires = sum(wire.size is not None for wire in figure.wires)
    return on_wires + sum(box.size is not None for box in figure.boxes.values())


def free_name(name: str, taken: Mapping[str, object]) -> str:
    """Return a name for a box that no other has."""
    found, number = name, 2
    while found in taken:
        found, number = f"{name}_{number}", number + 1
    return found
