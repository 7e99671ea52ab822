"""A module made ready for solving: numbered tensors, and steps that relate them."""

from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from functools import cached_property
from typing import TypeAlias

from graphc.infer.written import Written, behind_term, on_edge
from graphc.ir import Module, Network, Node, Op, Term
from graphc.lang import Size, Unknown, names, symbol
from graphc.record import record

Place: TypeAlias = Term | Written  # what a report can blame: a label's term, or a size


@record(eq=False)
class Apply:
    """An op between tensors, given by their numbers in the plan."""

    op: Op
    term: Term
    node: Node
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]

    @property
    def place(self) -> Place:
        """What would be edited to change this step."""
        return self.term


@record(eq=False)
class Use:
    """A module, or a repeated op, between tensors.

    A module gets the values of its parameters from the term's arguments; the body of a
    repeated op sees the names of the plan it stands in.
    """

    body: "Plan"
    term: Term
    node: Node
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]

    @property
    def own(self) -> bool:
        """Whether the body has parameters of its own."""
        return self.body.module is not None

    @property
    def place(self) -> Place:
        """What would be edited to change this step."""
        return self.term


@record(eq=False)
class Annotated:
    """A size in the text, about the tensor that is there."""

    written: Written
    tensor: int

    @property
    def inputs(self) -> tuple[int, ...]:
        """The tensor the annotation is about."""
        return (self.tensor,)

    @property
    def outputs(self) -> tuple[int, ...]:
        """Return nothing: an annotation makes no tensor."""
        return ()

    @property
    def place(self) -> Place:
        """What would be edited to change this step."""
        return self.written


@record(eq=False)
class Tied:
    """A module that is applied again: the tensors of both applications."""

    first: Apply | Use
    again: Apply | Use

    @property
    def term(self) -> Term:
        """The term of the second application."""
        return self.again.term

    @property
    def node(self) -> Node:
        """The node of the second application."""
        return self.again.node

    @property
    def inputs(self) -> tuple[int, ...]:
        """The tensors at both."""
        both = (self.first, self.again)
        return tuple(n for one in both for n in (*one.inputs, *one.outputs))

    @property
    def outputs(self) -> tuple[int, ...]:
        """Return nothing: a tie makes no tensor."""
        return ()

    @property
    def place(self) -> Place:
        """What would be edited to change this step."""
        return self.again.term


Step: TypeAlias = Apply | Use | Annotated | Tied


@record(eq=False, slots=False)
class Plan:
    """The steps of a module: sizes as written first, then nodes in topological order.

    ``inputs`` and ``outputs`` are the tensors at the boundary; ``sources`` gives the
    tensor of each output port of each node, ``chains`` the tensors between the terms of
    a node (from the input of the first term, if it has one, to the output of the last);
    ``rigid`` are the free dims that stand for themselves: any size, known by name.
    """

    name: str
    module: Module | None
    tensors: int
    steps: tuple[Step, ...]
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]
    sources: Mapping[tuple[str, int], int]
    rigid: Mapping[str, Size] = field(default_factory=dict)

    @cached_property
    def touching(self) -> list[list[int]]:
        """For each tensor, the numbers of the steps that read or make it."""
        touching: list[list[int]] = [[] for _ in range(self.tensors)]
        for number, step in enumerate(self.steps):
            for tensor in dict.fromkeys((*step.inputs, *step.outputs)):
                touching[tensor].append(number)
        return touching

    @cached_property
    def places(self) -> frozenset[Place]:
        """Every place in this plan and the plans it uses."""
        found: set[Place] = set()
        for step in self.steps:
            found.add(step.place)
            if isinstance(step, Use):
                found |= step.body.places
        return frozenset(found)

    def uses(self) -> Iterator[Use]:
        """Return the steps that lead into other plans."""
        return (step for step in self.steps if isinstance(step, Use))


class Planner:
    """Makes the plan of each module of a network once."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._plans: dict[str, Plan] = {}

    def model(self) -> Plan:
        """Return the plan of the model."""
        plan = _Drafting(self, self._network.model).plan()
        return replace(plan, rigid={name: symbol(name) for name in at_inputs(plan)})

    def module(self, name: str) -> Plan:
        """Return the plan of a module, made on first use."""
        if name not in self._plans:
            module = self._network.modules[name]
            self._plans[name] = _Drafting(self, module).plan()
        return self._plans[name]


def at_inputs(plan: Plan) -> Iterator[str]:
    """Yield the names in the sizes at a plan's inputs that are no parameters."""
    module = plan.module
    parameters = {each.name for each in module.parameters} if module else set()
    for step in plan.steps:
        if isinstance(step, Annotated) and step.tensor in plan.inputs:
            for dim in step.written.shape.dims:
                if not isinstance(dim, Unknown):
                    yield from sorted(names(dim) - parameters)


