"""Subgraphs become modules."""

from collections.abc import Collection
from dataclasses import replace

from graphc.ingest.borders import boxes_in, inner_first
from graphc.ingest.boxes import free_name
from graphc.ingest.figure import Box, Figure, Item, Role, Wire
from graphc.ingest.notation import class_name
from graphc.ingest.terms import named_in
from graphc.ingest.text import made
from graphc.ingest.wiring import Crossing, Wiring, owners
from graphc.mermaid import Flowchart, Subgraph
from graphc.ops import find

_SMALLEST = 2
"""Ops that a subgraph must hold to become a module; fewer are a box around a layer."""


def grouped(figure: Figure, chart: Flowchart, known: Collection[str]) -> None:
    """Take what stands in subgraphs out of a figure, as modules of their own.

    A subgraph with fewer than two ops stays part of the figure, and so does one that
    cannot be a node: something flows out of it and back in. ``known`` are the names of
    modules that there are; no new one is called as one of them.
    """
    by_id = {one.id: one for one in chart.subgraphs}
    if not by_id:
        return
    taken = set(known)
    defined = definitions(chart) & named_in(figure)
    work = _Work(figure)
    placed: dict[str, str] = {}
    for group in inner_first(by_id):
        inside = {placed.get(id_, id_) for id_ in boxes_in(group, by_id)}
        members = inside & figure.boxes.keys()
        title = class_name(group.title.text)
        if title in defined and members:
            work.define(group, title, members)
            taken.add(title)
            continue
        name = work.extract(group, members, taken)
        if name is not None:
            placed[group.id] = name
    work.finish()


def definitions(chart: Flowchart) -> set[str]:
    """Return the names of subgraphs that no link leads into or out of.

    Such a subgraph is a module that labels beside it may name.
    """
    by_id = {one.id: one for one in chart.subgraphs}
    inside: dict[str, set[str]] = {}
    for one in chart.subgraphs:
        members = inside.setdefault(class_name(one.title.text), set())
        members.update((one.id, *boxes_in(one, by_id)))
    named = {name: members for name, members in inside.items() if name}
    around = owners(named)
    crossed: set[str] = set()
    for link in chart.links:
        crossed |= around.get(link.source, set()) ^ around.get(link.target, set())
    return named.keys() - crossed


class _Work:
    """A figure out of which groups of boxes are taken."""

    def __init__(self, figure: Figure) -> None:
        self._figure = figure
        self._wiring = Wiring(figure)
        self._order = {name: number for number, name in enumerate(figure.boxes)}
        self._gone: set[int] = set()

    def extract(
        self, group: Subgraph, members: set[str], taken: set[str]
    ) -> str | None:
        """Put the boxes of a subgraph into a module, and a box for it in their place.

        Return the name of that box; None where all stays as it is.
        """
        figure, wiring = self._figure, self._wiring
        crossing = wiring.crossing(members)
        alone = not crossing.into and not crossing.out_of
        if not alone:
            members = _without_ends(figure, members, crossing)
            crossing = wiring.crossing(members)
        ops = sum(figure.boxes[name].role is Role.OP for name in members)
        if ops < _SMALLEST or members == figure.boxes.keys() or alone:
            return None
        if not wiring.is_closed(members, crossing):
            return None
        module = _module(group, taken)
        taken.add(module)
        part = Figure(module, group.title.span, {}, [], group.span)
        name = free_name(_node_name(group), figure.boxes)
        part.boxes = self._taken_out(members)
        _interface(part, name, crossing)
        self._replace(members, crossing, _use(name, module, group))
        figure.parts.append(part)
        return name

    def define(self, group: Subgraph, name: str, members: set[str]) -> None:
        """Take a module that labels name out of a figure."""
        within = self._wiring.crossing(members).within
        part = Figure(name, group.title.span, {}, within, group.span)
        part.boxes = self._taken_out(members)
        self._gone |= {id(wire) for wire in within}
        self._wiring.take_out(members)
        self._figure.parts.append(part)

    def finish(self) -> None:
        """Put boxes in the order of the figure, and leave out what went elsewhere."""
        figure = self._figure
        order = sorted(figure.boxes, key=self._order.__getitem__)
        figure.boxes = {name: figure.boxes[name] for name in order}
        figure.wires[:] = [
            wire for wire in figure.wires if wire.target and id(wire) not in self._gone
        ]

    def _taken_out(self, members: set[str]) -> dict[str, Box]:
        """Return boxes in the order of the figure, which has them no more."""
        order = sorted(members, key=self._order.__getitem__)
        return {name: self._figure.boxes.pop(name) for name in order}

    def _replace(self, members: set[str], crossing: Crossing, box: Box) -> None:
        """Let a box stand where the first of others stood."""
        self._figure.boxes[box.name] = box
        self._order[box.name] = min(self._order[name] for name in members)
        self._gone |= {id(wire) for wire in crossing.within}
        self._wiring.put_together(members, box.name, crossing)


def _module(group: Subgraph, taken: set[str]) -> str:
    """Return a name for the module that a subgraph becomes."""
    module = class_name(group.title.text) or class_name(group.id) or "Block"
    if find(module) is not None:
        module = f"{module}Block"
    return _free_class(module, taken)


def _use(name: str, module: str, group: Subgraph) -> Box:
    """Return the box of a use of a module."""
    span = group.title.span
    return Box(name, Role.OP, [Item(made(module, span), None, span)], span, span)


def _without_ends(figure: Figure, members: set[str], crossing: Crossing) -> set[str]:
    """Leave out the figure's own inputs and outputs that stand in a subgraph."""
    fed = {wire.target for wire in crossing.into}
    read = {wire.source for wire in crossing.out_of}
    return {
        name
        for name in members
        if (figure.boxes[name].role is not Role.INPUT or name in fed)
        and (figure.boxes[name].role is not Role.OUTPUT or name in read)
    }


def _node_name(group: Subgraph) -> str:
    words = "".join(c if c.isalnum() else " " for c in group.id).split()
    return "_".join(words) or "block"


def _free_class(name: str, taken: set[str]) -> str:
    found, number = name, 2
    while found in taken:
        found, number = f"{name}{number}", number + 1
    return found


def _interface(part: Figure, node: str, crossing: Crossing) -> None:
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
