"""Solving a plan: a work-list carries what is known until nothing changes."""

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import cast

from graphc.diagnostics import Code
from graphc.infer.annotations import Wording
from graphc.infer.arguments import arguments_of, environment_of, repeat_of
from graphc.infer.cells import Boundary, Inside, Reason, SizeCell, TensorSlot
from graphc.infer.domain import Domain
from graphc.infer.plan import Annotated, Apply, Place, Plan, Step, Tied, Use
from graphc.infer.relations import Relations
from graphc.infer.row import LONGEST_RUN, in_a_row
from graphc.infer.solution import Known, Run, Solution, known
from graphc.infer.tied import tied
from graphc.ir import Arguments, Family, Sizes, Value
from graphc.lang import Fault, Size, Unknown, names

Env = Mapping[str, Value]


class Solver:
    """Solves plans; a plan at the same arguments and surroundings is solved once.

    Places in ``relaxed`` are not believed: a relaxed term states nothing, a relaxed
    size only fills what nothing else decides. ``memo`` may be shared by solvers.
    ``given`` are arguments of steps that stand in no text, ``samples`` sizes for
    symbols in the count of a repeat, ``domain`` the values that symbols may have.
    """

    def __init__(
        self,
        relaxed: frozenset[Place] = frozenset(),
        memo: dict[object, Solution] | None = None,
        given: Mapping[Apply, Arguments] | None = None,
        samples: Mapping[str, Size] | None = None,
        domain: Domain | None = None,
    ) -> None:
        self.relaxed = relaxed
        self.samples = samples
        self.domain = domain or Domain()
        self.given: Mapping[Apply, Arguments] = given or {}
        self._memo = {} if memo is None else memo

    def believing(self, place: Place) -> "Solver":
        """Return a solver that believes one place more."""
        relaxed = self.relaxed - {place}
        return Solver(relaxed, self._memo, self.given, self.samples, self.domain)

    def solve(
        self,
        plan: Plan,
        env: Env,
        inputs: Sequence[Known],
        outputs: Sequence[Known],
        *,
        assuming: bool,
    ) -> Solution:
        """Return the solution of ``plan`` for what is known at its boundary."""
        relaxed = self.relaxed & plan.places if self.relaxed else self.relaxed
        key = (
            plan,
            tuple((name, _exact(env[name])) for name in sorted(env)),
            tuple(inputs),
            tuple(outputs),
            assuming,
            relaxed,
        )
        found = self._memo.get(key)
        if found is None:
            run = _Solving(self, plan, env, assuming=assuming)
            found = run.solution_for(inputs, outputs)
            if run.overfilled:
                run = _Solving(self, plan, env, assuming=assuming)
                found = run.solution_for(inputs, outputs, written=False)
            self._memo[key] = found
        return found

    def repeat(
        self,
        use: Use,
        env: Env,
        count: int,
        ends: tuple[list[Known], list[Known]],
        *,
        assuming: bool,
    ) -> tuple[Run, ...]:
        """Return the solutions of ``count`` bodies in a row, from what the ends tell.

        They are at most ``LONGEST_RUN`` and one more.
        """

        def body(inputs: Sequence[Known], outputs: Sequence[Known]) -> Solution:
            return self.solve(use.body, env, inputs, outputs, assuming=assuming)

        return in_a_row(body, count, ends)


def _exact(value: Value) -> object:
    """Return what equals only values of the same kind: 1, 1.0 and true differ."""
    if isinstance(value, tuple):
        return tuple(map(_exact, value))
    return type(value), value


