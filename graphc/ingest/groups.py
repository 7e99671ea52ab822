"""Subgraphs become modules."""

from dataclasses import replace

from graphc.ingest.borders import boxes_in, inner_first
from graphc.ingest.boxes import free_name
from graphc.ingest.figure import Box, Figure, Item, Role, Wire
from graphc.ingest.notation import class_name
from graphc.ingest.terms import named_in
from graphc.ingest.text import made
from graphc.mermaid import Flowchart, Subgraph
from graphc.ops import find
from graphc.record import record

_SMALLEST = 2
"""Ops that a subgraph must hold to become a module; fewer are a box around a layer."""


@record
class _Crossing:
    """The wires over the border of a subgraph, and those within.

    ``inside`` are those that end in it, from within or not, in the order of the figure.
    """

    into: list[Wire]
    out_of: list[Wire]
    within: list[Wire]
    inside: list[Wire]


def grouped(figure: Figure, chart: Flowchart, taken: set[str]) -> None:
    """Take what stands in subgraphs out of a figure, as modules of their own.

    A subgraph with fewer than two ops stays part of the figure, and so does one that
    cannot be a node: something flows out of it and back in. ``taken`` are the names of
    modules, and learns of new ones.
    """
    by_id = {one.id: one for one in chart.subgraphs}
    defined = definitions(chart) & named_in(figure)
    placed: dict[str, str] = {}
    for group in inner_first(by_id):
        inside = {placed.get(id_, id_) for id_ in boxes_in(group, by_id)}
        members = inside & figure.boxes.keys()
        title = class_name(group.title.text)
        if title in defined and members:
            _define(figure, group, title, members)
            taken.add(title)
            continue
        name = _extract(figure, group, members, taken)
        if name is not None:
            placed[group.id] = name


def definitions(chart: Flowchart) -> set[str]:
    """Return the names of subgraphs that no link leads into or out of.

    Such a subgraph is a module that labels beside it may name.
    """
    by_id = {one.id: one for one in chart.subgraphs}
    inside: dict[str, set[str]] = {}
    for one in chart.subgraphs:
        members = inside.setdefault(class_name(one.title.text), set())
        members.update((one.id, *boxes_in(one, by_id)))
    return {
        name
        for name, members in inside.items()
        if name
        and all((w.source in members) == (w.target in members) for w in chart.links)
    }


def _extract(
    figure: Figure, group: Subgraph, members: set[str], taken: set[str]
) -> str | None:
    """Put the boxes of a subgraph into a module, and a box for it in their place.

    Return the name of that box; None where all stays as it is.
    """
    crossing = _crossing(figure, members)
    alone = not crossing.into and not crossing.out_of
    if not alone:
        members = _without_ends(figure, members, crossing)
        crossing = _crossing(figure, members)
    ops = sum(figure.boxes[name].role is Role.OP for name in members)
    if ops < _SMALLEST or members == figure.boxes.keys() or alone:
        return None
    if not _is_closed(figure, members, crossing):
        return None
    module = class_name(group.title.text) or class_name(group.id) or "Block"
    if find(module) is not None:
        module = f"{module}Block"
    module = _free_class(module, taken)
    taken.add(module)
    part = Figure(module, group.title.span, {}, [], group.span)
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
    within = {id(wire) for wire in crossing.within}
    figure.wires[:] = [wire for wire in figure.wires if id(wire) not in within]
    figure.parts.append(part)
    return name


def _define(figure: Figure, group: Subgraph, name: str, members: set[str]) -> None:
    """Take a module that labels name out of a figure."""
    within = [wire for wire in figure.wires if wire.source in members]
    part = Figure(name, group.title.span, {}, within, group.span)
    part.boxes = {n: box for n, box in figure.boxes.items() if n in members}
    figure.boxes = {n: box for n, box in figure.boxes.items() if n not in members}
    figure.wires[:] = [wire for wire in figure.wires if wire.source not in members]
    figure.parts.append(part)


def _crossing(figure: Figure, members: set[str]) -> _Crossing:
    found = _Crossing([], [], [], [])
    for wire in figure.wires:
        if wire.target in members:
            found.inside.append(wire)
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
    sources = dict.fromkeys((w.source, w.source_port) for w in crossing.into)
    within = {id(wire) for wire in crossing.within}
    for wire in crossing.inside:
        if id(wire) in within:
            part.wires.append(wire)
            continue
        tensor = (wire.source, wire.source_port)
        if tensor not in outer:
            outer[tensor] = _input(part, wire, len(sources))
        inner = replace(
            wire, source=outer[tensor], source_port=None, size=None, label=None
        )
        if part.boxes[wire.target].role is not Role.INPUT:
            part.wires.append(inner)
    first = {name: part.boxes[name] for name in outer.values()}
    part.boxes = first | part.boxes
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
