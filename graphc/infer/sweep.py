"""Solving a plan without reasons: a sweep over shapes that asks nothing twice.

It takes the steps in the order in which the work-list does, and finds the sizes that it
finds. What a size is for is not kept, so what an op says of shapes is the same for all
ops like it and is looked up. Where something does not fit, or is asked of symbols, the
sweep gives up, and the work-list tells of it.
"""

from collections.abc import Iterable
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from graphc.infer.arguments import Env
from graphc.infer.cells import SizeCell, TensorSlot
from graphc.infer.laws import Answer, Law
from graphc.infer.plan import Annotated, Apply, Plan, Step, Tied, Use
from graphc.infer.relations import Relations
from graphc.infer.solution import (
    OPEN,
    Known,
    Solution,
    Solving,
    Wanted,
    known,
    slot_of,
    whole,
)
from graphc.infer.stating import Stating, apply

if TYPE_CHECKING:
    from graphc.infer.solve import Solver


class Sweep:
    """One sweep over one plan."""

    def __init__(
        self, solver: "Solver", plan: Plan, env: Env, *, assuming: bool
    ) -> None:
        self._solver = solver
        self._plan = plan
        self._env = env
        self._assuming = assuming
        self._assumes = False
        self._shapes: list[Known] = [None] * plan.tensors
        self._shapes += [(plan.rigid.get(name, OPEN),) for name in plan.free]
        self._stating = Stating(solver, plan, env)
        self._next = 0
        self._woken: list[int] = []
        self._waiting: set[int] = set()

    def solution(self, wanted: Wanted) -> Solving[Solution | None]:
        """Solve from what is known at the boundary; None if it gives up."""
        plan, shapes = self._plan, self._shapes
        ends = (*plan.inputs, *plan.outputs), (*wanted.inputs, *wanted.outputs)
        for tensor, shape in zip(*ends, strict=True):
            if shapes[tensor] is None:
                shapes[tensor] = shape
        fits = yield from self._settle()
        if fits and self._assuming:
            self._assumes = True
            self._wake(plan.joins, -1)
            fits = yield from self._settle()
            fits = fits and self._leaves_nothing()
        if not fits:
            return None
        sizes = (shape[0] for shape in shapes[plan.tensors :] if shape is not None)
        free = {
            name: None if isinstance(size, tuple) else size
            for name, size in zip(plan.free, sizes, strict=True)
        }
        del shapes[plan.tensors :]
        solver, env = self._solver, self._env
        explain = solver.explanation(wanted)
        arguments = solver.arguments_in(env)
        found = Solution(plan, env, shapes, explain, arguments, solver.domain, free)
        found.runs = self._stating.runs
        return found

    def _leaves_nothing(self) -> bool:
        """Whether nothing is open that a step could fill that is not believed."""
        relaxed = self._solver.relaxed
        for step in self._plan.steps if relaxed else ():
            if step.place not in relaxed or isinstance(step, Tied):
                continue
            filled = step.inputs if isinstance(step, Annotated) else step.outputs
            if None in [whole(self._shapes[number]) for number in filled]:
                return False
            if isinstance(step, Apply) and self._stating.law(step) is None:
                return False
        return True

    def _settle(self) -> Solving[bool]:
        """Take every step, and again those that are woken; whether all of them fit."""
        steps, relaxed = self._plan.steps, self._solver.relaxed
        while True:
            if self._woken:
                number = heappop(self._woken)
                self._waiting.remove(number)
            elif self._next < len(steps):
                number = self._next
                self._next += 1
            else:
                return True
            step = steps[number]
            if relaxed and step.place in relaxed:
                continue
            if isinstance(step, Apply):
                fits = self._apply(step, number)
            elif isinstance(step, Use):
                fits = yield from self._use(step, number)
            else:
                fits = self._note(step, number)
            if not fits:
                return False

    def _apply(self, step: Apply, number: int) -> bool:
        """Take an op, as it answered before, or ask it."""
        law = self._solver.law(step, self._env)
        if not isinstance(law, Law):
            return False
        shapes, inputs, outputs = self._shapes, step.inputs, step.outputs
        question: tuple[object, ...]
        if len(inputs) == 1 == len(outputs):
            question = shapes[inputs[0]], shapes[outputs[0]]
        else:
            question = self._question(inputs, outputs)
        answers = law.assumed if self._assumes else law.plain
        if question in answers:
            answer = answers[question]
        else:
            answer = answers[question] = self._ask(law, step)
        if answer is None:
            return False
        for place, shape in answer:
            ahead = place - len(inputs)
            tensor = inputs[place] if ahead < 0 else outputs[ahead]
            self._set(tensor, shape, number, forwards=ahead >= 0)
        return True

    def _question(
        self, inputs: tuple[int, ...], outputs: tuple[int, ...]
    ) -> tuple[object, ...]:
        """Return what is known of tensors, and which of them are the same one."""
        tensors = inputs + outputs
        shapes = [self._shapes[number] for number in tensors]
        first = {number: place for place, number in reversed([*enumerate(tensors)])}
        if len(first) == len(tensors):
            return len(inputs), *shapes
        return len(inputs), tuple([first[number] for number in tensors]), *shapes

    def _ask(self, law: Law, step: Apply) -> Answer:
        """Return what an op says of the shapes at a step, in its own order."""
        relations = self._relations()
        tensors = step.inputs + step.outputs
        slots = {number: slot_of(self._shapes[number]) for number in tensors}
        taken = [slots[number] for number in step.inputs]
        given = [slots[number] for number in step.outputs]
        apply(law, relations.at(step, law.arguments, taken, given))
        if not _quiet(relations):
            return None
        found = {number: known(slot) for number, slot in slots.items()}
        return tuple(
            (tensors.index(number), shape)
            for number, shape in found.items()
            if shape != self._shapes[number]
        )

    def _note(self, step: Annotated | Tied, number: int) -> bool:
        """Take a size in the text, or what holds two applications together."""
        if isinstance(step, Annotated) and step.sizes is not None:
            held = self._shapes[step.tensor]
            if held is None:
                self._set(step.tensor, step.sizes, number, forwards=True)
            if held is None or held == step.sizes:
                return True
        relations = self._relations()
        slots = self._slots(step)
        names = step.free if isinstance(step, Annotated) else ()
        free = {name: self._named(name) for name in names}
        self._stating.state(step, relations, slots, free)
        for name, cell in free.items():
            slots[self._plan.free[name]] = cell.owner
        return self._taken(slots, number, relations)

    def _use(self, step: Use, number: int) -> Solving[bool]:
        """Take a module, or a repeated op."""
        relations = self._relations()
        slots = self._slots(step)
        yield from self._stating.use(step, relations, slots)
        return self._taken(slots, number, relations)

    def _relations(self) -> Relations:
        relations = Relations(_unheard, self._solver.domain)
        relations.assuming = self._assumes
        return relations

    def _slots(self, step: Step) -> dict[int, TensorSlot]:
        tensors = (*step.inputs, *step.outputs)
        return {number: slot_of(self._shapes[number]) for number in tensors}

    def _named(self, name: str) -> SizeCell:
        dims = slot_of(self._shapes[self._plan.free[name]]).dims
        assert dims is not None, "a free dim is one dim"
        return dims[0]

    def _taken(
        self, slots: dict[int, TensorSlot], number: int, relations: Relations
    ) -> bool:
        """Keep what was stated of tensors; whether it fits."""
        if self._stating.faults or not _quiet(relations):
            return False
        for tensor, slot in slots.items():
            shape = known(slot)
            if shape != self._shapes[tensor]:
                self._set(tensor, shape, number, forwards=False)
        return True

    def _set(self, tensor: int, shape: Known, number: int, *, forwards: bool) -> None:
        """Keep a shape and wake the steps that touch it.

        What is given forwards for the first time has been touched by sizes in the text
        alone: the steps that read it are yet to come.
        """
        self._shapes[tensor] = shape
        plan = self._plan
        if forwards and number == self._next - 1:
            numbers: Iterable[int] = plan.lettered.get(tensor, ())
        else:
            numbers = plan.touching[tensor]
        self._wake(numbers, number)

    def _wake(self, numbers: Iterable[int], current: int) -> None:
        for number in numbers:
            if current != number < self._next and number not in self._waiting:
                self._waiting.add(number)
                heappush(self._woken, number)


def _unheard(_: TensorSlot) -> None:
    return None


def _quiet(relations: Relations) -> bool:
    """Whether nothing was stated that has to be told."""
    return not (relations.clashes or relations.warnings or relations.demands)
