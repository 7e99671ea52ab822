"""What solving a module gives: a size for each tensor, and what could not hold."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from graphc.infer.cells import Clash, Demand, SizeCell, TensorSlot
from graphc.infer.domain import Domain
from graphc.infer.plan import Plan, Step, Use
from graphc.ir import Arguments, Value
from graphc.lang import Fault, Size
from graphc.record import record

Dims: TypeAlias = "tuple[Size | tuple[int, int | None], ...]"
"""What is known of the dims of a shape: the size of each, or its interval."""

Known: TypeAlias = "Dims | None"
"""What is known of a shape; None while not even its rank is."""

Shape: TypeAlias = tuple[Size, ...]


@record(eq=False)
class Run:
    """Instances in a row that are all solved alike: how many, and the solution."""

    count: int
    solution: "Solution"


@dataclass(slots=True, eq=False)
class Solution:
    """A module solved for given arguments and surroundings.

    ``slots`` are the tensors of the plan; ``arguments`` the evaluated arguments of each
    step that has them; ``runs`` the instances behind each use, in order; ``faults`` are
    arguments that have no value or one that is not taken; ``demands`` what is asked of
    the symbols, whose values are those of the ``domain``.
    """

    plan: Plan
    env: Mapping[str, Value]
    slots: list[TensorSlot]
    domain: Domain = field(default_factory=Domain)
    free: dict[str, SizeCell] = field(default_factory=dict)
    arguments: dict[Step, Arguments] = field(default_factory=dict)
    runs: dict[Use, tuple[Run, ...]] = field(default_factory=dict)
    clashes: tuple[Clash, ...] = ()
    warnings: tuple[Clash, ...] = ()
    demands: tuple[Demand, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def inputs(self) -> tuple[TensorSlot, ...]:
        """The tensors that come in."""
        return tuple(self.slots[number] for number in self.plan.inputs)

    @property
    def outputs(self) -> tuple[TensorSlot, ...]:
        """The tensors that go out."""
        return tuple(self.slots[number] for number in self.plan.outputs)

    def shape(self, tensor: int) -> Shape | None:
        """Return the shape of a tensor of the plan, None unless all of it is known."""
        return whole(self.slots[tensor])

    def distinct(self) -> Iterator["Solution"]:
        """Return this solution and all behind its uses, each once."""
        seen: dict[int, Solution] = {}
        pending = [self]
        while pending:
            solution = pending.pop()
            if id(solution) not in seen:
                seen[id(solution)] = solution
                for runs in solution.runs.values():
                    pending.extend(run.solution for run in runs)
        return iter(seen.values())


def whole(slot: TensorSlot) -> Shape | None:
    """Return the shape of a tensor, None unless all of it is known."""
    if slot.dims is None:
        return None
    sizes = tuple(cell.value for cell in slot.dims if cell.value is not None)
    return sizes if len(sizes) == len(slot.dims) else None


def known(slot: TensorSlot) -> Known:
    """Return what is known of a tensor's shape."""
    if slot.dims is None:
        return None
    return tuple(
        (cell.low, cell.high) if cell.value is None else cell.value
        for cell in slot.dims
    )
