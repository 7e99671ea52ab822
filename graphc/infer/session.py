"""A whole spec solved once under a set of places that are not believed."""

from collections.abc import Iterator
from functools import cached_property

from graphc.diagnostics import Code
from graphc.infer.cells import Clash, Demand
from graphc.infer.domain import Domain
from graphc.infer.plan import Place, Plan, Use
from graphc.infer.planning import Planner
from graphc.infer.solution import Solution
from graphc.infer.solve import Solver, Work
from graphc.ir import Module, Network, Value
from graphc.lang import ALWAYS, Condition, Values
from graphc.record import record


@record(eq=False)
class Frame:
    """An instance as it was reached: its solution, and the use that led there."""

    solution: Solution
    use: Use | None = None
    parent: "Frame | None" = None


@record(eq=False)
class Conflict:
    """A clash, and the first instance in which it was met."""

    clash: Clash
    frame: Frame

    @property
    def key(self) -> tuple[Place, Code | None]:
        """What makes two clashes one: the place, and the kind of refusal."""
        return self.clash.step.place, self.clash.code


@record(eq=False, slots=False)
class Session:
    """The solutions of the model and of the modules that it does not use."""

    roots: tuple[Solution, ...]
    relaxed: frozenset[Place]

    @property
    def model(self) -> Solution:
        """The solution of the model."""
        return self.roots[0]

    @cached_property
    def frames(self) -> tuple[Frame, ...]:
        """Every distinct instance, the model first, as it was first reached."""
        seen: set[int] = set()
        found: list[Frame] = []
        pending = [Frame(root) for root in reversed(self.roots)]
        while pending:
            frame = pending.pop()
            if id(frame.solution) in seen:
                continue
            seen.add(id(frame.solution))
            found.append(frame)
            inner = [
                Frame(run.solution, use, frame)
                for use, runs in frame.solution.runs.items()
                for run in runs
            ]
            pending.extend(reversed(inner))
        return tuple(found)

    @property
    def left(self) -> int:
        """The number of conflicts."""
        told = (frame.solution.clashes for frame in self.frames)
        return len({(one.step.place, one.code) for clashes in told for one in clashes})

    @cached_property
    def conflicts(self) -> dict[tuple[Place, Code | None], Conflict]:
        """Every clash, each place and kind once."""
        found: dict[tuple[Place, Code | None], Conflict] = {}
        for frame in self.frames:
            if not frame.solution.clashes:
                continue
            for clash in frame.solution.explained.clashes:
                conflict = Conflict(clash, frame)
                found.setdefault(conflict.key, conflict)
        return found

    @cached_property
    def demands(self) -> tuple[tuple[Demand, Frame], ...]:
        """What is asked of the symbols, each place and condition once."""
        found: dict[object, tuple[Demand, Frame]] = {}
        for frame in self.frames:
            for demand in frame.solution.demands:
                key = demand.step.place, str(demand.condition), demand.natural
                found.setdefault(key, (demand, frame))
        return tuple(found.values())

    def at(self, place: Place) -> Iterator[Frame]:
        """Return the instances whose own text holds the place."""
        return (
            frame
            for frame in self.frames
            if any(step.place is place for step in frame.solution.plan.steps)
        )


class Checking:
    """Solves one network again and again, sharing what does not change."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._planner = Planner(network)
        self._work = Work()
        self._model = self._planner.model()
        self._unused = tuple(self._unused_plans())
        self.domain = _given(network)
        self._raise()

    def _raise(self) -> None:
        """Leave out the sizes of the input that are too small for some op.

        Below them nothing has to hold, so nothing there is an example against a size.
        """
        session = self.solve()
        if not session.left and not session.demands:
            return
        least: dict[str, int] = {}
        for demand, _ in session.demands:
            if demand.natural and demand.condition is not None:
                for name, low in _floors(demand.condition):
                    least[name] = max(low, least.get(name, 1))
        if least:
            self.domain = self.domain.above(least)
            self._work = Work()

    def _unused_plans(self) -> Iterator[Plan]:
        """Return the plans of modules that nothing uses and that need no argument."""
        used = {plan.name for plan in self._model.within if plan.module is not None}
        for name, module in self._network.modules.items():
            ready = not any(parameter.required for parameter in module.parameters)
            if name not in used and ready:
                yield self._planner.module(name)

    @property
    def size(self) -> int:
        """The number of steps in all plans, a measure of what one solving costs."""
        return len(frozenset().union(*(one.places for one in self._model.within)))

    def solve(self, relaxed: frozenset[Place] = frozenset()) -> Session:
        """Solve the whole spec without believing the places in ``relaxed``."""
        solver = Solver(relaxed, self._work, domain=self.domain)
        roots = []
        for plan in (self._model, *self._unused):
            module = plan.module
            env = {} if module is None else defaults(module)
            ends = [None] * len(plan.inputs), [None] * len(plan.outputs)
            roots.append(solver.solve(plan, env, *ends, assuming=True))
        return Session(tuple(roots), relaxed)


def _given(network: Network) -> Domain:
    """Return what the spec says of the free dims at its inputs."""
    condition = ALWAYS
    for clause in network.where:
        condition = condition.both(clause.condition) or condition
    return Domain(condition)


def _floors(condition: Condition) -> Iterator[tuple[str, int]]:
    """Yield the symbols of which a condition asks only that they reach a size."""
    if len(condition.boxes) == 1:
        for name, values in condition.boxes[0].items():
            if values == Values(values.low):
                yield name, values.low


def defaults(module: Module) -> dict[str, Value]:
    """Return the parameters of a module at their defaults."""
    return {parameter.name: parameter.default for parameter in module.parameters}
