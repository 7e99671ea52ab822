"""Solving a plan with reasons: a work-list carries what is known until nothing changes.

Every size has its cell, and with it the reason for all that is believed of it.
"""

import heapq
from collections.abc import Sequence
from typing import TYPE_CHECKING

from graphc.infer.asking import ask, take
from graphc.infer.cells import Boundary, Reason, SizeCell, TensorSlot
from graphc.infer.filling import Filling
from graphc.infer.plan import Apply, Step, Use
from graphc.infer.relations import Relations
from graphc.infer.solution import Known, Solution, Solving, Wanted, known, slot_of
from graphc.infer.stating import Stating
from graphc.infer.written import Written

if TYPE_CHECKING:
    from graphc.infer.solve import Solver


class WorkList:
    """One run of the work-list over one plan.

    ``overfilled`` tells whether sizes that are not believed led to a clash where they
    filled what nothing else decides.
    """

    def __init__(self, solver: "Solver", wanted: Wanted) -> None:
        plan = wanted.plan
        self._solver = solver
        self._wanted = wanted
        self._plan = plan
        slots = [TensorSlot(steps) for steps in plan.touching]
        self._slots, named = slots[: plan.tensors], slots[plan.tensors :]
        self._free = dict(zip(plan.free, map(_named, named), strict=True))
        for name, cell in self._free.items():
            cell.value = plan.rigid.get(name)
        self._relations = Relations(self._wake, solver.domain)
        self._stating = Stating(solver, wanted.env)
        self._shares = not solver.work.reasons
        self._filling = Filling(solver, self._stating, plan, wanted.env)
        self._queue: list[int] = []
        self._queued = [False] * len(plan.steps)
        self._active = [step.place not in solver.relaxed for step in plan.steps]
        self._current = -1
        self.overfilled = False

    def solution(self, *, written: bool = True) -> Solving[Solution]:
        """Solve from what is known at the boundary.

        With ``written``, sizes that are not believed fill what nothing else decides,
        and without it only ranks.
        """
        plan, wanted = self._plan, self._wanted
        self._bound(plan.inputs, wanted.inputs, inward=True)
        self._bound(plan.outputs, wanted.outputs, inward=False)
        self._push(range(len(plan.steps)))
        yield from self._settle()
        if wanted.assuming:
            self._relations.assuming = True
            self._push(plan.joins)
            yield from self._settle()
            yield from self._fill(written=written)
        return Solution(
            plan,
            wanted.env,
            list(map(known, self._slots)),
            None,
            self._solver.arguments_in(wanted.env),
            self._solver.domain,
            {name: cell.value for name, cell in self._free.items()},
            self._stating.runs,
            self._relations.remarks,
            self._filling.filled,
            self._stating.faults,
            self._slots,
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
        """Let what is not believed decide what nothing else decided."""
        relations = self._relations
        for step in self._filling.steps:
            clashes = len(relations.remarks.clashes)
            yield from self._filling.fill(
                step, relations, self._slots, self._free, written=written
            )
            yield from self._settle()
            if isinstance(step, Written):
                self.overfilled |= len(relations.remarks.clashes) > clashes

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
            elif not (self._shares and isinstance(step, Apply) and self._told(step)):
                self._stating.state(step, self._relations, self._slots, self._free)
        self._current = -1

    def _told(self, step: Apply) -> bool:
        """Take what an op answered before; whether that is all it has to say.

        A remark is about tensors, so that an op has to make it itself.
        """
        law = self._stating.law(step)
        if law is None:
            return True
        tensors = [self._slots[number] for number in step.inputs + step.outputs]
        assuming = self._relations.assuming
        shapes = [known(slot) for slot in tensors]
        answer = ask(law, step, shapes, self._solver.domain, assuming=assuming)
        if answer.remarks is None:
            take(answer, step, tensors, self._wake)
        return answer.remarks is None


def _named(slot: TensorSlot) -> SizeCell:
    """Return the cell of a free dim, which is the one dim of a tensor of its own."""
    cell = SizeCell(slot)
    slot.dims = [cell]
    return cell
