"""The most memory that is held at once when a network is evaluated.

That is in the best order of its nodes, with each tensor freed when the last node that
reads it is done, and with activations in place: so runs the file for inference. Each
element takes 4 bytes (float32) and the batch is 1. Views (``Flatten``, ``Split``) are
counted like any other tensor, learned tensors (``Parameter``) not at all, since they
are there anyway.
"""

from collections.abc import Iterator
from itertools import chain

from graphc.cost.in_place import InPlace, ends
from graphc.cost.memory import handed_on
from graphc.cost.order import Task, best_order, peak_of
from graphc.cost.parts import Part, Piece, parts
from graphc.infer import Instance, inner_first
from graphc.ir import Module, Node
from graphc.record import record


@record(eq=False)
class _Found:
    """The nodes of an instance in their best order, and the bytes held at most."""

    order: tuple[Node, ...]
    peak: int | None


class Peaks:
    """The peaks of instances, each looked at once."""

    def __init__(self, in_place: InPlace | None = None) -> None:
        self._known: dict[Instance, _Found] = {}
        self._in_place = in_place or InPlace()

    def peak(self, instance: Instance) -> int | None:
        """Return the most bytes that are held at once beside the instance's inputs.

        An op's inputs and its result are held together. None where a size is symbolic.
        """
        return self._of(instance).peak

    def order(self, instance: Instance) -> tuple[Node, ...]:
        """Return the nodes that run and read something, in their best order.

        Where a size is symbolic it is the order of the graph.
        """
        return self._of(instance).order

    def _of(self, instance: Instance) -> _Found:
        for one in inner_first(instance, self._known):
            self._known[one] = self._look(one)
        return self._known[instance]

    def _look(self, instance: Instance) -> _Found:
        nodes = tuple(_running(instance.module))
        tasks = self._tasks(instance, nodes)
        if tasks is None:
            return _Found(nodes, None)
        order = best_order(tasks)
        return _Found(tuple(nodes[place] for place in order), peak_of(tasks, order))

    def _tasks(
        self, instance: Instance, nodes: tuple[Node, ...]
    ) -> tuple[Task, ...] | None:
        graph = instance.module.graph
        places = {node.name: place for place, node in enumerate(nodes)}
        kept = {*ends(instance.module)}
        tasks = []
        for node in nodes:
            inner = self._during(instance, node)
            result = handed_on(instance.stages(node)[-1])
            if inner is None or not isinstance(result, int):
                return None
            sources = dict.fromkeys(edge.source for edge in graph.into(node.name))
            reads = tuple(places[name] for name in sources if name in places)
            tasks.append(Task(reads, inner, result, node.name in kept))
        return tuple(tasks)

    def _during(self, instance: Instance, node: Node) -> int | None:
        """Return the most bytes that a node holds beside its inputs while it runs."""
        most = before = 0
        for piece in chain.from_iterable(map(_passed, parts(instance.stages(node)))):
            inner, result = self._inner(instance, piece), handed_on(piece.body)
            if inner is None or not isinstance(result, int):
                return None
            most, before = max(most, before + inner), result
        return most

    def _inner(self, instance: Instance, piece: Piece) -> int | None:
        """Return the most bytes that a layer or an instance holds beside its inputs.

        What a layer holds only while it runs is freed before it hands on its result.
        """
        if isinstance(piece.body, Instance):
            return self._known[piece.body].peak
        idle = piece.op is not None and piece.op.idle
        if idle or piece.term in self._in_place.terms(instance):
            return 0
        scratch = 0 if piece.op is None else piece.op.scratch(piece.body)
        made = handed_on(piece.body) + scratch
        return made if isinstance(made, int) else None


def _passed(part: Part) -> Iterator[Piece]:
    """Yield the pieces of a part in order; of many repeats two tell all."""
    yield from part.pieces
    yield from part.pieces[: part.count - 1]


def _running(module: Module) -> Iterator[Node]:
    """Yield the nodes that read something and lead to an output, in order."""
    graph = module.graph
    live = {*ends(module)}
    for node in reversed(graph.order):
        if node.name in live:
            live |= {edge.source for edge in graph.into(node.name)}
    for node in graph.order:
        if node.name in live and graph.into(node.name):
            yield node
