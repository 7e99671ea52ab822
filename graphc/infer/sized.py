"""A network with its sizes: each module instance that differs, seen as the figure."""

from collections.abc import Container, Iterator, Mapping
from functools import cached_property
from typing import TypeAlias

from graphc.infer.blame import Judgement, Rank
from graphc.infer.domain import Domain, Holds
from graphc.infer.plan import Apply, Plan, Tied, Use
from graphc.infer.solution import Known, Run, Shape, Solution, whole
from graphc.infer.wording import completed
from graphc.infer.written import Written
from graphc.ir import Arguments, Edge, Layer, Module, Network, Node, Term, Value
from graphc.lang import Size
from graphc.record import record

Body: TypeAlias = "Layer | Instance"


@record(eq=False)
class Repeated:
    """``count`` bodies in a row that are alike: layers, or module instances."""

    count: int
    body: Body


@record(eq=False)
class Stage:
    """What one term of a node became: its tensors, and what stands between them.

    ``runs`` has one element with count 1 for a term without a repeat. ``inputs`` and
    ``outputs`` are channels first without the batch.
    """

    term: Term
    inputs: tuple[Shape, ...]
    outputs: tuple[Shape, ...]
    runs: tuple[Repeated, ...]

    @property
    def count(self) -> int:
        """How many bodies stand in a row."""
        return sum(run.count for run in self.runs)


class Instance:
    """A module with values for its parameters and a size for every tensor.

    Instances with equal parameters and sizes are one object, and ``==`` is identity.
    """

    def __init__(self, solution: Solution, module: Module, sized: "Sized") -> None:
        self._solution = solution
        self._sized = sized
        self.module = module

    @property
    def name(self) -> str:
        """The name of the module."""
        return self.module.name

    @property
    def plan(self) -> Plan:
        """The plan that was solved."""
        return self._solution.plan

    @property
    def values(self) -> Mapping[str, Value]:
        """The values of the module's parameters, in their order."""
        return self._solution.env

    @property
    def free(self) -> dict[str, Size]:
        """The sizes of the free dims that are known, in the order of the text."""
        sizes = self._solution.free.items()
        return {name: size for name, size in sizes if size is not None}

    @property
    def domain(self) -> Domain:
        """The sizes that the free dims of the model's input may have."""
        return self._solution.domain

    def same(self, left: Size, right: Size) -> bool:
        """Whether two sizes are equal for every input that the model takes."""
        return isinstance(self.domain.agree(left, right), Holds)

    @property
    def inputs(self) -> tuple[Known, ...]:
        """What is known of the shapes of the ``Input`` nodes."""
        return self._solution.inputs

    @property
    def outputs(self) -> tuple[Known, ...]:
        """What is known of the shapes of the outputs."""
        return self._solution.outputs

    def known(self, edge: Edge) -> Known:
        """Return what is known of the shape on an edge; None if not even the rank is.

        A dim is its size, or an interval ``(low, high)`` if it is not determined.
        """
        number = self._solution.plan.sources[edge.source][edge.output]
        return self._solution.shapes[number]

    def shape(self, edge: Edge) -> Shape | None:
        """Return the shape on an edge, None unless all of it is known."""
        number = self._solution.plan.sources[edge.source][edge.output]
        return self._solution.shape(number)

    def result(self, node: Node, output: int = 0) -> Shape | None:
        """Return the shape of an output of a node, None unless all of it is known."""
        number = self._solution.plan.source(node.name, output)
        return None if number is None else self._solution.shape(number)

    def stages(self, node: Node) -> tuple[Stage, ...]:
        """Return what the terms of a node became, in order; none for Input and Output.

        A stage whose sizes are not all known is left out: there is none in a network
        that was checked without errors.
        """
        return self._stages.get(node, ())

    @cached_property
    def inside(self) -> tuple["Instance", ...]:
        """The distinct instances that its nodes are made of, as they first stand."""
        bodies = (
            run.body
            for node in self.module.graph.nodes.values()
            for stage in self.stages(node)
            for run in stage.runs
        )
        found = (body for body in bodies if isinstance(body, Instance))
        return tuple(dict.fromkeys(found))

    @cached_property
    def _stages(self) -> dict[Node, tuple[Stage, ...]]:
        found: dict[Node, list[Stage]] = {}
        for step in self._solution.plan.steps:
            if not isinstance(step, Written | Tied):
                stage = self._stage(step)
                if stage is not None:
                    found.setdefault(step.node, []).append(stage)
        return {node: tuple(stages) for node, stages in found.items()}

    def _stage(self, step: Apply | Use) -> Stage | None:
        inputs = self._shapes(step.inputs)
        outputs = self._shapes(step.outputs)
        if inputs is None or outputs is None:
            return None
        if isinstance(step, Apply):
            arguments = self._solution.arguments_of(step)
            if arguments is None:
                return None
            layer = Repeated(1, Layer(arguments, inputs, outputs))
            return Stage(step.term, inputs, outputs, (layer,))
        bodies = self._solution.runs.get(step, ())
        runs = tuple(Repeated(run.count, self._body(run.solution)) for run in bodies)
        return Stage(step.term, inputs, outputs, runs)

    def _body(self, solution: Solution) -> Body:
        module = solution.plan.module
        if module is not None:
            return self._sized.instance(solution, module)
        # The body of a repeated op is a plan with that op as its last step.
        step = solution.plan.steps[-1]
        arguments = solution.arguments_of(step) if isinstance(step, Apply) else None
        inputs = tuple(whole(shape) or () for shape in solution.inputs)
        outputs = tuple(whole(shape) or () for shape in solution.outputs)
        return Layer(arguments or Arguments(()), inputs, outputs)

    def _shapes(self, tensors: tuple[int, ...]) -> tuple[Shape, ...] | None:
        shapes = [self._solution.shape(number) for number in tensors]
        found = tuple(shape for shape in shapes if shape is not None)
        return found if len(found) == len(shapes) else None


