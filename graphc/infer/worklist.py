"""Solving a plan with reasons: a work-list carries what is known until nothing changes.

Every size has its cell, and with it the reason for all that is believed of it.
"""

import heapq
from collections.abc import Sequence
from typing import TYPE_CHECKING

from graphc.infer.annotations import Wording
from graphc.infer.arguments import Env, environment_of, repeat_of
from graphc.infer.cells import Boundary, Reason, SizeCell, TensorSlot
from graphc.infer.plan import Annotated, Apply, Plan, Step, Tied, Use
from graphc.infer.relations import Relations
from graphc.infer.solution import Known, Solution, Solving, known, slot_of
from graphc.infer.stating import Stating
from graphc.ir import Arguments, Family
from graphc.lang import Fault

if TYPE_CHECKING:
    from graphc.infer.solve import Solver


class WorkList:
    """One run of the work-list over one plan.

    ``overfilled`` tells whether sizes that are not believed led to a clash where they
    filled what nothing else decides.
    """

    def __init__(
        self, solver: "Solver", plan: Plan, env: Env, *, assuming: bool
    ) -> None:
        self._solver = solver
        self._plan = plan
        self._env = env
        self._assuming = assuming
        slots = [TensorSlot(steps) for steps in plan.touching]
        self._slots, named = slots[: plan.tensors], slots[plan.tensors :]
        self._free = dict(zip(plan.free, map(_named, named), strict=True))
        for name, cell in self._free.items():
            cell.value = plan.rigid.get(name)
        self._relations = Relations(self._wake, solver.domain)
        self._stating = Stating(solver, plan, env)
        self._queue: list[int] = []
        self._queued = [False] * len(plan.steps)
        self._active = [step.place not in solver.relaxed for step in plan.steps]
        self._current = -1
        self.overfilled = False

    def slots(
        self, inputs: Sequence[Known], outputs: Sequence[Known]
    ) -> Solving[list[TensorSlot]]:
        """Solve from what is known at the boundary, and return the tensors."""
        yield from self.solution(inputs, outputs)
        return self._slots

    def solution(
        self,
        inputs: Sequence[Known],
        outputs: Sequence[Known],
        *,
        written: bool = True,
    ) -> Solving[Solution]:
        """Solve from what is known at the boundary.

        With ``written``, sizes that are not believed fill what nothing else decides,
        and without it only ranks.
        """
        self._bound(self._plan.inputs, inputs, inward=True)
        self._bound(self._plan.outputs, outputs, inward=False)
        self._push(range(len(self._plan.steps)))
        yield from self._settle()
        relations = self._relations
        if self._assuming:
            relations.assuming = True
            self._push(self._plan.joins)
            yield from self._settle()
            yield from self._fill(written=written)
        return Solution(
            self._plan,
            self._env,
            list(map(known, self._slots)),
            lambda: self._slots,
            self._solver.arguments_in(self._env),
            self._solver.domain,
            {name: cell.value for name, cell in self._free.items()},
            self._stating.runs,
            tuple(relations.clashes.values()),
            tuple(relations.warnings.values()),
            tuple(relations.demands.values()),
            self._stating.faults,
        )

    def _bound(
        self, tensors: Sequence[int], shapes: Sequence[Known], *, inward: bool
    ) -> None:
        for port, (tensor, shape) in enumerate(zip(tensors, shapes, strict=True)):
            slot = self._slots[tensor]
            if shape is None or slot.dims is not None:
                continue
            boundary = Boundary(inward, port)
            slot.why = Reason(None, boundary=boundary)
            slot.dims = slot_of(shape).dims or []
            for cell in slot.dims:
                cell.owner = slot
                cell.why = Reason(None, boundary=boundary) if cell.known else None

    def _fill(self, *, written: bool) -> Solving[None]:
        """Let what is not believed decide what nothing else decided.

        Without that, no longer believing an op would hide the mistakes behind it.
        """
        relaxed = self._solver.relaxed
        for step in self._plan.steps if relaxed else ():
            if step.place not in relaxed or isinstance(step, Tied):
                continue
            if not isinstance(step, Annotated):
                yield from self._fill_given(step)
                yield from self._settle()
            else:
                clashes = len(self._relations.clashes)
                self._fill_written(step, sizes=written)
                yield from self._settle()
                self.overfilled |= len(self._relations.clashes) > clashes

    def _fill_written(self, step: Annotated, *, sizes: bool) -> None:
        slot, shape = self._slots[step.tensor], step.written.shape
        if slot.dims and len(slot.dims) != len(shape.dims):
            return
        self._relations.at(step, Arguments(()), (slot,), ())
        cells = self._relations.shape(slot, len(shape.dims)) or ()
        wording = Wording(self._relations, self._env, self._free)
        for cell, dim in zip(cells, shape.dims, strict=True):
            if cell.value is None and sizes:
                wording.state(cell, dim)

    def _fill_given(self, step: Apply | Use) -> Solving[None]:
        taken = [known(self._slots[number]) for number in step.inputs]
        given = yield from self._given(step, taken)
        outputs = [self._slots[number] for number in step.outputs]
        relations = self._relations.at(step, Arguments(()), (), outputs)
        for slot, shape in zip(outputs, given, strict=False):
            if shape is None or (slot.dims and len(slot.dims) != len(shape)):
                continue
            cells = relations.shape(slot, len(shape)) or ()
            for cell, size in zip(cells, shape, strict=True):
                if cell.value is None and not isinstance(size, tuple):
                    relations.fill(cell, size)

    def _given(
        self, step: Apply | Use, taken: Sequence[Known]
    ) -> Solving[Sequence[Known]]:
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
            ends = taken, unknown
            runs = yield from solver.repeating(step, env, count, ends, assuming=True)
            return runs[-1].solution.outputs
        law = self._stating.law(step)
        if law is None:
            return unknown
        solution = self._solver.alone(step, law.arguments, taken, unknown)
        if solution.clashes and step.op.family is Family.MERGE:
            return taken[:1]
        return solution.outputs

    def _push(self, numbers: Sequence[int]) -> None:
        for number in numbers:
            if not self._queued[number] and self._active[number]:
                self._queued[number] = True
                heapq.heappush(self._queue, number)

    def _wake(self, slot: TensorSlot) -> None:
        self._push([number for number in slot.steps if number != self._current])

    def _settle(self) -> Solving[None]:
        while self._queue:
            number = heapq.heappop(self._queue)
            self._queued[number] = False
            self._current = number
            step: Step = self._plan.steps[number]
            if isinstance(step, Use):
                yield from self._stating.use(step, self._relations, self._slots)
            else:
                self._stating.state(step, self._relations, self._slots, self._free)
        self._current = -1


def _named(slot: TensorSlot) -> SizeCell:
    """Return the cell of a free dim, which is the one dim of a tensor of its own."""
    cell = SizeCell(slot)
    slot.dims = [cell]
    return cell
