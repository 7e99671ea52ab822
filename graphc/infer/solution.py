"""What solving a module gives: a size for each tensor, and what could not hold."""

from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from graphc.infer.cells import Clash, Demand, Remarks, SizeCell, TensorSlot
from graphc.infer.domain import Domain
from graphc.infer.plan import Apply, Plan, Step, Use
from graphc.ir import Arguments, Value
from graphc.lang import Fault, Size
from graphc.record import record

if TYPE_CHECKING:
    from graphc.infer.solve import Solver

Dims: TypeAlias = "tuple[Size | tuple[int, int | None], ...]"
"""What is known of the dims of a shape: the size of each, or its interval."""

Known: TypeAlias = "Dims | None"
"""What is known of a shape; None while not even its rank is."""

Shape: TypeAlias = tuple[Size, ...]

OPEN = (1, None)
"""What is known of a dim of which nothing is."""


@record(eq=False)
class Run:
    """Instances in a row that are all solved alike: how many, and the solution."""

    count: int
    solution: "Solution"


@record(eq=False)
class Wanted:
    """An instance to be solved: a plan, its parameters, and what its ends tell.

    With ``assuming`` its joins may take open dims to be those of their other inputs.
    """

    solver: "Solver"
    plan: Plan
    env: Mapping[str, Value]
    inputs: tuple[Known, ...]
    outputs: tuple[Known, ...]
    assuming: bool


_T = TypeVar("_T")

Solving: TypeAlias = Generator[Wanted, "Solution", _T]
"""Work that asks for the instances it needs, one by one, and is given their solutions.

So modules may nest as deep as they like: what waits for another does so in a list."""


@dataclass(slots=True, eq=False)
class Solution:
    """A module solved for given arguments and surroundings.

    ``shapes`` has what is known of each tensor of the plan, ``free`` the sizes of the
    free dims (None for one that is open); ``runs`` the instances behind each use, in
    order; ``faults`` are arguments that have no value or one that is not taken;
    ``remarks`` what does not fit and what is asked of the symbols, whose values are
    those of the ``domain``; ``filled`` the dims that only a size that is not believed
    says. ``arguments_of`` gives the arguments of an op, None where they have no values.
    ``explain`` solves it again with the reasons for all that is known.
    """

    plan: Plan
    env: Mapping[str, Value]
    shapes: list[Known]
    explain: "Callable[[], Solution] | None"
    arguments_of: Callable[[Apply], Arguments | None]
    domain: Domain = field(default_factory=Domain)
    free: dict[str, Size | None] = field(default_factory=dict)
    runs: dict[Use, tuple[Run, ...]] = field(default_factory=dict)
    remarks: Remarks = field(default_factory=Remarks)
    filled: Mapping[Step, frozenset[int]] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    _slots: list[TensorSlot] = field(default_factory=list)
    _explained: "Solution | None" = None

    @property
    def explained(self) -> "Solution":
        """The same with a reason for all that is known, and for what does not fit."""
        if self._explained is None:
            self._explained = self if self.explain is None else self.explain()
        return self._explained

    @property
    def slots(self) -> list[TensorSlot]:
        """The tensors of the plan, with the reasons for what is known of them."""
        return self.explained._slots

    @property
    def clashes(self) -> tuple[Clash, ...]:
        """What does not fit; the reasons are those of the ``explained`` solution."""
        return tuple(self.remarks.clashes.values())

    @property
    def warnings(self) -> tuple[Clash, ...]:
        """What fits, and is seldom meant."""
        return tuple(self.remarks.warnings.values())

    @property
    def demands(self) -> tuple[Demand, ...]:
        """What is asked of symbols."""
        return tuple(self.remarks.demands.values())

    @property
    def inputs(self) -> tuple[Known, ...]:
        """What is known of the tensors that come in."""
        return self.at(self.plan.inputs)

    @property
    def outputs(self) -> tuple[Known, ...]:
        """What is known of the tensors that go out."""
        return self.at(self.plan.outputs)

    def at(self, tensors: tuple[int, ...]) -> tuple[Known, ...]:
        """Return what is known of tensors of the plan."""
        return tuple([self.shapes[number] for number in tensors])

    def shape(self, tensor: int) -> Shape | None:
        """Return the shape of a tensor of the plan, None unless all of it is known."""
        return whole(self.shapes[tensor])

    @property
    def complete(self) -> bool:
        """Whether the shape of every tensor is known."""
        return None not in map(whole, set(self.shapes))

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


def whole(shape: Known) -> Shape | None:
    """Return a shape of which all is known, None if something is open."""
    if shape is None:
        return None
    sizes = tuple([size for size in shape if not isinstance(size, tuple)])
    return sizes if len(sizes) == len(shape) else None


def known(slot: TensorSlot) -> Known:
    """Return what is known of a tensor's shape."""
    if slot.dims is None:
        return None
    return tuple(
        [
            (cell.low, cell.high) if cell.value is None else cell.value
            for cell in slot.dims
        ]
    )


def slot_of(shape: Known) -> TensorSlot:
    """Return a tensor of which that much is known, for no reason."""
    slot = TensorSlot()
    fill_in(slot, shape)
    return slot


def fill_in(slot: TensorSlot, shape: Known) -> None:
    """Let a tensor be what is known of its shape, without a reason."""
    if shape is None:
        return
    if slot.dims is None:
        slot.dims = [SizeCell(slot) for _ in shape]
    for cell, size in zip(slot.dims, shape, strict=True):
        if isinstance(size, tuple):
            cell.low, cell.high = size
        else:
            cell.value = size
            if isinstance(size, int):
                cell.low = cell.high = size
