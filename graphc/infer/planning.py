"""The plan of each module of a network."""

from collections.abc import Iterator
from dataclasses import replace

from graphc.infer.plan import Apply, Plan, Step, Tied, Use
from graphc.infer.written import Written
from graphc.ir import Edge, Graph, Module, Network, Node, Op, Phrase, Term
from graphc.lang import ShapeText, Unknown, names, symbol
from graphc.record import record


class Planner:
    """Makes the plan of each module of a network once."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._plans: dict[str, Plan] = {}

    def model(self) -> Plan:
        """Return the plan of the model."""
        plan = _Drafting(self, self._network.model).plan()
        return replace(plan, rigid={name: symbol(name) for name in _at_inputs(plan)})

    def module(self, name: str) -> Plan:
        """Return the plan of a module, made on first use.

        Those of the modules that it uses are made before it.
        """
        pending = [] if name in self._plans else [name]
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


def _at_inputs(plan: Plan) -> Iterator[str]:
    """Yield the names in the sizes at a plan's inputs that are no parameters."""
    inputs = frozenset(plan.inputs)
    for _, step in plan.annotations:
        if step.free and step.tensor in inputs:
            yield from step.free


@record(eq=False)
class _Part:
    """What a phrase puts between tensors: an op, or the body of a use.

    It takes ``least`` to ``most`` tensors (None for any number), and gives as many as
    are read, or as ``gives`` says.
    """

    target: Op | Plan
    repeats: bool
    least: int
    most: int | None
    gives: int | None

    def fits(self, inputs: int, outputs: int) -> bool:
        """Return whether it takes and gives that many tensors.

        Where it does not, that has been reported, and nothing is said of the sizes.
        """
        return (
            self.least <= inputs
            and (self.most is None or inputs <= self.most)
            and (self.gives is None or outputs == self.gives)
        )


class _Drafting:
    """The plan of one module, being made."""

    def __init__(self, planner: Planner, module: Module) -> None:
        self._planner = planner
        self._module = module
        self._graph = module.graph
        self._parameters = {parameter.name for parameter in module.parameters}
        self._parts: dict[Phrase, _Part] = {}
        self._tensors = 0
        self._sources: dict[str, tuple[int, ...]] = {}
        self._steps: list[Apply | Use] = []
        self._rows: list[Written] = []

    def plan(self) -> Plan:
        for node in self._graph.order:
            self._node(node)
        sources = self._sources
        sizes = [
            self._written(edge, shape, edge.source, sources[edge.source][edge.output])
            for edge in self._graph.edges
            if (shape := edge.shape) is not None
        ]
        outputs = tuple(self._result(node) for node in self._module.outputs)
        return Plan(
            self._module.name,
            self._module,
            self._tensors,
            (*sizes, *self._rows, *self._tied_steps()),
            tuple(sources[node.name][0] for node in self._module.inputs),
            outputs,
            sources,
        )

    def _written(
        self, carrier: Edge | Term, shape: ShapeText, node: str, tensor: int
    ) -> Written:
        row = ""
        if not isinstance(carrier, Edge):
            row = self._module.name if self._module.row else node
        form = shape.form
        if form.sizes is not None:
            return Written(carrier, shape, node, row, tensor)
        free: dict[str, None] = {}
        for dim in form.dims:
            if not isinstance(dim, Unknown):
                free |= dict.fromkeys(sorted(names(dim) - self._parameters))
        return Written(carrier, shape, node, row, tensor, tuple(free))

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
        if not any(node.same for node in self._graph.nodes.values()):
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
            return self._sources[node.name][0]
        arriving = self._arriving(node)
        return arriving[0] if arriving else self._made(1)[0]

    def _arriving(self, node: Node) -> tuple[int, ...]:
        edges = self._graph.into(node.name)
        for number, edge in enumerate(edges):
            if edge.input != number:
                return ()  # a port before a connected one is open, as was reported
        return tuple([self._sources[edge.source][edge.output] for edge in edges])

    def _node(self, node: Node) -> None:
        current = self._arriving(node)
        if len(node.terms) == 1 and self._end(node, node.terms[0], current):
            return
        last = node.terms[-1]
        for term in node.terms:
            part = self._parts.get(term.phrase) or self._part(term)
            count = self._reads(node, part) if term is last else 1
            results = self._made(count)
            if part.fits(len(current), count):
                self._steps.append(_step(part, node, term, current, results))
            if term.shape is not None:
                written = self._written(term, term.shape, node.name, results[0])
                self._rows.append(written)
            current = results
        self._sources[node.name] = current

    def _end(self, node: Node, term: Term, current: tuple[int, ...]) -> bool:
        """Take a node if it is where tensors come into the module, or leave it."""
        target = term.phrase.target
        if not isinstance(target, Op) or target.name not in {"Input", "Output"}:
            return False
        if target.name == "Input":
            current = self._sources[node.name] = self._made(1)
        if term.shape is not None:
            for tensor in current:
                written = self._written(term, term.shape, node.name, tensor)
                self._rows.append(written)
        return True

    def _part(self, term: Term) -> _Part:
        repeats = term.repeat is not None
        target = term.target
        if isinstance(target, str):
            body = self._planner.module(target)
            takes, gives = len(body.inputs), len(body.outputs)
            # Where they differ, none can stand behind another one.
            most: int | None = takes if takes == gives or not repeats else -1
            part = _Part(body, repeats, takes, most, gives)
        elif repeats:
            part = _Part(target, repeats, 1, 1, 1)
        else:
            ports = target.inputs
            most = None if ports.many else len(ports.ports)
            part = _Part(target, repeats, ports.least, most, None)
        self._parts[term.phrase] = part
        return part

    def _reads(self, node: Node, part: _Part) -> int:
        """Return how many outputs a node has: those read, and at least the first.

        A module has all its own.
        """
        read = 1
        for edge in self._graph.out_of(node.name):
            if edge.output >= read:
                read = edge.output + 1
        if isinstance(part.target, Plan):
            return max(read, len(part.target.outputs))
        return read

    def _made(self, count: int) -> tuple[int, ...]:
        """Return the numbers of new tensors."""
        first = self._tensors
        self._tensors += count
        return (first,) if count == 1 else tuple(range(first, first + count))


def _step(
    part: _Part,
    node: Node,
    term: Term,
    inputs: tuple[int, ...],
    outputs: tuple[int, ...],
) -> Apply | Use:
    target = part.target
    if isinstance(target, Plan):
        return Use(target, term, node, inputs, outputs)
    if not part.repeats:
        return Apply(target, term, node, inputs, outputs)
    step = Apply(target, term, node, (0,), (1,))
    body = Plan(term.name, None, 2, (step,), (0,), (1,), {})
    return Use(body, term, node, inputs, outputs)