def inner_first(
    instance: Instance, known: Container[Instance] = ()
) -> Iterator[Instance]:
    """Yield an instance and all within it, each once and after what is within it.

    Those that are ``known`` are left out, and so is what is only within them. However
    deep modules are nested, no calls are.
    """
    if instance in known:
        return
    met = {instance}
    pending = [(instance, iter(instance.inside))]
    while pending:
        outer, within = pending[-1]
        inner = next((one for one in within if one not in met), None)
        if inner is None:
            pending.pop()
            yield outer
        elif inner not in known:
            met.add(inner)
            pending.append((inner, iter(inner.inside)))


@record(eq=False)
class Mistake:
    """An annotation that is wrong, and what the rest of the spec says in its place."""

    annotated: str
    inferred: str


@record
class Counts:
    """How many annotated sizes, graphs, and instances of them a network has."""

    sizes: int
    graphs: int
    instances: int


class Sized:
    """A network, every distinct instance of its modules, and its mistaken sizes."""

    def __init__(self, network: Network, judgement: Judgement) -> None:
        self.network = network
        self._judgement = judgement
        self._instances: dict[int, Instance] = {}

    @property
    def domain(self) -> Domain:
        """What the free dims at the inputs may be."""
        return self.solution.domain

    @property
    def solution(self) -> Solution:
        """The model as it was solved."""
        return self._judgement.after.model

    @cached_property
    def model(self) -> Instance:
        """The model at the defaults of its parameters."""
        return self.instance(self._judgement.after.model, self.network.model)

    @cached_property
    def instances(self) -> tuple[Instance, ...]:
        """Every distinct instance, the model first, those of unused modules last."""
        found = []
        for frame in self._judgement.after.frames:
            module = frame.solution.plan.module
            if module is not None:
                found.append(self.instance(frame.solution, module))
        return tuple(found)

    def of(self, module: Module) -> tuple[Instance, ...]:
        """Return the distinct instances of a module, as they are first reached."""
        return tuple(self._of.get(module, ()))

    @cached_property
    def _of(self) -> dict[Module, list[Instance]]:
        found: dict[Module, list[Instance]] = {}
        for one in self.instances:
            found.setdefault(one.module, []).append(one)
        return found

    def instance(self, solution: Solution, module: Module) -> Instance:
        """Return the instance for a solution, the same object each time."""
        return self._instances.setdefault(
            id(solution), Instance(solution, module, self)
        )

    @cached_property
    def mistakes(self) -> dict[Edge | Term, Mistake]:
        """The edges, and terms in rows, whose annotation is wrong.

        What is wrong behind the last term of a row is so on the edges that leave it.
        """
        found: dict[Edge | Term, Mistake] = {}
        for verdict in self._judgement.verdicts:
            place, best = verdict.best.place, verdict.best
            if isinstance(place, Written) and best.rank is Rank.DETERMINED:
                right = completed(best.sizes, place.shape)
                found[place.carrier] = Mistake(str(place.shape), right)
        for module in self._modules:
            for edge in module.graph.edges:
                last = module.graph.nodes[edge.source].terms[-1]
                if last in found and edge.output == 0:
                    found.setdefault(edge, found[last])
        return found

    @cached_property
    def counts(self) -> Counts:
        """What was checked: the sizes in the text, the graphs, and their instances."""
        graphs = [module.graph for module in self._modules]
        sizes = sum(edge.shape is not None for one in graphs for edge in one.edges)
        sizes += sum(
            term.shape is not None
            for one in graphs
            for node in one.nodes.values()
            for term in node.terms
        )
        return Counts(sizes, len(graphs), _number(self.solution))

    @property
    def _modules(self) -> tuple[Module, ...]:
        return (self.network.model, *self.network.modules.values())


def _number(model: Solution) -> int:
    """Return how many instances there are in one, itself included.

    Uses of which a size is open are left out, and the bodies of repeated ops are none.
    """
    counted: dict[Solution, int] = {}
    pending = [model]
    while pending:
        solution = pending[-1]
        inner = list(_instances(solution))
        missing = [run.solution for run in inner if run.solution not in counted]
        pending += missing
        if not missing:
            numbers = (run.count * counted[run.solution] for run in inner)
            counted[solution] = 1 + sum(numbers)
            pending.pop()
    return counted[model]


def _instances(solution: Solution) -> Iterator[Run]:
    """Yield the instances behind the uses in a solution, those of repeated ops not."""
    for use, runs in solution.runs.items():
        shapes = solution.at(use.inputs + use.outputs)
        if use.own and None not in map(whole, shapes):
            yield from runs