class _Drafting:
    """The plan of one module, being made."""

    def __init__(self, planner: Planner, module: Module) -> None:
        self._planner = planner
        self._module = module
        self._tensors = 0
        self._sources: dict[tuple[str, int], int] = {}
        self._steps: list[Apply | Use] = []
        self._rows: list[Annotated] = []

    def plan(self) -> Plan:
        graph = self._module.graph
        for node in graph.order:
            self._node(node)
        sizes = [
            Annotated(written, self._sources[edge.source, edge.output])
            for edge in graph.edges
            if (written := on_edge(edge)) is not None
        ]
        outputs = tuple(self._result(node) for node in self._module.outputs)
        return Plan(
            self._module.name,
            self._module,
            self._tensors,
            (*sizes, *self._rows, *self._tied_steps()),
            tuple(self._sources[node.name, 0] for node in self._module.inputs),
            outputs,
            self._sources,
        )

    def _tied_steps(self) -> Iterator[Step]:
        """Return the steps in order, and what ties two as soon as both are there.

        So a join behind many nodes that share a module is not taken up for each.
        """
        ties: dict[int, list[Tied]] = {}
        places = {step: number for number, step in enumerate(self._steps)}
        for tie in self._ties():
            place = max(places[tie.first], places[tie.again])
            ties.setdefault(place, []).append(tie)
        for number, step in enumerate(self._steps):
            yield step
            yield from ties.get(number, ())

    def _ties(self) -> Iterator[Tied]:
        """Return what holds together the nodes that share a module."""
        steps: dict[str, list[Apply | Use]] = {}
        for step in self._steps:
            steps.setdefault(step.node.name, []).append(step)
        for name, again in steps.items():
            origin = self._module.graph.origin(self._module.graph.nodes[name])
            first = steps.get(origin.name, []) if origin.name != name else []
            if [one.term.target for one in first] == [one.term.target for one in again]:
                yield from map(Tied, first, again)

    def _result(self, node: Node) -> int:
        if not node.is_output:
            return self._sources[node.name, 0]
        arriving = self._arriving(node)
        return arriving[0] if arriving else self._tensor()

    def _arriving(self, node: Node) -> tuple[int, ...]:
        edges = self._module.graph.into(node.name)
        if [edge.input for edge in edges] != list(range(len(edges))):
            return ()  # a port before a connected one is open, which was reported
        return tuple(self._sources[edge.source, edge.output] for edge in edges)

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
        for number, term in enumerate(node.terms):
            last = number == len(node.terms) - 1
            count = self._reads(node, term) if last else 1
            results = tuple(self._tensor() for _ in range(count))
            if self._takes(term, current, results):
                self._steps.append(self._step(node, term, current, results))
            self._written(node, term, results[0])
            current = results
        for port, tensor in enumerate(current):
            self._sources[node.name, port] = tensor

    def _written(self, node: Node, term: Term, tensor: int) -> None:
        written = behind_term(self._module, node, term)
        if written is not None:
            self._rows.append(Annotated(written, tensor))

    def _takes(
        self, term: Term, inputs: tuple[int, ...], outputs: tuple[int, ...]
    ) -> bool:
        """Return whether a term takes that many tensors, and can stand in a row.

        Where it does not, that has been reported, and nothing is said of the sizes.
        """
        repeats = term.repeat is not None
        if isinstance(term.target, str):
            body = self._planner.module(term.target)
            takes, gives = len(body.inputs), len(body.outputs)
            fits = len(inputs) == takes and len(outputs) == gives
            return fits and (not repeats or takes == gives)
        if repeats:
            return len(inputs) == 1 == len(outputs)
        ports = term.target.inputs
        return ports.least <= len(inputs) and (
            ports.many or len(inputs) <= len(ports.ports)
        )

    def _reads(self, node: Node, term: Term) -> int:
        """Return how many outputs a node has: those read, and at least the first.

        A module has all its own.
        """
        edges = self._module.graph.out_of(node.name)
        read = max((edge.output + 1 for edge in edges), default=1)
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
