"""A module for all its arguments at once: sizes as expressions over its parameters."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from graphc.infer.annotations import Env
from graphc.infer.cells import SizeCell, TensorSlot
from graphc.infer.plan import Apply, Plan, Step, Tied, Use
from graphc.infer.sized import Instance
from graphc.infer.solution import Known, Run, Shape, Solution
from graphc.infer.solve import Solver, Work
from graphc.infer.written import Written
from graphc.ir import Layer, Module, Node, Term, Value
from graphc.lang import Dim, Name, Size, evaluate, names, symbol
from graphc.record import record

Ends: TypeAlias = "tuple[tuple[int | None, ...], ...]"
"""The sizes at the inputs or outputs of a module that are the same for all its uses."""

Shared: TypeAlias = dict[object, Work]
"""What was worked out for modules, by the numbers that stood for their parameters."""

_LETTERS = {1: "C", 3: "CHW", 4: "CDHW"}
_SEQUENCE = frozenset({"Linear", "Attention", "LayerNorm", "Embedding"})


@record
class Symbol:
    """A dim at a module's boundary that its surroundings decide.

    ``name`` is the name it has in sizes: the free dim's, or the usual letter.
    """

    name: str
    inward: bool
    port: int
    axis: int


@record
class GenericUse:
    """A use of a module: the values of its parameters, and the shapes at its ends."""

    values: Mapping[str, Value]
    inputs: tuple[Shape, ...]
    outputs: tuple[Shape, ...]


class Generic:
    """A module solved with symbols for its parameters and for open dims at its ends.

    A size that does not follow from them is a symbol too, one that ``symbols`` does not
    list.
    """

    def __init__(
        self, module: Module, solution: Solution, symbols: tuple[Symbol, ...]
    ) -> None:
        self.module = module
        self.symbols = symbols
        self._solution = solution
        self._opaque: dict[int, Dim] = {}
        self._cells: list[SizeCell] = []
        self._steps: dict[Term, Step] = {
            step.term: step
            for step in solution.plan.steps
            if not isinstance(step, Written | Tied)
        }

    @property
    def inputs(self) -> tuple[Shape, ...]:
        """The shapes of the inputs."""
        return tuple(map(self._shape, _ends(self._solution, inward=True)))

    @property
    def outputs(self) -> tuple[Shape, ...]:
        """The shapes of the outputs."""
        return tuple(map(self._shape, _ends(self._solution, inward=False)))

    def shape(self, node: Node, output: int = 0) -> Shape:
        """Return the shape of an output of a node."""
        number = self._solution.plan.source(node.name, output)
        return () if number is None else self._shape(self._solution.slots[number])

    def count(self, term: Term) -> Size:
        """Return how often a term stands in a row; 1 where there is no repeat."""
        if term.repeat is None:
            return 1
        value = evaluate(term.repeat, self._solution.env)
        return value if isinstance(value, int | Dim) else 1

    def starts(self, term: Term) -> tuple[int, ...]:
        """Return the places in a term's row where something else may begin."""
        step = self._steps.get(term)
        runs = self._solution.runs.get(step, ()) if isinstance(step, Use) else ()
        places, position = [], 0
        for run in runs:
            places.append(position)
            position += run.count
        return tuple(places)

    def body(self, term: Term, position: int = 0) -> Layer | GenericUse | None:
        """Return what stands at a place of a term's row, None if that is not known."""
        step = self._steps.get(term)
        if isinstance(step, Apply):
            return self._layer(step, self._solution)
        runs = self._solution.runs.get(step, ()) if isinstance(step, Use) else ()
        found = _at(runs, position)
        if found is None:
            return None
        if found.plan.module is None:
            inner = found.plan.steps[-1]
            return self._layer(inner, found) if isinstance(inner, Apply) else None
        return GenericUse(
            found.env,
            tuple(map(self._shape, _ends(found, inward=True))),
            tuple(map(self._shape, _ends(found, inward=False))),
        )

    def _layer(self, step: Apply, solution: Solution) -> Layer | None:
        arguments = solution.arguments_of(step)
        if arguments is None:
            return None
        inputs = tuple(self._shape(solution.slots[number]) for number in step.inputs)
        outputs = tuple(self._shape(solution.slots[number]) for number in step.outputs)
        return Layer(arguments, inputs, outputs)

    def _shape(self, slot: TensorSlot) -> Shape:
        return tuple(
            self._unknown(cell) if cell.value is None else cell.value
            for cell in slot.dims or ()
        )

    def _unknown(self, cell: SizeCell) -> Dim:
        if id(cell) not in self._opaque:
            self._cells.append(cell)  # so that no other cell gets its id
            self._opaque[id(cell)] = symbol(f"?{len(self._cells)}")
        return self._opaque[id(cell)]


def _ends(solution: Solution, *, inward: bool) -> tuple[TensorSlot, ...]:
    """Return the tensors that come into an instance, or those that go out."""
    tensors = solution.plan.inputs if inward else solution.plan.outputs
    return tuple(solution.slots[number] for number in tensors)


def _at(runs: Sequence[Run], position: int) -> Solution | None:
    for run in runs:
        if position < run.count:
            return run.solution
        position -= run.count
    return None


