"""Nodes as boxes, edges as arrows, a module as a group."""

from collections.abc import Sequence
from itertools import pairwise

from graphc.draw.drawing import Arrow, Box, Group, Standing
from graphc.draw.rows import Row, is_row, names_of
from graphc.draw.straighten import straightened
from graphc.draw.tooltip import Teller, inferred_text, stage_text
from graphc.draw.words import box_id, cut, family_of, lines_of, shared, times
from graphc.infer import Instance, Sized, Stage, known_text
from graphc.ir import Edge, Module, Node, Op, Term
from graphc.lang import ShapeText, Unknown, names
from graphc.record import record

Path = tuple[str, ...]
"""The names that lead from the drawing to a box: of modules, nodes, instances."""


@record
class Sheet:
    """What draws the parts of one network, each for one or more instances."""

    sized: Sized
    teller: Teller

    def group(self, module: Module, *, title: str) -> Group:
        """Return a module drawn once, for every instance of it."""
        return straightened(self._group(module, title))

    def _group(self, module: Module, title: str) -> Group:
        instances = self.sized.of(module)
        path = (module.name,)
        graph = module.graph
        rows = {
            node.name: self._row(node, instances, path) for node in graph.nodes.values()
        }
        arrows = [arrow for row in rows.values() for arrow in row.arrows]
        for edge in graph.edges:
            ends = rows[edge.source].exit, rows[edge.target].entry
            size, standing = self.size(edge, instances)
            tooltip = self.teller.edge(edge, instances)
            arrows.append(Arrow(*ends, size, standing, tooltip))
        return Group(
            box_id(*path),
            title,
            self.teller.module(module, instances),
            tuple(box for row in rows.values() for box in row.boxes),
            arrows=tuple(arrows),
        )

    def _row(self, node: Node, instances: Sequence[Instance], path: Path) -> Row:
        """Return the boxes of a node: one, or one for each part of a row of modules."""
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


def _is_whole(shape: ShapeText | None) -> bool:
    return shape is not None and not any(isinstance(d, Unknown) for d in shape.dims)


def _is_general(shape: ShapeText) -> bool:
    return any(names(d) for d in shape.dims if not isinstance(d, Unknown))
