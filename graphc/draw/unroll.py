"""Every instance where it stands, as groups within groups."""

from collections.abc import Iterator, Sequence
from dataclasses import field
from itertools import groupby, pairwise

from graphc.draw.alike import Bunch
from graphc.draw.drawing import Arrow, Box, Group, Standing
from graphc.draw.sheet import Path, Sheet, Ways
from graphc.draw.straighten import straightened
from graphc.draw.words import box_id, shared, times
from graphc.infer import Instance, Stage, inner_first, known_text
from graphc.ir import Node
from graphc.record import record

MOST_BOXES = 4_000
"""How many boxes an unrolled drawing has, roughly: no layout copes with many more."""

_DEEPEST = 32
"""How many frames there are within frames: more cannot be told apart."""


@record
class Part:
    """What stands for an instance, a node, or a piece of one.

    ``entries`` and ``exits`` are the ids of the boxes that arrows lead to and come
    from, by the number of the port.
    """

    boxes: tuple[Box, ...]
    groups: tuple[Group, ...]
    arrows: tuple[Arrow, ...]
    entries: tuple[str, ...]
    exits: tuple[str, ...]


@record
class Piece:
    """A term of a node, or ``count`` instances of its repeat."""

    stage: Stage
    instance: Instance | None
    count: int = 1


@record
class Unroller:
    """What expands the instances of one network."""

    sheet: Sheet
    _counted: dict[Instance, int] = field(default_factory=dict)

    def inside(self, instance: Instance, path: Path, room: int) -> Part:
        """Return what is in an instance, in about ``room`` boxes and arrows at most.

        Where there is no room for all repeats of a module one stands for them, with a
        badge, and where there is none for that, a box; nodes share one at last.
        """
        bunches = self.sheet.bunches(instance.module.graph, room)
        share = room if self.boxes(instance) <= room // 2 else room // len(bunches)
        parts = [self._bunch(instance, bunch, path, share) for bunch in bunches]
        parted = zip(bunches, parts, strict=True)
        by_name = {node.name: part for bunch, part in parted for node in bunch.nodes}
        arrows = [arrow for part in parts for arrow in part.arrows]
        ways: Ways = {}
        for edge in instance.module.graph.edges:
            source = _port(by_name[edge.source].exits, edge.output)
            target = _port(by_name[edge.target].entries, edge.input)
            ways.setdefault((source, target), []).append(edge)
        shared = {box.id for part in parts for box in part.boxes if box.count > 1}
        arrows += self.sheet.arrows(ways, shared, (instance,))
        return Part(
            tuple(box for part in parts for box in part.boxes),
            tuple(group for part in parts for group in part.groups),
            tuple(arrows),
            tuple(by_name[node.name].entries[0] for node in instance.module.inputs),
            tuple(by_name[node.name].exits[0] for node in instance.module.outputs),
        )

    def _bunch(self, instance: Instance, bunch: Bunch, path: Path, room: int) -> Part:
        if len(bunch.nodes) > 1:
            return _alone(self.sheet.shared(bunch, (instance,), path))
        return self._node(instance, bunch.nodes[0], path, room)

    def _node(self, instance: Instance, node: Node, path: Path, room: int) -> Part:
        deep = len(path) > _DEEPEST
        pieces = [] if deep else self._pieces(instance.stages(node), room // 2)
        if len(instance.stages(node)) < len(node.terms) or not pieces:
            return _alone(self.sheet.box(node, (instance,), path))
        parts = [
            self._piece(node, piece, (*path, name), room)
            for piece, name in zip(pieces, _names(node, len(pieces)), strict=True)
        ]
        return self._in_a_row(parts, [piece.stage for piece in pieces])

    def _pieces(self, stages: Sequence[Stage], room: int) -> list[Piece]:
        """Return what a node is expanded to, in so many boxes; nothing for its own."""
        pieces = []
        for stage in stages:
            uses = _uses(stage)
            needed = sum(count * self.boxes(one) for one, count in uses)
            if not uses:
                pieces.append(Piece(stage, None, stage.count))
            elif needed <= room:
                for one, count in uses:
                    pieces += [Piece(stage, one)] * count
            elif max(self.boxes(one) for one, _ in uses) <= room:
                pieces += [Piece(stage, one, count) for one, count in uses]
            else:
                return []
        return pieces if any(piece.instance for piece in pieces) else []

    def _piece(self, node: Node, piece: Piece, path: Path, room: int) -> Part:
        if piece.instance is None:
            return _alone(self.sheet.stage(node, piece.stage, path))
        inner = self.inside(piece.instance, path, room)
        group = Group(
            box_id(*path),
            f"{path[-1]}{shared(node)} \u00b7 {piece.instance.name}",
            f"{piece.instance.name}: {self.sheet.teller.instance(piece.instance)}",
            inner.boxes,
            inner.groups,
            inner.arrows,
            badge=times(piece.count),
        )
        return Part((), (straightened(group),), (), inner.entries, inner.exits)

    def _in_a_row(self, parts: Sequence[Part], stages: Sequence[Stage]) -> Part:
        """Return parts that a tensor passes one after the other."""
        arrows = [arrow for part in parts for arrow in part.arrows]
        ways = pairwise(zip(parts, stages, strict=True))
        for (one, stage), (other, following) in ways:
            size = ", ".join(map(known_text, stage.outputs))
            ends = _port(one.exits, 0), _port(other.entries, 0)
            if following is not stage:
                arrows.append(self.sheet.between(*ends, stage.term, size))
            else:  # what is written behind a repeat is behind its last
                told = f"{size} (inferred)"
                arrows.append(Arrow(*ends, size, Standing.INFERRED, told))
        return Part(
            tuple(box for part in parts for box in part.boxes),
            tuple(group for part in parts for group in part.groups),
            tuple(arrows),
            parts[0].entries,
            parts[-1].exits,
        )

    def boxes(self, instance: Instance) -> int:
        """Return how many boxes an instance takes, fully expanded."""
        for one in inner_first(instance, self._counted):
            nodes = one.module.graph.nodes.values()
            self._counted[one] = sum(
                max(1, sum(map(self._standing, one.stages(node)))) for node in nodes
            )
        return self._counted[instance]

    def _standing(self, stage: Stage) -> int:
        uses = _uses(stage)
        return sum(count * self.boxes(one) for one, count in uses) if uses else 1


def _uses(stage: Stage) -> list[tuple[Instance, int]]:
    """Return the instances in a row, with their number where some are the same."""
    uses = []
    for body, runs in groupby(stage.runs, key=lambda run: run.body):
        if isinstance(body, Instance):
            uses.append((body, sum(run.count for run in runs)))
    return uses


def _names(node: Node, count: int) -> Iterator[str]:
    """Return the names of a node's pieces, as in the keys of the ``state_dict``."""
    if count == 1:
        yield node.name
    else:
        yield from (f"{node.name}.{number}" for number in range(count))


def _alone(box: Box) -> Part:
    return Part((box,), (), (), (box.id,), (box.id,))


def _port(boxes: Sequence[str], number: int) -> str:
    return boxes[min(number, len(boxes) - 1)]
