"""What the steps of a plan state about tensors, whoever keeps the tensors."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, cast

from graphc.diagnostics import Code
from graphc.infer.annotations import Wording
from graphc.infer.arguments import Env, environment_of, repeat_of
from graphc.infer.cells import Inside, SizeCell, Slots, TensorSlot
from graphc.infer.laws import Law
from graphc.infer.plan import Apply, Step, Tied, Use
from graphc.infer.relations import Relations
from graphc.infer.row import LONGEST_RUN
from graphc.infer.solution import Run, Solution, Solving, known
from graphc.infer.tied import tied
from graphc.infer.written import Written
from graphc.ir import Arguments, Sizes
from graphc.lang import Fault

if TYPE_CHECKING:
    from graphc.infer.solve import Solver

_NO_ARGUMENTS = Arguments(())


class Stating:
    """The steps of one plan, for values of its parameters.

    ``runs`` are the instances behind the uses that were taken, ``faults`` what is wrong
    with arguments; a step with such a fault states nothing.
    """

    def __init__(self, solver: "Solver", env: Env) -> None:
        self._solver = solver
        self._env = env
        self.runs: dict[Use, tuple[Run, ...]] = {}
        self.faults: tuple[Fault, ...] = ()
        self._faulty: set[Step] = set()

    def law(self, step: Apply) -> Law | None:
        """Return an op with its arguments; None, and faults kept, if they have none."""
        found = self._solver.law(step, self._env)
        if isinstance(found, Law):
            return found
        self._refuse(step, found)
        return None

    def state(
        self,
        step: Apply | Written | Tied,
        relations: Relations,
        slots: Slots,
        free: Mapping[str, SizeCell],
    ) -> None:
        """State what a step says of its tensors, and of the free dims it names."""
        inputs = [slots[number] for number in step.inputs]
        outputs = [slots[number] for number in step.outputs]
        relations.at(step, _NO_ARGUMENTS, inputs, outputs)
        if isinstance(step, Apply):
            law = self.law(step)
            if law is not None:
                apply(law, relations)
        elif isinstance(step, Written):
            dims = step.shape.form.dims
            cells = relations.shape(inputs[0], len(dims)) or ()
            wording = Wording(relations, self._env, free)
            for cell, dim in zip(cells, dims, strict=False):
                wording.state(cell, dim)
        else:
            self._tie(step, relations, slots)

    def use(self, use: Use, relations: Relations, slots: Slots) -> Solving[None]:
        """State what the instances behind a use say of its tensors."""
        env = environment_of(use, self._env)
        count = repeat_of(use.term, self._env, self._solver.samples)
        if isinstance(env, tuple) or isinstance(count, Fault):
            faults = env if isinstance(env, tuple) else ()
            count_faults = (count,) if isinstance(count, Fault) else ()
            self._refuse(use, (*faults, *count_faults))
            return
        inputs = [slots[number] for number in use.inputs]
        outputs = [slots[number] for number in use.outputs]
        ends = tuple(map(known, inputs)), tuple(map(known, outputs))
        assuming = relations.assuming
        runs = yield from self._solver.repeating(
            use, env, count, ends, assuming=assuming
        )
        relations.at(use, _NO_ARGUMENTS, inputs, outputs)
        if len(runs) > LONGEST_RUN:
            relations.fail(
                Code.GC302,
                f"more than {LONGEST_RUN} instances in a row have different sizes",
            )
            return
        self.runs[use] = runs
        first, last = runs[0].solution, runs[-1].solution
        _refine(relations, inputs, first, first.plan.inputs)
        _refine(relations, outputs, last, last.plan.outputs)

    def _tie(self, step: Tied, relations: Relations, slots: Slots) -> None:
        """Let each of two applications of a module tell what the other leaves open."""
        first = step.first
        law = self.law(first) if isinstance(first, Apply) else None
        arguments = None if law is None else law.arguments
        for left, right in tied(step, slots, arguments, self._solver.domain):
            for cell, other in ((left, right), (right, left)):
                if cell.value is None and other.value is not None:
                    relations.put(cell, other.value, (other,))

    def _refuse(self, step: Step, faults: tuple[Fault, ...]) -> None:
        if step not in self._faulty:
            self._faulty.add(step)
            self.faults += faults


def apply(law: Law, relations: Relations) -> None:
    """State what an op says of the tensors that relations were turned to."""
    relations.arguments = law.arguments
    # A rule hands back only the cells and tensors that it was given.
    law.op.sizes(cast("Sizes", relations))


def _refine(
    relations: Relations,
    slots: Sequence[TensorSlot],
    solution: Solution,
    tensors: Sequence[int],
) -> None:
    """Take over what an instance tells about the tensors at its boundary."""
    for slot, tensor in zip(slots, tensors, strict=False):
        shape = solution.shapes[tensor]
        if shape is None:
            continue
        inside = Inside(solution, tensor)
        cells = relations.ranked(slot, len(shape), (), inside)
        for axis, (cell, size) in enumerate(zip(cells or (), shape, strict=False)):
            inside = Inside(solution, tensor, axis)
            if not isinstance(size, tuple):
                relations.put(cell, size, (), inside=inside)
            elif size != (1, None):
                relations.narrow(cell, *size, (), inside=inside)
