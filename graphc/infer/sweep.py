"""Solving a plan without reasons: a sweep over shapes that asks nothing twice.

It takes the steps in the order in which the work-list does, and finds the sizes that it
finds. What a size is for is not kept, so what an op says of shapes is the same for all
ops like it and is looked up.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from heapq import heappop, heappush
from typing import TYPE_CHECKING, TypeVar

from graphc.infer.asking import ask, by_place, relating
from graphc.infer.cells import Clash, Demand, Remarks, SizeCell, TensorSlot
from graphc.infer.filling import Filling
from graphc.infer.laws import Law
from graphc.infer.plan import Apply, Step, Tied, Use
from graphc.infer.relations import Relations
from graphc.infer.solution import OPEN, Known, Solution, Solving, Wanted, known, slot_of
from graphc.infer.stating import Stating
from graphc.infer.written import Written
from graphc.ir import Phrase

if TYPE_CHECKING:
    from graphc.infer.solve import Solver

_Said = TypeVar("_Said", bound=Clash | Demand)


class Sweep:
    """One sweep over one plan.

    ``overfilled`` tells whether sizes that are not believed led to a clash where they
    filled what nothing else decides.
    """

    def __init__(self, solver: "Solver", wanted: Wanted) -> None:
        plan = wanted.plan
        self._solver = solver
        self._wanted = wanted
        self._plan = plan
        self._assumes = False
        self._shapes: list[Known] = [None] * plan.tensors
        self._shapes += [(plan.rigid.get(name, OPEN),) for name in plan.free]
        self._stating = Stating(solver, wanted.env)
        self._laws: dict[Phrase, Law] = {}
        self._sizes: dict[tuple[object, ...], tuple[Known, ...]] = {}
        self._filling = Filling(solver, self._stating, plan, wanted.env)
        self._remarks = Remarks()
        self._next = 0
        self._woken: list[int] = []
        self._waiting: set[int] = set()
        self.overfilled = False

    def solution(self, *, written: bool = True) -> Solving[Solution]:
        """Solve from what is known at the boundary.

        With ``written``, sizes that are not believed fill what nothing else decides,
        and without it only ranks.
        """
        plan, shapes, wanted = self._plan, self._shapes, self._wanted
        ends = (*plan.inputs, *plan.outputs), (*wanted.inputs, *wanted.outputs)
        for tensor, shape in zip(*ends, strict=True):
            if shapes[tensor] is None:
                shapes[tensor] = shape
        yield from self._settle()
        if wanted.assuming:
            self._assumes = True
            self._wake(plan.joins, -1)
            yield from self._settle()
            yield from self._fill(written=written)
        sizes = [shape[0] for shape in shapes[plan.tensors :] if shape is not None]
        free = {
            name: None if isinstance(size, tuple) else size
            for name, size in zip(plan.free, sizes, strict=True)
        }
        del shapes[plan.tensors :]
        return Solution(
            plan,
            wanted.env,
            shapes,
            self._solver.explanation(wanted),
            self._solver.arguments_in(wanted.env),
            self._solver.domain,
            free,
            self._stating.runs,
            self._remarks,
            self._filling.filled,
            self._stating.faults,
        )

    def _fill(self, *, written: bool) -> Solving[None]:
        """Let what is not believed decide what nothing else decided."""
        for step in self._filling.steps:
            clashes = len(self._remarks.clashes)
            relations, slots, free = self._relations(), self._slots(step), {}
            if isinstance(step, Written):
                free = self._named(step)
            yield from self._filling.fill(step, relations, slots, free, written=written)
            self._keep(slots, free, relations, -1)
            yield from self._settle()
            if isinstance(step, Written):
                self.overfilled |= len(self._remarks.clashes) > clashes

    def _settle(self) -> Solving[None]:
        """Take every step, and again those that are woken."""
        steps, relaxed = self._plan.steps, self._solver.relaxed
        while self._woken or self._next < len(steps):
            if self._woken:
                number = heappop(self._woken)
                self._waiting.remove(number)
            else:
                number = self._next
                self._next += 1
            step = steps[number]
            if relaxed and step.place in relaxed:
                continue
            if isinstance(step, Apply):
                self._apply(step, number)
            elif isinstance(step, Use):
                relations, slots = self._relations(), self._slots(step)
                yield from self._stating.use(step, relations, slots)
                self._keep(slots, {}, relations, number)
            else:
                self._note(step, number)

    def _apply(self, step: Apply, number: int) -> None:
        """Take an op, as it answered before, or ask it."""
        law = self._laws.get(step.term.phrase) or self._law(step)
        if law is None:
            return
        shapes, inputs, outputs = self._shapes, step.inputs, step.outputs
        answers = law.assumed if self._assumes else law.plain
        if len(inputs) == 1 == len(outputs):
            answer = answers.get((shapes[inputs[0]], shapes[outputs[0]]))
        else:
            answer = None
        if answer is None:
            taken = [shapes[tensor] for tensor in inputs + outputs]
            answer = ask(law, step, taken, self._solver.domain, assuming=self._assumes)
        for place, shape in answer.news:
            ahead = place - len(inputs)
            tensor = inputs[place] if ahead < 0 else outputs[ahead]
            self._set(tensor, shape, number, forwards=ahead >= 0)
        if answer.remarks is not None:
            self._hear(answer.remarks, step)

    def _law(self, step: Apply) -> Law | None:
        law = self._stating.law(step)
        if law is not None:
            self._laws[step.term.phrase] = law
        return law

    def _note(self, step: Written | Tied, number: int) -> None:
        """Take a size in the text, or what holds two applications together."""
        if isinstance(step, Written):
            held, sizes = self._shapes[step.tensor], step.sizes
            if sizes is None or held not in (None, sizes):
                self._compare(step, number)
            elif held is None:
                self._set(step.tensor, sizes, number, forwards=True)
            return
        relations, slots = self._relations(), self._slots(step)
        self._stating.state(step, relations, slots, {})
        self._keep(slots, {}, relations, number)

    def _compare(self, step: Written, number: int) -> None:
        """Take a size in the text, as one of the same text was taken before."""
        shapes, free = self._shapes, self._plan.free
        tensors = (step.tensor, *[free[name] for name in step.free])
        question = id(step.shape.form), *[shapes[tensor] for tensor in tensors]
        answer = self._sizes.get(question)
        if answer is None:
            relations, slots = self._relations(), self._slots(step)
            named = self._named(step)
            self._stating.state(step, relations, slots, named)
            self._keep(slots, named, relations, number)
            if not relations.remarks:
                self._sizes[question] = tuple([shapes[tensor] for tensor in tensors])
            return
        for tensor, shape in zip(tensors, answer, strict=True):
            if shape != shapes[tensor]:
                self._set(tensor, shape, number, forwards=False)

    def _relations(self) -> Relations:
        return relating(self._solver.domain, assuming=self._assumes)

    def _slots(self, step: Step) -> dict[int, TensorSlot]:
        tensors = (*step.inputs, *step.outputs)
        return {number: slot_of(self._shapes[number]) for number in tensors}

    def _named(self, step: Written) -> dict[str, SizeCell]:
        """Return cells for the free dims in a size."""
        numbers = self._plan.free
        slots = {name: slot_of(self._shapes[numbers[name]]) for name in step.free}
        return {name: slot.dims[0] for name, slot in slots.items() if slot.dims}

    def _keep(
        self,
        slots: dict[int, TensorSlot],
        free: Mapping[str, SizeCell],
        relations: Relations,
        number: int,
    ) -> None:
        """Keep what was stated of tensors and free dims."""
        for name, cell in free.items():
            slots[self._plan.free[name]] = cell.owner
        for tensor, slot in slots.items():
            shape = known(slot)
            if shape != self._shapes[tensor]:
                self._set(tensor, shape, number, forwards=False)
        if relations.remarks:
            self._hear(by_place(relations.remarks, slots), relations.step)

    def _set(self, tensor: int, shape: Known, number: int, *, forwards: bool) -> None:
        """Keep a shape and wake the steps that touch it.

        What is given forwards for the first time has been touched by sizes in the text
        alone: the steps that read it are yet to come.
        """
        self._shapes[tensor] = shape
        if not forwards or number != self._next - 1:
            self._wake(self._plan.touching[tensor], number)
        elif tensor in self._plan.lettered:
            self._wake(self._plan.lettered[tensor], number)

    def _wake(self, numbers: Iterable[int], current: int) -> None:
        for number in numbers:
            if current != number < self._next and number not in self._waiting:
                self._waiting.add(number)
                heappush(self._woken, number)

    def _hear(self, remarks: Remarks, step: Step) -> None:
        """Keep remarks as those of a step."""
        mine = self._remarks
        _add(mine.clashes, remarks.clashes, step)
        _add(mine.warnings, remarks.warnings, step)
        _add(mine.demands, remarks.demands, step)


def _add(
    mine: dict[tuple[object, ...], _Said],
    others: dict[tuple[object, ...], _Said],
    step: Step,
) -> None:
    """Add what was not said yet, as the word of a step."""
    for key, said in others.items():
        own = (step, *key[1:])
        if own not in mine:
            mine[own] = replace(said, step=step)
