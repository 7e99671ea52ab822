"""Nodes as boxes, edges as arrows, a module as a group."""

from collections.abc import Sequence
from dataclasses import dataclass

from graphc.draw.drawing import Arrow, Box, Group, Standing
from graphc.draw.straighten import straightened
from graphc.draw.tooltip import Teller, inferred_text, stage_text
from graphc.draw.words import box_id, cut, family_of, lines_of, times
from graphc.infer import Instance, Sized, Stage, known_text
from graphc.ir import Edge, Module, Node, Op
from graphc.lang import ShapeText, Unknown, names

Path = tuple[str, ...]
"""The names that lead from the drawing to a box: of modules, nodes, instances."""


@dataclass(frozen=True, slots=True)
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
        return Group(
            box_id(*path),
            title,
            self.teller.module(module, instances),
            tuple(self.box(node, instances, path) for node in graph.nodes.values()),
            arrows=tuple(self.arrow(edge, instances, path) for edge in graph.edges),
        )

    def box(self, node: Node, instances: Sequence[Instance], path: Path) -> Box:
        """Return the box of a node; a repeat of one term is told by a badge."""
        repeated = len(node.terms) == 1 and node.terms[0].repeat is not None
        badge = times(_repeat(node, instances)) if repeated else ""
        lines = lines_of(node.terms, repeats=not repeated)
        plain = " ".join(lines).casefold()
        return Box(
            box_id(*path, node.name),
            lines,
            "" if node.name.casefold() == plain else cut(node.name),
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
            cut(path[-1]),
            target.family if isinstance(target, Op) else None,
            times(stage.count),
            f"{node.name}: {stage_text(stage)}",
        )

    def arrow(self, edge: Edge, instances: Sequence[Instance], path: Path) -> Arrow:
        """Return the arrow of an edge within a module."""
        size, standing = self.size(edge, instances)
        return Arrow(
            box_id(*path, edge.source),
            box_id(*path, edge.target),
            size,
            standing,
            self.teller.edge(edge, instances),
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
        if len(texts) < 2:
            return cut(texts[0] if texts else "?"), standing
        if edge.shape is not None and _is_general(edge.shape):
            return cut(str(edge.shape)), standing
        return f"{cut(texts[0])}, \u2026", standing


def _repeat(node: Node, instances: Sequence[Instance]) -> object:
    """Return how often a node is repeated: a number if it is the same everywhere."""
    counts = {stage.count for one in instances for stage in one.stages(node)}
    return counts.pop() if len(counts) == 1 else node.terms[0].repeat


def _is_whole(shape: ShapeText | None) -> bool:
    return shape is not None and not any(isinstance(d, Unknown) for d in shape.dims)


def _is_general(shape: ShapeText) -> bool:
    return any(names(d) for d in shape.dims if not isinstance(d, Unknown))
