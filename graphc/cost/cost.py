"""The cost of instances, nodes and layers."""

from collections.abc import Iterable
from functools import reduce
from operator import mul

from graphc.cost.parts import Part
from graphc.diagnostics import numeral
from graphc.infer import Instance, Stage, inner_first
from graphc.ir import Layer, Node, Op
from graphc.lang import Size
from graphc.record import record


@record
class Cost:
    """Elements of parameters and of buffers, and multiply-accumulates at batch 1.

    Buffers are the floating-point ones, such as running means; the count of batches
    that a normalization has seen is none of them. Only what multiplies matrices has
    multiply-accumulates: convolutions, linear layers, attention, matrix products.
    """

    parameters: Size = 0
    buffers: Size = 0
    macs: Size = 0

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(
            self.parameters + other.parameters,
            self.buffers + other.buffers,
            self.macs + other.macs,
        )

    def __mul__(self, count: int) -> "Cost":
        return Cost(self.parameters * count, self.buffers * count, self.macs * count)

    @property
    def text(self) -> str:
        """Return the cost in words: ``896 parameters, 19,181,664 MACs``."""
        return f"{_number(self.parameters)} parameters, {_number(self.macs)} MACs"


def _number(size: Size) -> str:
    return numeral(size) if isinstance(size, int) else str(size)


def cost(instance: Instance) -> Cost:
    """Return what an instance costs, with everything in it.

    Each distinct instance is looked at once, however often it is repeated. The
    parameters of a node that shares the module of another are counted there.
    """
    return Costs().of_instance(instance)


def node_cost(instance: Instance, node: Node) -> Cost:
    """Return what a node of an instance costs."""
    return Costs().of_node(instance, node)


def layer_cost(op: Op, layer: Layer) -> Cost:
    """Return what one layer costs."""
    weights = op.weights(layer)
    return Cost(
        elements(weight.shape for weight in weights if not weight.buffer),
        elements(w.shape for w in weights if w.buffer and not w.integer),
        op.macs(layer),
    )


def elements(shapes: Iterable[tuple[Size, ...]]) -> Size:
    """Return the number of elements of tensors."""
    total: Size = 0
    for shape in shapes:
        total = total + reduce(mul, shape, 1)
    return total


class Costs:
    """Costs of instances, each kept once it is known."""

    def __init__(self) -> None:
        self._known: dict[Instance, Cost] = {}

    def of_instance(self, instance: Instance) -> Cost:
        """Return the cost of an instance, of what is known in it."""
        for one in inner_first(instance, self._known):
            nodes = one.module.graph.nodes.values()
            self._known[one] = _sum(self.of_node(one, node) for node in nodes)
        return self._known[instance]

    def of_node(self, instance: Instance, node: Node) -> Cost:
        """Return the cost of a node; one that shares a module adds no parameters."""
        found = self.of_stages(instance.stages(node))
        holds = instance.module.graph.origin(node) is node
        return found if holds else Cost(macs=found.macs)

    def of_stages(self, stages: Iterable[Stage]) -> Cost:
        """Return the cost of stages in a row."""
        return _sum(map(self._of_stage, stages))

    def of_part(self, part: Part) -> Cost:
        """Return the cost of one of a part."""
        return _sum(self._of_body(piece.op, piece.body) for piece in part.pieces)

    def _of_stage(self, stage: Stage) -> Cost:
        target = stage.term.target
        op = target if isinstance(target, Op) else None
        return _sum(self._of_body(op, run.body) * run.count for run in stage.runs)

    def _of_body(self, op: Op | None, body: Layer | Instance) -> Cost:
        if isinstance(body, Instance):
            return self.of_instance(body)
        return Cost() if op is None else layer_cost(op, body)


def _sum(costs: Iterable[Cost]) -> Cost:
    return sum(costs, start=Cost())
