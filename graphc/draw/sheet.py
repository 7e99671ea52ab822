"""Nodes as boxes, edges as arrows, a module as a group."""

from collections.abc import Iterator, Sequence, Set
from itertools import pairwise
from typing import TypeAlias

from graphc.draw.alike import Bunch
from graphc.draw.bunch import bunched, lines_of_bunch, name_of_bunch
from graphc.draw.drawing import Arrow, Box, Group, Standing
from graphc.draw.rows import Row, is_row, names_of
from graphc.draw.straighten import straightened
from graphc.draw.tooltip import Teller, inferred_text, stage_text
from graphc.draw.words import box_id, cut, family_of, lines_of, shared, times
from graphc.infer import Instance, Sized, Stage, known_text
from graphc.ir import Edge, Graph, Module, Node, Op, Term
from graphc.lang import ShapeText, Unknown, names
from graphc.record import record

Path = tuple[str, ...]
"""The names that lead from the drawing to a box: of modules, nodes, instances."""

Ways: TypeAlias = dict[tuple[str, str], list[Edge]]
"""The edges between two boxes, by the ids of these."""

ROOM = 1_000_000
"""Room for all that can be drawn at all, in boxes and arrows."""


@record
class Sheet:
    """What draws the parts of one network, each for one or more instances."""

    sized: Sized
    teller: Teller

    def group(self, module: Module, *, title: str, room: int = ROOM) -> Group:
        """Return a module drawn once, for every instance of it.

        Where there is no ``room`` for a box for each node, several share one.
        """
        return straightened(self._group(module, title, room))

    def _group(self, module: Module, title: str, room: int) -> Group:
        instances = self.sized.of(module)
        path = (module.name,)
        bunches = self.bunches(module.graph, room)
        rows = [self._row(bunch, instances, path) for bunch in bunches]
        parted = zip(bunches, rows, strict=True)
        by_name = {node.name: row for bunch, row in parted for node in bunch.nodes}
        arrows = [arrow for row in rows for arrow in row.arrows]
        ways: Ways = {}
        for edge in module.graph.edges:
            ends = by_name[edge.source].exit, by_name[edge.target].entry
            ways.setdefault(ends, []).append(edge)
        shared = {row.entry for row in rows if row.boxes[0].count > 1}
        arrows += self.arrows(ways, shared, instances)
        return Group(
            box_id(*path),
            title,
            self.teller.module(module, instances),
            tuple(box for row in rows for box in row.boxes),
            arrows=tuple(arrows),
        )

    def bunches(self, graph: Graph, room: int) -> tuple[Bunch, ...]:
        """Return the nodes of a graph in bunches; what is mistaken stays in sight."""
        wrong = [edge for edge in graph.edges if edge in self.sized.mistakes]
        apart = {name for edge in wrong for name in (edge.source, edge.target)}
        return bunched(graph, room, apart)

    def arrows(
        self, ways: Ways, shared: Set[str], instances: Sequence[Instance]
    ) -> Iterator[Arrow]:
        """Yield an arrow for each edge; one for all between two boxes if one is shared.

        ``shared`` are the ids of boxes that several nodes share.
        """
        for (source, target), edges in ways.items():
            together = source in shared or target in shared
            if together and source == target:
                continue
            for some in [edges] if together else [[edge] for edge in edges]:
                sizes = [self.size(edge, instances) for edge in some]
                told = _several(list(dict.fromkeys(size for size, _ in sizes)))
                standings = [standing for _, standing in sizes]
                tooltip = self.teller.edges(some, instances)
                yield Arrow(source, target, told, _weightiest(standings), tooltip)

    def _row(self, bunch: Bunch, instances: Sequence[Instance], path: Path) -> Row:
        """Return the boxes of a node: one, or one for each part of a row of modules.

        Several nodes share one.
        """
        node = bunch.nodes[0]
        if len(bunch.nodes) > 1:
            return Row((self.shared(bunch, instances, path),))
        if not is_row(node, instances):
            return Row((self.box(node, instances, path),))
        stages = instances[0].stages(node)
        boxes = [
            self.stage(node, stage, (*path, name))
            for stage, name in zip(stages, names_of(node, stages), strict=True)
        ]
        found = [[_given(s) for s in one.stages(node)[:-1]] for one in instances]
        arrows = []
        for stage, (one, other), sizes in zip(
            stages, pairwise(boxes), zip(*found, strict=True), strict=False
        ):
            size = _several(list(dict.fromkeys(sizes)))
            arrows.append(self.between(one.id, other.id, stage.term, size))
        return Row(tuple(boxes), tuple(arrows))

    def between(self, source: str, target: str, term: Term, size: str) -> Arrow:
        """Return the arrow behind a term of a row, which gives that size."""
        mistake = self.sized.mistakes.get(term)
        if mistake is not None:
            told = f"annotated {mistake.annotated}, inferred {size}"
            size = f"{mistake.annotated} \u2260 {size}"
            return Arrow(source, target, size, Standing.MISTAKEN, told)
        whole = _is_whole(term.shape)
        standing = Standing.ANNOTATED if whole else Standing.INFERRED
        return Arrow(source, target, size, standing, f"{size} ({standing.value})")

    def box(self, node: Node, instances: Sequence[Instance], path: Path) -> Box:
        """Return the box of a node; a repeat of one term is told by a badge."""
        repeated = len(node.terms) == 1 and node.terms[0].repeat is not None
        badge = times(_repeat(node, instances)) if repeated else ""
        lines = lines_of(node.terms, repeats=not repeated)
        plain = " ".join(lines).casefold()
        return Box(
            box_id(*path, node.name),
            lines,
            "" if node.name.casefold() == plain else cut(f"{node.name}{shared(node)}"),
            family_of(node),
            badge,
            self.teller.node(node, instances),
        )

    def shared(self, bunch: Bunch, instances: Sequence[Instance], path: Path) -> Box:
        """Return the box of several nodes."""
        return Box(
            box_id(*path, bunch.nodes[0].name),
            lines_of_bunch(bunch),
            name_of_bunch(bunch),
            None,
            "",
            self.teller.bunch(bunch, instances),
            len(bunch.nodes),
        )

    def stage(self, node: Node, stage: Stage, path: Path) -> Box:
        """Return the box of one term of a node."""
        target = stage.term.target
        return Box(
            box_id(*path),
            lines_of((stage.term,), repeats=False),
            cut(f"{path[-1]}{shared(node)}"),
            target.family if isinstance(target, Op) else None,
            times(stage.count),
            f"{node.name}: {stage_text(stage)}",
        )

    def size(self, edge: Edge, instances: Sequence[Instance]) -> tuple[str, Standing]:
        """Return the size to write on an edge, and how it came to be there.

        Where instances differ it is the size as annotated if that has names in it,
        otherwise that of the first instance with an ellipsis behind it.
        """
        mistake = self.sized.mistakes.get(edge)
        if mistake is not None:
            inferred = inferred_text(edge, mistake, instances)
            return f"{mistake.annotated} \u2260 {inferred}", Standing.MISTAKEN
        standing = Standing.ANNOTATED if _is_whole(edge.shape) else Standing.INFERRED
        texts = list(dict.fromkeys(known_text(one.known(edge)) for one in instances))
        if len(texts) > 1 and edge.shape is not None and _is_general(edge.shape):
            return cut(str(edge.shape)), standing
        return _several(texts or ["?"]), standing


def _repeat(node: Node, instances: Sequence[Instance]) -> object:
    """Return how often a node is repeated: a number if it is the same everywhere."""
    counts = {stage.count for one in instances for stage in one.stages(node)}
    return counts.pop() if len(counts) == 1 else node.terms[0].repeat


def _given(stage: Stage) -> str:
    """Return the sizes behind a term."""
    return ", ".join(map(known_text, stage.outputs))


def _several(texts: Sequence[str]) -> str:
    """Return a size, with an ellipsis behind it where there are others."""
    return cut(texts[0]) if len(texts) == 1 else f"{cut(texts[0])}, \u2026"


def _weightiest(standings: Sequence[Standing]) -> Standing:
    """Return how the size of several edges came to be there: any mistake counts."""
    order = (Standing.MISTAKEN, Standing.INFERRED, Standing.ANNOTATED)
    return min(standings, key=order.index)


def _is_whole(shape: ShapeText | None) -> bool:
    return shape is not None and not any(isinstance(d, Unknown) for d in shape.dims)


def _is_general(shape: ShapeText) -> bool:
    return any(names(d) for d in shape.dims if not isinstance(d, Unknown))
