"""How many parameters and multiply-accumulates stand behind a box."""

from dataclasses import dataclass, field
from functools import reduce
from operator import mul

from graphc.infer import Body, Instance, Stage
from graphc.ir import Layer, Op, Term
from graphc.lang import Size


@dataclass(frozen=True, slots=True)
class Cost:
    """Numbers of parameters, and of multiply-accumulates (MACs) at batch 1."""

    parameters: Size = 0
    macs: Size = 0

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(self.parameters + other.parameters, self.macs + other.macs)

    def times(self, count: int) -> "Cost":
        """Return the cost of so many of it."""
        return Cost(self.parameters * count, self.macs * count)

    @property
    def text(self) -> str:
        """Return the cost in words: ``896 parameters, 19,181,664 MACs``."""
        return f"{_number(self.parameters)} parameters, {_number(self.macs)} MACs"


def _number(size: Size) -> str:
    return f"{size:,}" if isinstance(size, int) else str(size)


@dataclass(frozen=True, slots=True)
class Costs:
    """The costs of stages and instances; what is shared is counted once."""

    _known: dict[Instance, Cost] = field(default_factory=dict)

    def of_stages(self, stages: tuple[Stage, ...]) -> Cost:
        """Return the cost of stages in a row."""
        return sum(map(self._of_stage, stages), Cost())

    def of_instance(self, instance: Instance) -> Cost:
        """Return the cost of a module instance, of what is known in it."""
        if instance not in self._known:
            nodes = instance.module.graph.nodes.values()
            costs = (self.of_stages(instance.stages(node)) for node in nodes)
            self._known[instance] = sum(costs, Cost())
        return self._known[instance]

    def _of_stage(self, stage: Stage) -> Cost:
        runs = (
            self._of_body(run.body, stage.term).times(run.count) for run in stage.runs
        )
        return sum(runs, Cost())

    def _of_body(self, body: Body, term: Term) -> Cost:
        if isinstance(body, Instance):
            return self.of_instance(body)
        return _of_layer(body, term.target) if isinstance(term.target, Op) else Cost()


def _of_layer(layer: Layer, op: Op) -> Cost:
    one: Size = 1
    weights = [weight for weight in op.weights(layer) if not weight.buffer]
    parameters = sum((reduce(mul, weight.shape, one) for weight in weights), 0)
    return Cost(parameters, op.macs(layer))
