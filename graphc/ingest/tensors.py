"""Boxes that are tensors, and ops that stand on links: figures of the other kind."""

import re
from collections.abc import Mapping
from dataclasses import replace

from graphc.ingest.boxes import Modules, free_name, place
from graphc.ingest.figure import Box, Figure, Item, Role, Wire
from graphc.ingest.notation import read_label, read_size
from graphc.ingest.text import made

_TENSORS = (Role.TENSOR, Role.WORDS, Role.INPUT, Role.OUTPUT)


def ops_on_wires(figure: Figure, modules: Modules) -> None:
    """Give each op that stands on a link between tensors a box of its own.

    ``image -->|"Flatten"| flat`` is ``image --> flatten --> flat``.
    """
    _read_numbers(figure, modules)
    found: list[Wire] = []
    for wire in figure.wires:
        box = _op_on(wire, figure, modules)
        if box is None:
            found.append(wire)
            continue
        figure.boxes[box.name] = box
        found.append(replace(wire, target=box.name, target_span=wire.span, label=None))
        found.append(replace(wire, source=box.name, source_span=wire.span, label=None))
    figure.wires[:] = found


def _read_numbers(figure: Figure, modules: Modules) -> None:
    """Let a number behind an op on a link be a size, and no layer of that width.

    ``maps["16x5x5"] -->|"Flatten"| flat["400"]`` has no ``Linear 400``.
    """
    into, out_of = figure.entering(), figure.leaving()
    for wire in figure.wires:
        ends = [figure.boxes.get(name) for name in (wire.source, wire.target)]
        boxes = [box for box in ends if box is not None]
        alike = all(box.role in _TENSORS or _is_number(box) for box in boxes)
        if wire.label is None or not alike:
            continue
        if read_label(wire.label, modules).label is None:
            continue
        for box in filter(_is_number, boxes):
            item = box.items[-1]
            size = read_size(made(item.drawn, box.label_span))
            box.role, box.unsaid, box.takes, box.note = Role.TENSOR, (), None, None
            box.items = [replace(item, label=None, size=size)]
            place(box, len(into[box.name]), len(out_of[box.name]))


def _is_number(box: Box) -> bool:
    return box.role is Role.OP and box.items[-1].drawn.isdecimal()


def _op_on(wire: Wire, figure: Figure, modules: Modules) -> Box | None:
    ends = (figure.boxes.get(wire.source), figure.boxes.get(wire.target))
    if wire.label is None or not any(end and end.role in _TENSORS for end in ends):
        return None
    reading = read_label(wire.label, modules)
    if reading.label is None:
        return None
    words = re.findall(r"[a-z]+|[A-Z]+[a-z]*|\d+", reading.label.text.split()[0])
    name = free_name("_".join(words).lower() or "op", figure.boxes)
    return Box(
        name,
        Role.OP,
        [Item(reading.label, reading.size, wire.label.span)],
        wire.label.span,
        wire.label.span,
        reading.unsaid,
        reading.takes,
        note="; ".join(reading.told) or None,
        is_sure=reading.sure,
    )


def without_tensors(figure: Figure) -> None:
    """Take out boxes that only show the tensor that an op hands on.

    Their sizes go to the wires: ``conv --> "64x56x56" --> pool`` is one wire. A tensor
    behind another tensor stays: what makes one of the other is not drawn.
    """
    into, out_of = figure.entering(), figure.leaving()
    for box in list(figure.boxes.values()):
        if box.role is not Role.TENSOR or len(into[box.name]) != 1:
            continue
        before = into[box.name][0]
        source = figure.boxes.get(before.source)
        if source is None or not _is_bare(source) or before.size is not None:
            continue
        _passed(box, before, out_of)
        del figure.boxes[box.name]
    figure.wires[:] = [
        wire
        for wire in figure.wires
        if wire.source in figure.boxes and wire.target in figure.boxes
    ]


def _is_bare(source: Box) -> bool:
    """Whether the tensor behind a box shows what the box itself gives."""
    if source.role is Role.INPUT:
        return source.size is None
    return source.role is Role.OP


def _passed(box: Box, before: Wire, out_of: Mapping[str, list[Wire]]) -> None:
    """Let what a tensor goes to read it where it is made."""
    for wire in out_of[box.name]:
        wire.source = before.source
        wire.source_span = before.source_span
        wire.source_port = before.source_port
        wire.size = wire.size or box.size
        out_of[before.source].append(wire)
