"""What is not believed decides what nothing else does.

Without that, no longer believing an op would hide the mistakes behind it.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from graphc.infer.annotations import Wording
from graphc.infer.arguments import Env, environment_of, repeat_of
from graphc.infer.cells import SizeCell, Slots
from graphc.infer.plan import Apply, Plan, Step, Tied, Use
from graphc.infer.relations import Relations
from graphc.infer.solution import Known, Solving, known
from graphc.infer.stating import Stating
from graphc.infer.written import Written
from graphc.ir import Arguments, Family
from graphc.lang import Fault

if TYPE_CHECKING:
    from graphc.infer.solve import Solver


class Filling:
    """The steps of a plan that are not believed.

    ``filled`` has the dims that a size in the text was taken for.
    """

    def __init__(
        self, solver: "Solver", stating: Stating, plan: Plan, env: Env
    ) -> None:
        self._solver = solver
        self._stating = stating
        self._env = env
        relaxed = solver.relaxed
        self.steps: list[Apply | Use | Written] = [
            step
            for step in (plan.steps if relaxed else ())
            if step.place in relaxed and not isinstance(step, Tied)
        ]
        self.filled: dict[Step, frozenset[int]] = {}

    def fill(
        self,
        step: Apply | Use | Written,
        relations: Relations,
        slots: Slots,
        free: Mapping[str, SizeCell],
        *,
        written: bool,
    ) -> Solving[None]:
        """Fill what a step says, sizes in the text only if ``written``, else ranks."""
        if isinstance(step, Written):
            self._written(step, relations, slots, free, sizes=written)
        else:
            yield from self._given(step, relations, slots)

    def _written(
        self,
        step: Written,
        relations: Relations,
        slots: Slots,
        free: Mapping[str, SizeCell],
        *,
        sizes: bool,
    ) -> None:
        slot, shape = slots[step.tensor], step.shape.form
        if slot.dims and len(slot.dims) != len(shape.dims):
            return
        relations.at(step, Arguments(()), (slot,), ())
        cells = relations.shape(slot, len(shape.dims)) or ()
        wording = Wording(relations, self._env, free)
        before = [cell.value for cell in cells]
        for cell, dim in zip(cells, shape.dims, strict=True):
            if cell.value is None and sizes:
                wording.state(cell, dim)
        pairs = enumerate(zip(before, cells, strict=True))
        filled = [
            n for n, (size, cell) in pairs if size is None and cell.value is not None
        ]
        self.filled[step] = frozenset(filled)

    def _given(
        self, step: Apply | Use, relations: Relations, slots: Slots
    ) -> Solving[None]:
        taken = [known(slots[number]) for number in step.inputs]
        given = yield from self._gives(step, taken)
        outputs = [slots[number] for number in step.outputs]
        relations.at(step, Arguments(()), (), outputs)
        for slot, shape in zip(outputs, given, strict=False):
            if shape is None or (slot.dims and len(slot.dims) != len(shape)):
                continue
            cells = relations.shape(slot, len(shape)) or ()
            for cell, size in zip(cells, shape, strict=True):
                if cell.value is None and not isinstance(size, tuple):
                    relations.fill(cell, size)

    def _gives(
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
