"""Subgraphs become modules."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from graphc.ingest.boxes import free_name
from graphc.ingest.figure import Box, Figure, Item, Role, Wire
from graphc.ingest.notation import class_name
from graphc.ingest.terms import named_in
from graphc.ingest.text import made
from graphc.mermaid import Flowchart, Subgraph

_SMALLEST = 2
"""Ops that a subgraph must hold to become a module; fewer are a box around a layer."""


@dataclass(frozen=True, slots=True)
class _Crossing:
    """The wires over the border of a subgraph, and those within."""

    into: list[Wire]
    out_of: list[Wire]
    within: list[Wire]


def grouped(figure: Figure, chart: Flowchart, taken: set[str]) -> None:
    """Take what stands in subgraphs out of a figure, as modules of their own.

    A subgraph with fewer than two ops stays part of the figure, and so does one that
    cannot be a node: something flows out of it and back in. ``taken`` are the names of
    modules, and learns of new ones.
    """
    by_id = {one.id: one for one in chart.subgraphs}
    _lead_to_boxes(figure, by_id)
    defined = definitions(chart) & named_in(figure)
    for group in _inner_first(by_id):
        members = set(_boxes_in(group, by_id)) & figure.boxes.keys()
        name = class_name(group.title.text)
        if name in defined and members:
            _define(figure, group, name, members)
            taken.add(name)
        else:
            _extract(figure, group, members, taken)


def definitions(chart: Flowchart) -> set[str]:
    """Return the names of subgraphs that no link leads into or out of.

    Such a subgraph is a module that labels beside it may name.
    """
    by_id = {one.id: one for one in chart.subgraphs}
    inside: dict[str, set[str]] = {}
    for one in chart.subgraphs:
        inside.setdefault(class_name(one.title.text), set()).update(
            _boxes_in(one, by_id)
        )
    return {
        name
        for name, members in inside.items()
        if name
        and all((w.source in members) == (w.target in members) for w in chart.links)
    }


def _inner_first(by_id: dict[str, Subgraph]) -> list[Subgraph]:
    """Return subgraphs, each behind those that stand in it."""
    order: list[Subgraph] = []
    inner = {id_ for one in by_id.values() for id_ in one.members if id_ in by_id}
    pending = [one for one in by_id.values() if one.id not in inner]
    while pending:
        one = pending.pop()
        order.append(one)
        pending.extend(by_id[id_] for id_ in one.members if id_ in by_id)
    return order[::-1]


def _boxes_in(group: Subgraph, by_id: dict[str, Subgraph]) -> Iterable[str]:
    pending = [group]
    while pending:
        one = pending.pop()
        for member in one.members:
            if member in by_id and by_id[member] is not one:
                pending.append(by_id[member])
            yield member
        yield from (one.id,)


def _lead_to_boxes(figure: Figure, by_id: dict[str, Subgraph]) -> None:
    """Let a link to or from a subgraph lead to the boxes at that border of it."""
    if not any(w.source in by_id or w.target in by_id for w in figure.wires):
        return
    entered = {wire.target for wire in figure.wires}
    left = {wire.source for wire in figure.wires}
    found: list[Wire] = []
    for wire in figure.wires:
        sources, targets = [wire.source], [wire.target]
        if wire.source in by_id:
            inside = _known(_boxes_in(by_id[wire.source], by_id), figure)
            sources = [name for name in inside if name not in left]
        if wire.target in by_id:
            inside = _known(_boxes_in(by_id[wire.target], by_id), figure)
            targets = [name for name in inside if name not in entered]
        found.extend(
            replace(wire, source=a, target=b) for a in sources for b in targets
        )
    figure.wires[:] = found


def _known(names: Iterable[str], figure: Figure) -> list[str]:
    inside = set(names)
    return [name for name in figure.boxes if name in inside]


def _extract(
    figure: Figure, group: Subgraph, members: set[str], taken: set[str]
) -> None:
    """Put the boxes of a subgraph into a module, and a box for it in their place."""
    crossing = _crossing(figure, members)
    alone = not crossing.into and not crossing.out_of
    if not alone:
        members = _without_ends(figure, members, crossing)
        crossing = _crossing(figure, members)
    ops = sum(figure.boxes[name].role is Role.OP for name in members)
    if ops < _SMALLEST or members == figure.boxes.keys() or alone:
        return
    if not _is_closed(figure, members, crossing):
        return
    module = class_name(group.title.text) or class_name(group.id) or "Block"
    module = _free_class(module, taken)
    taken.add(module)
    part = Figure(module, group.title.span, {}, list(crossing.within), group.span)
    part.boxes = {n: b for n, b in figure.boxes.items() if n in members}
    name = free_name(_node_name(group), figure.boxes)
    box = Box(
        name,
        Role.OP,
        [Item(made(module, group.title.span), None, group.title.span)],
        group.title.span,
        group.title.span,
    )
    _interface(part, name, crossing)
    _replace(figure, members, box)
    figure.wires[:] = [w for w in figure.wires if w not in crossing.within]
    figure.parts.append(part)


def _define(figure: Figure, group: Subgraph, name: str, members: set[str]) -> None:
    """Take a module that labels name out of a figure."""
    within = [wire for wire in figure.wires if wire.source in members]
    part = Figure(name, group.title.span, {}, within, group.span)
    part.boxes = {n: box for n, box in figure.boxes.items() if n in members}
    figure.boxes = {n: box for n, box in figure.boxes.items() if n not in members}
    figure.wires[:] = [wire for wire in figure.wires if wire.source not in members]
    figure.parts.append(part)


def _crossing(figure: Figure, members: set[str]) -> _Crossing:
    found = _Crossing([], [], [])
    for wire in figure.wires:
        inner = (wire.source in members, wire.target in members)
        if inner == (True, True):
            found.within.append(wire)
        elif inner == (False, True):
            found.into.append(wire)
        elif inner == (True, False):
            found.out_of.append(wire)
    return found


def _without_ends(figure: Figure, members: set[str], crossing: _Crossing) -> set[str]:
    """Leave out the figure's own inputs and outputs that stand in a subgraph."""
    fed = {wire.target for wire in crossing.into}
    read = {wire.source for wire in crossing.out_of}
    return {
        name
        for name in members
        if (figure.boxes[name].role is not Role.INPUT or name in fed)
        and (figure.boxes[name].role is not Role.OUTPUT or name in read)
    }


