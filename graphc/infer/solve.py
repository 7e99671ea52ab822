"""Solving plans: each for the same arguments and surroundings once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace
from typing import TypeVar

from graphc.infer.arguments import Env
from graphc.infer.domain import Domain
from graphc.infer.laws import Law, Laws, exact
from graphc.infer.nesting import worked_out
from graphc.infer.plan import Apply, Place, Plan, Use
from graphc.infer.row import Ends, in_a_row
from graphc.infer.solution import Known, Run, Solution, Solving, Wanted
from graphc.infer.sweep import Sweep
from graphc.infer.worklist import WorkList
from graphc.ir import Arguments
from graphc.lang import Fault, Size
from graphc.record import record

_T = TypeVar("_T")


@record(eq=False)
class Work:
    """What was worked out: the solutions of instances, and what ops say of shapes.

    All that share it have the same values for symbols. With ``reasons`` it is found out
    at once why each size is what it is; without, only where something does not fit, and
    else as soon as it is asked for.
    """

    reasons: bool = False
    solutions: dict[object, Solution] = field(default_factory=dict)
    laws: Laws = field(default_factory=Laws)


class Solver:
    """Solves plans; a plan at the same arguments and surroundings is solved once.

    Places in ``relaxed`` are not believed: a relaxed term states nothing, a relaxed
    size only fills what nothing else decides. ``work`` may be shared by solvers.
    ``given`` are arguments of steps that stand in no text, ``samples`` sizes for
    symbols in the count of a repeat, ``domain`` the values that symbols may have.
    """

    def __init__(
        self,
        relaxed: frozenset[Place] = frozenset(),
        work: Work | None = None,
        given: Mapping[Apply, Arguments] | None = None,
        samples: Mapping[str, Size] | None = None,
        domain: Domain | None = None,
    ) -> None:
        self.relaxed = relaxed
        self.samples = samples
        self.domain = domain or Domain()
        self.given: Mapping[Apply, Arguments] = given or {}
        self.work = Work() if work is None else work
        self._relaxed_in: dict[Plan, frozenset[Place]] = {}

    def believing(self, place: Place) -> "Solver":
        """Return a solver that believes one place more."""
        relaxed = self.relaxed - {place}
        return Solver(relaxed, self.work, self.given, self.samples, self.domain)

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
        ends = tuple(inputs), tuple(outputs)
        return _done(_wanting(Wanted(self, plan, env, *ends, assuming)))

    def repeat(
        self, use: Use, env: Env, count: int, ends: Ends, *, assuming: bool
    ) -> tuple[Run, ...]:
        """Return the solutions of ``count`` bodies in a row, from what the ends tell.

        They are at most ``LONGEST_RUN`` and one more.
        """
        return _done(self.repeating(use, env, count, ends, assuming=assuming))

    def repeating(
        self, use: Use, env: Env, count: int, ends: Ends, *, assuming: bool
    ) -> Solving[tuple[Run, ...]]:
        """Do the work of ``repeat``, asking for each instance."""

        def body(
            inputs: Sequence[Known], outputs: Sequence[Known]
        ) -> Solving[Solution]:
            ends = tuple(inputs), tuple(outputs)
            return _wanting(Wanted(self, use.body, env, *ends, assuming))

        return in_a_row(body, count, ends)

    def alone(
        self,
        step: Apply,
        arguments: Arguments,
        inputs: Sequence[Known],
        outputs: Sequence[Known],
    ) -> Solution:
        """Return the solution of an op on its own, for what is known at its ends."""
        numbers = range(len(inputs) + len(outputs))
        taken, made = tuple(numbers[: len(inputs)]), tuple(numbers[len(inputs) :])
        alone = replace(step, inputs=taken, outputs=made)
        plan = Plan(step.op.name, None, len(numbers), (alone,), taken, made, {})
        solver = Solver(
            work=Work(reasons=True), given={alone: arguments}, domain=self.domain
        )
        return solver.solve(plan, {}, inputs, outputs, assuming=True)

    def law(self, step: Apply, env: Env) -> Law | tuple[Fault, ...]:
        """Return the op of a step with its arguments, or what is wrong with them."""
        if step in self.given:
            return self.work.laws.of(step.op, self.given[step])
        return self.work.laws.law(step.op, step.term, env)

    def arguments_in(self, env: Env) -> Callable[[Apply], Arguments | None]:
        """Return what gives the arguments of steps, None for those without values."""

        def arguments(step: Apply) -> Arguments | None:
            law = self.law(step, env)
            return law.arguments if isinstance(law, Law) else None

        return arguments

    def explanation(self, wanted: Wanted) -> Callable[[], Solution]:
        """Return what solves an instance with the reasons for its sizes."""
        return lambda: _done(self._made(WorkList, wanted))

    def _key(self, wanted: Wanted) -> object:
        """Return what is the same for instances that have the same solution."""
        env = wanted.env
        return (
            wanted.plan,
            tuple([(name, exact(env[name])) for name in sorted(env)]),
            wanted.inputs,
            wanted.outputs,
            wanted.assuming,
            self._relaxed(wanted.plan) if self.relaxed else self.relaxed,
        )

    def _relaxed(self, plan: Plan) -> frozenset[Place]:
        """Return the places in a plan, and in those it uses, that are not believed."""
        if plan not in self._relaxed_in:
            for inner in plan.within:
                found = self.relaxed & inner.places
                for use in inner.uses:
                    found |= self._relaxed_in[use.body]
                self._relaxed_in[inner] = found
        return self._relaxed_in[plan]

    def solving(self, wanted: Wanted) -> Solving[Solution]:
        """Solve an instance, unless it was solved before."""
        key, solutions = self._key(wanted), self.work.solutions
        if key not in solutions:
            way = WorkList if self.work.reasons else Sweep
            solutions[key] = yield from self._made(way, wanted)
        return solutions[key]

    def _made(
        self, way: type[WorkList] | type[Sweep], wanted: Wanted
    ) -> Solving[Solution]:
        run = way(self, wanted)
        solution = yield from run.solution()
        if run.overfilled:
            solution = yield from way(self, wanted).solution(written=False)
        return solution


def _wanting(wanted: Wanted) -> Solving[Solution]:
    """Ask for the solution of an instance."""
    solution = yield wanted
    return solution


def _done(work: Solving[_T]) -> _T:
    """Do work, and that of the instances it asks for."""
    return worked_out(work, lambda wanted: wanted.solver.solving(wanted))