class _Solving:
    """One run of the work-list over one plan."""

    def __init__(self, solver: Solver, plan: Plan, env: Env, *, assuming: bool) -> None:
        self._solver = solver
        self._plan = plan
        self._env = env
        self._slots = [TensorSlot(steps) for steps in plan.touching]
        self._solution = Solution(plan, env, self._slots, solver.domain)
        self._relations = Relations(self._wake, solver.domain)
        self._relations.assuming = False
        self._assuming = assuming
        self._queue: list[int] = []
        self._queued = [False] * len(plan.steps)
        self._active = [step.place not in solver.relaxed for step in plan.steps]
        self._current = -1
        self.overfilled = False
        self._faulty: set[Step] = set()
        self._free()
        self._wording = Wording(self._relations, env, self._solution.free)

    def solution_for(
        self,
        inputs: Sequence[Known],
        outputs: Sequence[Known],
        *,
        written: bool = True,
    ) -> Solution:
        """Solve from what is known at the boundary.

        With ``written``, sizes that are not believed fill what nothing else decides,
        and without it only ranks; ``overfilled`` tells whether that led to a clash.
        """
        self._bound(self._plan.inputs, inputs, inward=True)
        self._bound(self._plan.outputs, outputs, inward=False)
        self._push(range(len(self._plan.steps)))
        self._settle()
        if self._assuming:
            self._relations.assuming = True
            self._push(self._joins())
            self._settle()
            self._fill(written=written)
        self._solution.clashes = tuple(self._relations.clashes.values())
        self._solution.warnings = tuple(self._relations.warnings.values())
        self._solution.demands = tuple(self._relations.demands.values())
        return self._solution

    def _free(self) -> None:
        """Make a cell for each free dim: a name in a size that is no parameter."""
        for number, step in enumerate(self._plan.steps):
            if not isinstance(step, Annotated):
                continue
            for dim in step.written.shape.dims:
                if isinstance(dim, Unknown):
                    continue
                for name in sorted(names(dim) - self._env.keys()):
                    self._free_cell(name).owner.steps.append(number)

    def _free_cell(self, name: str) -> SizeCell:
        free = self._solution.free
        if name not in free:
            slot = TensorSlot()
            free[name] = SizeCell(slot, self._plan.rigid.get(name))
            slot.dims = [free[name]]
        return free[name]

    def _bound(
        self, tensors: Sequence[int], shapes: Sequence[Known], *, inward: bool
    ) -> None:
        for port, (tensor, shape) in enumerate(zip(tensors, shapes, strict=True)):
            slot = self._slots[tensor]
            if shape is None or slot.dims is not None:
                continue
            boundary = Boundary(inward, port)
            slot.why = Reason(None, boundary=boundary)
            slot.dims = [SizeCell(slot) for _ in shape]
            for cell, size in zip(slot.dims, shape, strict=True):
                reason = Reason(None, boundary=boundary)
                if isinstance(size, tuple):
                    cell.low, cell.high = size
                    cell.why = reason if cell.known else None
                else:
                    cell.value, cell.why = size, reason
                    if isinstance(size, int):
                        cell.low = cell.high = size

    def _joins(self) -> list[int]:
        return [
            number
            for number, step in enumerate(self._plan.steps)
            if isinstance(step, Use)
            or (isinstance(step, Apply) and step.op.family is Family.MERGE)
        ]

    def _fill(self, *, written: bool) -> None:
        """Let what is not believed decide what nothing else decided.

        Without that, no longer believing an op would hide the mistakes behind it.
        """
        relaxed = self._solver.relaxed
        for step in self._plan.steps:
            if step.place not in relaxed or isinstance(step, Tied):
                continue
            if not isinstance(step, Annotated):
                self._fill_given(step)
                self._settle()
            else:
                clashes = len(self._relations.clashes)
                self._fill_written(step, sizes=written)
                self._settle()
                self.overfilled |= len(self._relations.clashes) > clashes

    def _fill_written(self, step: Annotated, *, sizes: bool) -> None:
        slot, shape = self._slots[step.tensor], step.written.shape
        if slot.dims and len(slot.dims) != len(shape.dims):
            return
        self._relations.at(step, Arguments(()), (slot,), ())
        cells = self._relations.shape(slot, len(shape.dims)) or ()
        for cell, dim in zip(cells, shape.dims, strict=True):
            if cell.value is None and sizes:
                self._wording.state(cell, dim)

    def _fill_given(self, step: Apply | Use) -> None:
        taken = [known(self._slots[number]) for number in step.inputs]
        given = self._given(step, taken)
        outputs = [self._slots[number] for number in step.outputs]
        relations = self._relations.at(step, Arguments(()), (), outputs)
        for slot, shape in zip(outputs, given, strict=False):
            if shape is None or (slot.dims and len(slot.dims) != len(shape)):
                continue
            cells = relations.shape(slot, len(shape)) or ()
            for cell, size in zip(cells, shape, strict=True):
                if cell.value is None and not isinstance(size, tuple):
                    relations.fill(cell, size)

    def _given(self, step: Apply | Use, taken: list[Known]) -> list[Known]:
        """Return what a step gives for what it takes, whatever stands behind it.

        Where the inputs of a join do not fit together, it is taken to give the first.
        """
        unknown: list[Known] = [None] * len(step.outputs)
        if isinstance(step, Use):
            env = environment_of(step, self._env)
            count = repeat_of(step.term, self._env)
            if isinstance(env, tuple) or isinstance(count, Fault):
                return unknown
            solver = self._solver.believing(step.place)
            runs = solver.repeat(step, env, count, (taken, unknown), assuming=True)
            return [known(slot) for slot in runs[-1].solution.outputs]
        arguments = self._arguments(step)
        if arguments is None:
            return unknown
        ends = range(len(taken) + len(unknown))
        inputs, outputs = tuple(ends[: len(taken)]), tuple(ends[len(taken) :])
        alone = replace(step, inputs=inputs, outputs=outputs)
        plan = Plan(step.op.name, None, len(ends), (alone,), inputs, outputs, {})
        solver = Solver(given={alone: arguments}, domain=self._solver.domain)
        solution = solver.solve(plan, {}, taken, unknown, assuming=True)
        if solution.clashes and step.op.family is Family.MERGE:
            return taken[:1]
        return [known(slot) for slot in solution.outputs]

    def _push(self, numbers: Sequence[int]) -> None:
        for number in numbers:
            if not self._queued[number] and self._active[number]:
                self._queued[number] = True
                heapq.heappush(self._queue, number)

    def _wake(self, slot: TensorSlot) -> None:
        self._push([number for number in slot.steps if number != self._current])

    def _settle(self) -> None:
        while self._queue:
            number = heapq.heappop(self._queue)
            self._queued[number] = False
            self._current = number
            self._take(self._plan.steps[number])
        self._current = -1

    def _take(self, step: Step) -> None:
        inputs = [self._slots[number] for number in step.inputs]
        outputs = [self._slots[number] for number in step.outputs]
        relations = self._relations.at(step, Arguments(()), inputs, outputs)
        if isinstance(step, Annotated):
            dims = step.written.shape.dims
            cells = relations.shape(inputs[0], len(dims)) or ()
            for cell, dim in zip(cells, dims, strict=False):
                self._wording.state(cell, dim)
        elif isinstance(step, Apply):
            arguments = self._arguments(step)
            if arguments is not None:
                relations.arguments = arguments
                # A rule hands back only the cells and tensors that it was given.
                step.op.sizes(cast("Sizes", relations))
        elif isinstance(step, Tied):
            self._tie(step)
        else:
            self._use(step)

    def _tie(self, step: Tied) -> None:
        """Let each of two applications of a module tell what the other leaves open."""
        first = step.first
        arguments = self._arguments(first) if isinstance(first, Apply) else None
        for left, right in tied(step, self._slots, arguments, self._solver.domain):
            for cell, other in ((left, right), (right, left)):
                if cell.value is None and other.value is not None:
                    self._relations.put(cell, other.value, (other,))

    def _arguments(self, step: Apply) -> Arguments | None:
        """Return the evaluated arguments; None, and faults kept, if they have none."""
        found = self._solution.arguments.get(step) or self._solver.given.get(step)
        if found is None and step not in self._faulty:
            bound = arguments_of(step.op, step.term, self._env)
            if isinstance(bound, Arguments):
                found = self._solution.arguments[step] = bound
            else:
                self._refuse(step, bound)
        return found

    def _refuse(self, step: Step, faults: tuple[Fault, ...]) -> None:
        self._faulty.add(step)
        self._solution.faults += faults

    def _use(self, use: Use) -> None:
        if use in self._faulty:
            return
        env = environment_of(use, self._env)
        count = repeat_of(use.term, self._env, self._solver.samples)
        if isinstance(env, tuple) or isinstance(count, Fault):
            faults = env if isinstance(env, tuple) else ()
            count_faults = (count,) if isinstance(count, Fault) else ()
            self._refuse(use, (*faults, *count_faults))
            return
        inputs = [self._slots[number] for number in use.inputs]
        outputs = [self._slots[number] for number in use.outputs]
        runs = self._solver.repeat(
            use,
            env,
            count,
            ([known(slot) for slot in inputs], [known(slot) for slot in outputs]),
            assuming=self._relations.assuming,
        )
        if len(runs) > LONGEST_RUN:
            self._relations.fail(
                Code.GC302,
                f"more than {LONGEST_RUN} instances in a row have different sizes",
            )
            return
        self._solution.runs[use] = runs
        first, last = runs[0].solution, runs[-1].solution
        for slot, inner in zip(inputs, first.inputs, strict=False):
            self._refine(slot, inner, first)
        for slot, inner in zip(outputs, last.outputs, strict=False):
            self._refine(slot, inner, last)

    def _refine(self, slot: TensorSlot, inner: TensorSlot, solution: Solution) -> None:
        """Take over what an instance tells about a tensor at its boundary."""
        if inner.dims is None:
            return
        inside = Inside(solution, None, inner)
        cells = self._relations.ranked(slot, len(inner.dims), (), inside)
        for cell, found in zip(cells or (), inner.dims, strict=False):
            inside = Inside(solution, found, inner)
            if found.value is not None:
                self._relations.put(cell, found.value, (), inside=inside)
            elif found.known:
                self._relations.narrow(cell, found.low, found.high, (), inside=inside)