def _is_closed(figure: Figure, members: set[str], crossing: _Crossing) -> bool:
    """Return whether nothing flows out of boxes and back into them."""
    leaving = figure.leaving()
    reached = {wire.target for wire in crossing.out_of}
    pending = list(reached)
    while pending:
        for wire in leaving[pending.pop()]:
            name = wire.target
            if name not in reached and name not in members:
                reached.add(name)
                pending.append(name)
    return all(wire.source not in reached for wire in crossing.into)


def _node_name(group: Subgraph) -> str:
    words = "".join(c if c.isalnum() else " " for c in group.id).split()
    return "_".join(words) or "block"


def _free_class(name: str, taken: set[str]) -> str:
    found, number = name, 2
    while found in taken:
        found, number = f"{name}{number}", number + 1
    return found


def _interface(part: Figure, node: str, crossing: _Crossing) -> None:
    """Give a module the inputs and outputs that its wires over the border ask for."""
    outer: dict[tuple[str, str | None], str] = {}
    inner_boxes, inner_wires = part.boxes, part.wires
    part.boxes, part.wires = dict(inner_boxes), []
    sources = dict.fromkeys((w.source, w.source_port) for w in crossing.into)
    for wire in crossing.into:
        tensor = (wire.source, wire.source_port)
        if tensor not in outer:
            outer[tensor] = _input(part, wire, len(sources))
        inner = replace(
            wire, source=outer[tensor], source_port=None, size=None, label=None
        )
        if part.boxes[wire.target].role is not Role.INPUT:
            part.wires.append(inner)
    first = {name: part.boxes[name] for name in outer.values()}
    part.boxes = first | inner_boxes
    part.wires.extend(inner_wires)
    _feed(crossing.into, outer, node, len(sources))
    given = list(dict.fromkeys((w.source, w.source_port) for w in crossing.out_of))
    outputs: dict[tuple[str, str | None], str] = {}
    for wire in crossing.out_of:
        tensor = (wire.source, wire.source_port)
        if tensor not in outputs:
            outputs[tensor] = _output(part, wire, len(given))
        wire.source, wire.source_port = node, None
        if len(given) > 1:
            wire.source_port = outputs[tensor]


def _feed(
    into: list[Wire], outer: dict[tuple[str, str | None], str], node: str, count: int
) -> None:
    fed: set[str] = set()
    for wire in into:
        name = outer[wire.source, wire.source_port]
        if name in fed:
            wire.target = ""  # one wire feeds the module, however many read it inside
            continue
        fed.add(name)
        wire.target = node
        wire.target_port = name if count > 1 else None


def _input(part: Figure, wire: Wire, count: int) -> str:
    if part.boxes[wire.target].role is Role.INPUT:
        return wire.target
    wanted = "input" if count == 1 else wire.source
    name = free_name(wanted, part.boxes)
    label = Item(made("Input", wire.span), None, wire.span)
    part.boxes[name] = Box(name, Role.INPUT, [label], wire.span, wire.span)
    return name


def _output(part: Figure, wire: Wire, count: int) -> str:
    if part.boxes[wire.source].role is Role.OUTPUT:
        return wire.source
    wanted = "output" if count == 1 else f"{wire.source}_out"
    name = free_name(wanted, part.boxes)
    label = Item(made("Output", wire.span), None, wire.span)
    part.boxes[name] = Box(name, Role.OUTPUT, [label], wire.span, wire.span)
    inner = replace(wire, target=name, target_port=None, label=None, size=None)
    part.wires.append(inner)
    return name


def _replace(figure: Figure, members: set[str], box: Box) -> None:
    """Let a box stand where the first of others stood."""
    found: dict[str, Box] = {}
    for name, each in figure.boxes.items():
        if name not in members:
            found[name] = each
        elif box.name not in found:
            found[box.name] = box
    figure.boxes = found
    figure.wires[:] = [wire for wire in figure.wires if wire.target]
