"""Unknown sizes, the tensors made of them, and why each is believed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeAlias

from graphc.diagnostics import Code
from graphc.lang import Condition, Size
from graphc.record import record

if TYPE_CHECKING:
    from graphc.infer.plan import Step
    from graphc.infer.solution import Solution


Text: TypeAlias = Callable[[], str]
"""Gives a line of arithmetic, which is put together only where it is told."""


@dataclass(slots=True, eq=False)
class SizeCell:
    """One dim: its size if known, else the interval it lies in, and the reason.

    ``owner`` is the tensor it is a dim of (or, for a free dim, a tensor of one dim
    that stands for the name): a change wakes the steps that touch it.
    """

    owner: "TensorSlot"
    value: Size | None = None
    low: int = 1
    high: int | None = None
    why: "Reason | None" = None

    @property
    def known(self) -> bool:
        """Whether anything at all is known of the size."""
        return self.value is not None or self.low > 1 or self.high is not None


@dataclass(slots=True, eq=False)
class TensorSlot:
    """One tensor of a module: its dims once the rank is known, and who touches it."""

    steps: list[int] = field(default_factory=list)
    dims: list[SizeCell] | None = None
    why: "Reason | None" = None


class Slots(Protocol):
    """Tensors by their numbers in the plan."""

    def __getitem__(self, number: int, /) -> TensorSlot:
        """Return a tensor."""


@record(eq=False)
class Inside:
    """Where a size was found inside a module: a tensor of a solved instance.

    ``axis`` is its dim, None where it is the rank that was found.
    """

    solution: "Solution"
    tensor: int
    axis: int | None = None

    @property
    def why(self) -> "Reason | None":
        """The reason there."""
        slot = self.solution.slots[self.tensor]
        if self.axis is None or slot.dims is None:
            return slot.why
        return slot.dims[self.axis].why


@record(eq=False)
class Boundary:
    """A dim that an instance was given by its surroundings: port and index of it."""

    inward: bool
    port: int


@record(eq=False)
class Reason:
    """One step of a derivation.

    ``step`` is the op, use or annotation that said so (None at the boundary of a
    module, described by ``boundary``); ``sources`` are the cells it read; ``text``
    tells the arithmetic; ``previous`` is the reason of a bound that was narrowed;
    ``inside`` leads on into a module.
    """

    step: "Step | None"
    sources: tuple[SizeCell, ...] = ()
    text: Text | None = None
    previous: "Reason | None" = None
    inside: Inside | None = None
    boundary: Boundary | None = None


@record(eq=False)
class Clash:
    """Two beliefs that exclude each other, or an op that cannot be applied.

    ``held`` was believed of ``cell`` when ``step`` derived ``found``; both are phrases.
    ``code`` and ``message`` are set where a rule itself refused; ``unless`` tells for
    which few values of symbols there is no clash, or values for which there is.
    """

    step: "Step"
    sources: tuple[SizeCell, ...]
    slot: TensorSlot | None = None
    cell: SizeCell | None = None
    held: str = ""
    found: str = ""
    text: Text | None = None
    code: Code | None = None
    message: str = ""
    help: str = ""
    unless: str = ""


@record(eq=False)
class Demand:
    """What a step asks of the symbols: it can be applied only under a condition.

    ``message`` tells what has to hold. A ``natural`` demand is that a size be large
    enough, such as an input for a kernel; no size of the input is refused for it.
    Where ``condition`` is None, what has to hold was neither proved nor refuted.
    """

    step: "Step"
    sources: tuple[SizeCell, ...]
    condition: Condition | None
    message: str
    natural: bool = False


@dataclass(slots=True, eq=False)
class Remarks:
    """What steps have to tell: each thing once, under a key that tells it apart.

    The first element of a key is the step.
    """

    clashes: dict[tuple[object, ...], Clash] = field(default_factory=dict)
    warnings: dict[tuple[object, ...], Clash] = field(default_factory=dict)
    demands: dict[tuple[object, ...], Demand] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.clashes or self.warnings or self.demands)
