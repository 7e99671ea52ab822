"""A network node by node, its modules opened as a tree."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeAlias

from graphc.cost import (
    Costs,
    Memory,
    Part,
    Peaks,
    Seen,
    Sight,
    Sights,
    chained,
    input_bytes,
    parts,
    untouched,
)
from graphc.infer import Instance, Known, Shape, Sized
from graphc.ir import Node
from graphc.record import record
from graphc.tables.depth import deepest, is_one
from graphc.tables.figures import Field, Figures, field, figures


@record
class Row:
    """A node, or a part of one that is made of several things in a row.

    ``path`` names it as keys of the ``state_dict`` do; ``0-4`` in it are five places of
    a repeat. ``depth`` is how far the row is indented, ``level`` how many modules are
    opened around it. ``count`` of them stand in a row here, each with the figures
    ``each``; ``times`` of them are in the whole model. ``outputs`` are the shapes it
    hands on, ``fields`` their receptive fields: of a repeat and of all inside it those
    of the last, which are the largest.
    """

    path: str
    name: str
    label: str
    depth: int
    level: int
    count: int
    times: int
    outputs: tuple[Shape, ...]
    each: Figures
    fields: tuple[Field, ...]

    @property
    def total(self) -> Figures:
        """The figures of all of them in the model."""
        return self.each * self.times


@record
class Summary:
    """A network as rows, in the order of its graph, and what they add up to.

    ``peak`` is the most bytes of tensors held at once, the input among them, when the
    network is evaluated in its best order; None where sizes are symbolic. ``unopened``
    tells that modules at the last level of ``rows`` were left closed because there
    would have been too many rows.
    """

    model: str
    inputs: tuple[Known, ...]
    outputs: tuple[Known, ...]
    rows: tuple[Row, ...]
    total: Figures
    peak: int | None
    unopened: bool = False


def summarize(sized: Sized, depth: int | None = None) -> Summary:
    """Return the summary of a network without errors.

    ``depth`` is how many levels of modules are opened; None for all.
    """
    model = sized.model
    opening = _Opening(model)
    opened = deepest(model, depth)
    memory = opening.memory
    peak, held = Peaks().peak(model), input_bytes(model)
    return Summary(
        model.name,
        model.inputs,
        model.outputs,
        tuple(opening.rows(opened.levels)),
        figures(opening.costs.of_instance(model), memory.made(model)),
        peak + held if isinstance(peak, int) and isinstance(held, int) else None,
        unopened=opened.has_more and opened.levels != depth,
    )


@record
class _Place:
    """Where rows stand: inside what, how deep, how often, and what arrives there."""

    path: str
    depth: int
    level: int
    times: int
    arriving: Sight


Rows: TypeAlias = "Iterator[Row | Rows]"
"""Rows, and among them those of what is inside, in their order."""


@record
class _Thing:
    """What a row tells of, but for where it stands."""

    name: str
    label: str
    outputs: tuple[Shape, ...]
    each: Figures
    seen: Seen
    count: int = 1


class _Opening:
    """The rows of one model."""

    def __init__(self, model: Instance) -> None:
        self._model = model
        self.costs = Costs()
        self._sights = Sights()
        self.memory = Memory()

    def rows(self, depth: int) -> Iterator[Row]:
        """Yield the rows, modules opened that deep.

        Those of what is inside wait in a list, not in calls, which go less deep.
        """
        ranks = [len(shape or ()) for shape in self._model.inputs]
        place = _Place("", 0, 0, 1, untouched(ranks))
        waiting = [self._inside(self._model, place, depth)]
        while waiting:
            found = next(waiting[-1], None)
            if found is None:
                waiting.pop()
            elif isinstance(found, Row):
                yield found
            else:
                waiting.append(found)

    def _inside(self, instance: Instance, place: _Place, depth: int) -> Rows:
        for node in instance.module.graph.order:
            if node.is_input or node.is_output:
                if place.level == 0:
                    yield self._end(instance, node, place)
            else:
                yield self._node(instance, node, place, depth)

    def _end(self, instance: Instance, node: Node, place: _Place) -> Row:
        """Return the row of an Input or Output node of the model."""
        graph = instance.module.graph
        edge = (*graph.into(node.name), *graph.out_of(node.name))[0]
        shape = instance.shape(edge)
        seen = self._sights.tensors(instance)[edge.source, edge.output]
        outputs = () if shape is None else (shape,)
        thing = _Thing(node.name, _label(node), outputs, Figures(), seen)
        return self._row(place, thing)

    def _node(self, instance: Instance, node: Node, place: _Place, depth: int) -> Rows:
        stages = instance.stages(node)
        found = parts(stages)
        tensors = self._sights.tensors(instance)
        (seen,) = chained(place.arriving, (tensors[node.name, 0],))
        cost = self.costs.of_node(instance, node)
        numbers = figures(cost, self.memory.of_node(instance, node))
        label = _label(node)
        thing = _Thing(node.name, label, stages[-1].outputs, numbers, seen)
        row = self._row(place, thing)
        yield row
        arriving = chained(place.arriving, self._sights.arriving(instance, node))
        inner = _Place(row.path, place.depth + 1, place.level, place.times, arriving)
        if node.same is not None:
            return
        if is_one(found):
            yield self._opened(found[0], inner, depth)
        else:
            yield self._parts(found, inner, depth)

    def _parts(self, found: Sequence[Part], place: _Place, depth: int) -> Rows:
        """Yield rows for each part of a node."""
        arriving = place.arriving
        for part in found:
            last = arriving
            if part.count > 1:
                last = chained(arriving, self._sights.of_part(part, part.count - 1))
            arriving = chained(arriving, self._sights.of_part(part))
            row = self._row(place, self._part(part, arriving[0]))
            yield row
            inner = _Place(row.path, row.depth + 1, place.level, row.times, last)
            yield self._opened(part, inner, depth)

    def _part(self, part: Part, seen: Seen) -> _Thing:
        name = (
            f"{part.first}-{part.last}" if part.last > part.first else f"{part.first}"
        )
        numbers = figures(self.costs.of_part(part), self.memory.of_part(part))
        return _Thing(name, part.label, part.outputs, numbers, seen, part.count)

    def _opened(self, part: Part, place: _Place, depth: int) -> Rows:
        if part.instance is not None and place.level < depth:
            inside = replace(place, level=place.level + 1)
            yield self._inside(part.instance, inside, depth)

    def _row(self, place: _Place, thing: _Thing) -> Row:
        return Row(
            f"{place.path}.{thing.name}" if place.path else thing.name,
            thing.name,
            thing.label,
            place.depth,
            place.level,
            thing.count,
            place.times * thing.count,
            thing.outputs,
            thing.each,
            tuple(self._fields(thing.seen)),
        )

    def _fields(self, seen: Seen) -> Iterator[Field]:
        names = (node.name for node in self._model.module.inputs)
        for name, view in zip(names, seen, strict=False):
            if view is not None:
                yield field(name, view)


def _label(node: Node) -> str:
    """Return the label of a node, in the spec's words."""
    if node.same is not None:
        return f"same as {node.same}"
    text = ""
    for term in node.terms:
        if term.repeat is None:
            text += f" {term.text}"
        else:
            text += f"{',' if text else ''} {term.repeat} x {term.text}"
    return text.strip()