def generic(
    sample: Instance, inputs: Ends, outputs: Ends, shared: Shared | None = None
) -> Generic:
    """Return the module of an instance with symbols in place of what may differ.

    ``inputs`` and ``outputs`` have the rank of each shape, and a size wherever all uses
    have the same one. Every parameter that is a number becomes a symbol, unless the
    calculation it stands in takes none; where only a number will do (the count of a
    repeat), the instance's is taken. What is worked out is kept in ``shared``, and
    modules that use one another are solved much faster for it.
    """
    samples = {
        name: value
        for name, value in sample.values.items()
        if isinstance(value, int) and not isinstance(value, bool)
    }
    # Of the numbers behind symbols, solutions depend on those in counts.
    known = {} if shared is None else shared
    work = known.setdefault(tuple(samples.items()), Work(reasons=True))
    return _Solving(sample, samples, work).solve(inputs, outputs)


class _Solving:
    """The search for the symbols of one module."""

    def __init__(
        self, sample: Instance, samples: Mapping[str, Size], work: Work
    ) -> None:
        self._module = sample.module
        self._plan: Plan = sample.plan
        self._values = sample.values
        self._symbolic = [
            name for name, value in self._values.items() if _number(value)
        ]
        self._samples = samples
        self._symbols: list[Symbol] = []
        self._given: dict[tuple[bool, int, int], Size] = {}
        self._work = work

    def solve(self, inputs: Ends, outputs: Ends) -> Generic:
        """Give every open dim at the boundary its number, or a symbol, one by one."""
        solution = self._without_faults(inputs, outputs)
        for inward, ends in ((True, inputs), (False, outputs)):
            while self._fill(solution, ends, inward=inward):
                solution = self._solution(inputs, outputs)
        return Generic(self._module, solution, tuple(self._symbols))

    def _without_faults(self, inputs: Ends, outputs: Ends) -> Solution:
        """Return a solution in which every argument has a value.

        Parameters that stand where symbols have no value keep their number.
        """
        solution = self._solution(inputs, outputs)
        while self._symbolic and any(each.faults for each in solution.distinct()):
            at_fault = set(_names_at(self._plan, solution)) & set(self._symbolic)
            self._symbolic = [name for name in self._symbolic if name not in at_fault]
            if not at_fault:
                self._symbolic = []
            solution = self._solution(inputs, outputs)
        return solution

    def _solution(self, inputs: Ends, outputs: Ends) -> Solution:
        env: Env = {
            name: symbol(name) if name in self._symbolic else value
            for name, value in self._values.items()
        }
        solver = Solver(work=self._work, samples=self._samples)
        taken, made = self._ends(inputs, inward=True), self._ends(outputs, inward=False)
        return solver.solve(self._plan, env, taken, made, assuming=True)

    def _ends(self, shapes: Ends, *, inward: bool) -> list[Known]:
        return [
            tuple(
                self._given.get((inward, port, axis), (1, None))
                for axis in range(len(shape))
            )
            if inward
            or any((inward, port, axis) in self._given for axis in range(len(shape)))
            else None
            for port, shape in enumerate(shapes)
        ]

    def _fill(self, solution: Solution, ends: Ends, *, inward: bool) -> bool:
        """Give a size to the first dim at the boundary without one, if there is one."""
        slots = _ends(solution, inward=inward)
        for port, slot in enumerate(slots):
            for axis, cell in enumerate(slot.dims or ()):
                key = (inward, port, axis)
                if cell.value is not None or key in self._given:
                    continue
                number = ends[port][axis] if axis < len(ends[port]) else None
                if number is None:
                    name = self._name(port, axis, len(slot.dims or ()), inward=inward)
                    self._symbols.append(Symbol(name, inward, port, axis))
                self._given[key] = symbol(name) if number is None else number
                return True
        return False

    def _name(self, port: int, axis: int, rank: int, *, inward: bool) -> str:
        tensors = self._plan.inputs if inward else self._plan.outputs
        wanted = self._written(tensors[port], axis) or self._letter(axis, rank)
        taken = {*self._values, *(place.name for place in self._symbols)}
        found, number = wanted, 2
        while found in taken:
            found, number = f"{wanted}{number}", number + 1
        return found

    def _written(self, tensor: int, axis: int) -> str | None:
        """Return the free dim that is written at a place, None if none is."""
        for step in self._plan.steps:
            if not isinstance(step, Written) or step.tensor != tensor:
                continue
            dims = step.shape.dims
            dim = dims[axis] if axis < len(dims) else None
            if isinstance(dim, Name) and dim.text not in self._values:
                return dim.text
        return None

    def _letter(self, axis: int, rank: int) -> str:
        if rank == 2:
            nodes = self._module.graph.nodes.values()
            ops = {term.name for node in nodes for term in node.terms}
            return ("TC" if ops & _SEQUENCE else "CL")[axis]
        letters = _LETTERS.get(rank, "")
        return letters[axis] if axis < len(letters) else f"N{axis + 1}"


def _names_at(plan: Plan, solution: Solution) -> Iterator[str]:
    """Yield the names in the terms that have an argument without a value."""
    spans = [fault.span for fault in solution.faults]
    for step in plan.steps:
        if isinstance(step, Written | Tied):
            continue
        within = any(
            step.term.span.start <= span.start < step.term.span.end for span in spans
        )
        if within:
            for argument in step.term.arguments:
                yield from names(argument.value)
            if step.term.repeat is not None:
                yield from names(step.term.repeat)


def _number(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
