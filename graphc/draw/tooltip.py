"""What a reader is told who rests the pointer on a box, an arrow or a frame."""

from collections.abc import Iterator, Sequence

from graphc.cost import Cost, Costs
from graphc.draw.alike import Bunch
from graphc.draw.bunch import kinds, name_of_bunch
from graphc.draw.drawing import Standing
from graphc.draw.words import term_text
from graphc.infer import Instance, Mistake, Sized, Stage, known_text
from graphc.ir import Edge, Layer, Module, Node, Op
from graphc.lang import value_text
from graphc.record import record

_MOST = 6


@record
class Teller:
    """The tooltips of one drawing."""

    sized: Sized
    costs: Costs

    def node(self, node: Node, instances: Sequence[Instance]) -> str:
        """Return label, note, arguments, sizes and cost of a node.

        Where the sizes differ between instances of its module, those of each are told.
        """
        label = ", ".join(map(term_text, node.terms))
        same = f", the same as {node.same}" if node.same is not None else ""
        first = f"{node.name}: {label}{same}"
        lines = [first, *([node.note] if node.note else [])]
        told = dict.fromkeys("\n".join(self._stages(one, node)) for one in instances)
        return "\n".join([*lines, *few(list(told))]).rstrip()

    def bunch(self, bunch: Bunch, instances: Sequence[Instance]) -> str:
        """Return what several nodes are, and their cost where it is one number."""
        first = f"{name_of_bunch(bunch)}: {len(bunch.nodes):,} nodes, {kinds(bunch)}"
        if len(instances) != 1:
            return first
        costs = (self.costs.of_node(instances[0], node) for node in bunch.nodes)
        return f"{first}\n{sum(costs, start=Cost()).text}"

    def _stages(self, instance: Instance, node: Node) -> Iterator[str]:
        stages = instance.stages(node)
        yield from map(stage_text, stages)
        if stages:
            yield self.costs.of_node(instance, node).text

    def edge(self, edge: Edge, instances: Sequence[Instance]) -> str:
        """Return the ends of an edge, and its size in each instance."""
        ends = f"{_end(edge.source, edge.output)} -> {_end(edge.target, edge.input)}"
        mistake = self.sized.mistakes.get(edge)
        if mistake is not None:
            inferred = inferred_text(edge, mistake, instances)
            return f"{ends}: annotated {mistake.annotated}, inferred {inferred}"
        sizes = dict.fromkeys(known_text(one.known(edge)) for one in instances)
        how = Standing.INFERRED if edge.shape is None else Standing.ANNOTATED
        return f"{ends}: {', '.join(few(list(sizes)))} ({how.value})"

    def edges(self, edges: Sequence[Edge], instances: Sequence[Instance]) -> str:
        """Return the first of several edges that one arrow stands for."""
        told = [self.edge(edge, instances) for edge in edges[:_MOST]]
        more = len(edges) - len(told)
        return "\n".join([*told, *([f"and {more:,} more"] if more else [])])

    def module(self, module: Module, instances: Sequence[Instance]) -> str:
        """Return what a module is for, and how its instances differ."""
        lines = [module.name, *([module.about] if module.about else [])]
        return "\n".join([*lines, *few([self.instance(one) for one in instances])])

    def instance(self, instance: Instance) -> str:
        """Return the parameters, sizes and cost of an instance."""
        values = " ".join(f"{n}={value_text(v)}" for n, v in instance.values.items())
        inputs = ", ".join(few([*map(known_text, instance.inputs)]))
        outputs = ", ".join(few([*map(known_text, instance.outputs)]))
        sizes = f"{inputs} -> {outputs}" if inputs else outputs
        cost = self.costs.of_instance(instance).text
        return "; ".join(part for part in (values, sizes, cost) if part)


def inferred_text(edge: Edge, mistake: Mistake, instances: Sequence[Instance]) -> str:
    """Return what is inferred for a mistaken edge, as far as it is the same everywhere.

    The rest of the spec may leave a dim open that solving then takes from elsewhere.
    """
    found = {known_text(one.known(edge)) for one in instances}
    return found.pop() if len(found) == 1 else mistake.inferred


def stage_text(stage: Stage) -> str:
    """Return one term with the values of all its arguments, and its sizes."""
    inputs = ", ".join(few([*map(known_text, stage.inputs)]))
    outputs = ", ".join(few([*map(known_text, stage.outputs)]))
    values = "".join(f" {name}={text}" for name, text in _arguments(stage))
    count = f"{stage.count} \u00d7 " if stage.count != 1 else ""
    return f"{count}{_name(stage)}{values}: {inputs} -> {outputs}"


def _name(stage: Stage) -> str:
    target = stage.term.target
    return target.name if isinstance(target, Op) else target


def _arguments(stage: Stage) -> Iterator[tuple[str, str]]:
    body = stage.runs[0].body if stage.runs else None
    if isinstance(body, Layer):
        values = body.arguments.values
    else:
        values = tuple(body.values.items()) if body is not None else ()
    for name, value in values:
        if value is not None:
            yield name, value_text(value)


def _end(name: str, port: int) -> str:
    return name if port == 0 else f"{name}.{port}"


def few(texts: list[str]) -> list[str]:
    """Return the first texts, and how many more there are."""
    more = len(texts) - _MOST
    return texts if more <= 0 else [*texts[:_MOST], f"and {more:,} more"]
