"""The plan of each module of a network."""

from collections.abc import Iterator
from dataclasses import replace

from graphc.infer.plan import Annotated, Apply, Plan, Step, Tied, Use
from graphc.infer.written import Written, behind_term
from graphc.ir import Graph, Module, Network, Node, Term
from graphc.lang import ShapeText, Unknown, names, symbol


class Planner:
    """Makes the plan of each module of a network once."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._plans: dict[str, Plan] = {}

    def model(self) -> Plan:
        """Return the plan of the model."""
        model = self._network.model
        for name in _targets(model.graph):
            self.module(name)
        plan = _Drafting(self, model).plan()
        return replace(plan, rigid={name: symbol(name) for name in at_inputs(plan)})

    def module(self, name: str) -> Plan:
        """Return the plan of a module, made on first use.

        Those of the modules that it uses are made before it.
        """
        pending = [name]
        while pending:
            module = self._network.modules[pending[-1]]
            inner = [one for one in _targets(module.graph) if one not in self._plans]
            pending += inner
            if not inner:
                if pending[-1] not in self._plans:
                    self._plans[pending[-1]] = _Drafting(self, module).plan()
                pending.pop()
        return self._plans[name]


def _targets(graph: Graph) -> dict[str, None]:
    """Return the modules that a graph uses, in its order."""
    return {
        term.target: None
        for node in graph.nodes.values()
        for term in node.terms
        if isinstance(term.target, str)
    }


def at_inputs(plan: Plan) -> Iterator[str]:
    """Yield the names in the sizes at a plan's inputs that are no parameters."""
    inputs = frozenset(plan.inputs)
    for _, step in plan.annotations:
        if step.free and step.tensor in inputs:
            yield from step.free


class _Drafting:
    """The plan of one module, being made."""

    def __init__(self, planner: Planner, module: Module) -> None:
        self._planner = planner
        self._module = module
        self._graph = module.graph
        self._parameters = {parameter.name for parameter in module.parameters}
        self._tensors = 0
        self._sources: dict[tuple[str, int], int] = {}
        self._steps: list[Apply | Use] = []
        self._rows: list[Annotated] = []

    def plan(self) -> Plan:
        for node in self._graph.order:
            self._node(node)
        sources = self._sources
        sizes = [
            self._annotated(
                Written(edge, edge.shape, edge.source),
                edge.shape,
                sources[edge.source, edge.output],
            )
            for edge in self._graph.edges
            if edge.shape is not None
        ]
        outputs = tuple(self._result(node) for node in self._module.outputs)
        return Plan(
            self._module.name,
            self._module,
            self._tensors,
            (*sizes, *self._rows, *self._tied_steps()),
            tuple(sources[node.name, 0] for node in self._module.inputs),
            outputs,
            sources,
        )

    def _annotated(self, written: Written, shape: ShapeText, tensor: int) -> Annotated:
        form = shape.form
        if form.sizes is not None:
            return Annotated(written, tensor, form.sizes)
        found: dict[str, None] = {}
        for dim in form.dims:
            if not isinstance(dim, Unknown):
                found |= dict.fromkeys(sorted(names(dim) - self._parameters))
        return Annotated(written, tensor, None, tuple(found))

    def _tied_steps(self) -> Iterator[Step]:
        """Return the steps in order, and what ties two as soon as both are there.

        So a join behind many nodes that share a module is not taken up for each.
        """
        ties: dict[int, list[Tied]] = {}
        found = list(self._ties())
        if not found:
            yield from self._steps
            return
        places = {step: number for number, step in enumerate(self._steps)}
        for tie in found:
            place = max(places[tie.first], places[tie.again])
            ties.setdefault(place, []).append(tie)
        for number, step in enumerate(self._steps):
            yield step
            yield from ties.get(number, ())

    def _ties(self) -> Iterator[Tied]:
        """Return what holds together the nodes that share a module."""
        shared = {node.name for node in self._graph.nodes.values() if node.same}
        if not shared:
            return
        steps: dict[str, list[Apply | Use]] = {}
        for step in self._steps:
            steps.setdefault(step.node.name, []).append(step)
        for name, again in steps.items():
            origin = self._graph.origin(self._graph.nodes[name])
            first = steps.get(origin.name, []) if origin.name != name else []
            if [one.term.target for one in first] == [one.term.target for one in again]:
                yield from map(Tied, first, again)

    def _result(self, node: Node) -> int:
        if not node.is_output:
            return self._sources[node.name, 0]
        arriving = self._arriving(node)
        return arriving[0] if arriving else self._tensor()

    def _arriving(self, node: Node) -> tuple[int, ...]:
        edges = self._graph.into(node.name)
        for number, edge in enumerate(edges):
            if edge.input != number:
                return ()  # a port before a connected one is open, as was reported
        return tuple([self._sources[edge.source, edge.output] for edge in edges])

    def _node(self, node: Node) -> None:
        if node.is_input:
            self._sources[node.name, 0] = self._tensor()
            self._written(node, node.terms[0], self._sources[node.name, 0])
            return
        current = self._arriving(node)
        if node.is_output:
            for tensor in current:
                self._written(node, node.terms[0], tensor)
            return
        last = node.terms[-1]
        for term in node.terms:
            count = self._reads(node, term) if term is last else 1
            results = tuple(range(self._tensors, self._tensors + count))
            self._tensors += count
            if self._takes(term, current, results):
                self._steps.append(self._step(node, term, current, results))
            if term.shape is not None:
                self._written(node, term, results[0])
            current = results
        for port, tensor in enumerate(current):
            self._sources[node.name, port] = tensor

    def _written(self, node: Node, term: Term, tensor: int) -> None:
        written = behind_term(self._module, node, term)
        if written is not None:
            self._rows.append(self._annotated(written, written.shape, tensor))

    def _takes(
        self, term: Term, inputs: tuple[int, ...], outputs: tuple[int, ...]
    ) -> bool:
        """Return whether a term takes that many tensors, and can stand in a row.

        Where it does not, that has been reported, and nothing is said of the sizes.
        """
        if isinstance(term.target, str):
            body = self._planner.module(term.target)
            takes, gives = len(body.inputs), len(body.outputs)
            fits = len(inputs) == takes and len(outputs) == gives
            return fits and (term.repeat is None or takes == gives)
        if term.repeat is not None:
            return len(inputs) == 1 == len(outputs)
        ports = term.target.inputs
        return ports.least <= len(inputs) and (
            ports.many or len(inputs) <= len(ports.ports)
        )

    def _reads(self, node: Node, term: Term) -> int:
        """Return how many outputs a node has: those read, and at least the first.

        A module has all its own.
        """
        read = 1
        for edge in self._graph.out_of(node.name):
            if edge.output >= read:
                read = edge.output + 1
        if isinstance(term.target, str):
            return max(read, len(self._planner.module(term.target).outputs))
        return read

    def _tensor(self) -> int:
        self._tensors += 1
        return self._tensors - 1

    def _step(
        self, node: Node, term: Term, inputs: tuple[int, ...], outputs: tuple[int, ...]
    ) -> Apply | Use:
        if isinstance(term.target, str):
            body = self._planner.module(term.target)
            return Use(body, term, node, inputs, outputs)
        if term.repeat is None:
            return Apply(term.target, term, node, inputs, outputs)
        step = Apply(term.target, term, node, (0,), (1,))
        body = Plan(term.name, None, 2, (step,), (0,), (1,), {})
        return Use(body, term, node, inputs, outputs)
