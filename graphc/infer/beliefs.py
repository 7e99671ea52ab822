"""What one solving run believes of sizes, and where beliefs exclude each other."""

from collections.abc import Callable, Iterable, Sequence
from typing import Self

from graphc.diagnostics import Code
from graphc.infer.cells import (
    Clash,
    Demand,
    Inside,
    Reason,
    Remarks,
    SizeCell,
    TensorSlot,
    Text,
)
from graphc.infer.domain import Depends, Domain, Doubtful, Fails, Holds
from graphc.infer.plan import Step
from graphc.ir import Arguments
from graphc.lang import Condition, Size


class Beliefs:
    """What one solving run believes, seen from one step at a time.

    ``wake`` is told of every tensor of which something new is known. ``assuming`` is
    true while a join may take an open dim to be that of its other inputs. What holds
    for symbols of some values of the ``domain`` only is kept as a demand.
    """

    def __init__(self, wake: Callable[[TensorSlot], None], domain: Domain) -> None:
        self._wake = wake
        self.domain = domain
        self._step: Step | None = None
        self.arguments = Arguments(())
        self.inputs: Sequence[TensorSlot] = ()
        self.outputs: Sequence[TensorSlot] = ()
        self.assuming = False
        self.remarks = Remarks()
        self.boundary: Reason | None = None

    def at(
        self,
        step: Step,
        arguments: Arguments,
        inputs: Sequence[TensorSlot],
        outputs: Sequence[TensorSlot],
    ) -> Self:
        """Turn to a step; what is stated from now on is its word."""
        self._step = step
        self.arguments, self.inputs, self.outputs = arguments, inputs, outputs
        return self

    @property
    def step(self) -> Step:
        """The step whose word is heard."""
        if self._step is None:
            raise AssertionError("a relation outside every step")
        return self._step

    # Ranks

    def shape(self, tensor: TensorSlot, rank: int) -> Sequence[SizeCell] | None:
        """Give ``tensor`` that many dims and return them; None if it has others."""
        return self.ranked(tensor, rank, ())

    def ranked(
        self,
        tensor: TensorSlot,
        rank: int,
        because: Iterable[TensorSlot],
        inside: Inside | None = None,
    ) -> Sequence[SizeCell] | None:
        """Give ``tensor`` a rank that follows from the tensors ``because``."""
        if tensor.dims is None:
            sources = tuple(cell for slot in because for cell in slot.dims or ())
            tensor.dims = [SizeCell(tensor) for _ in range(rank)]
            tensor.why = Reason(self._step, sources, inside=inside)
            self._wake(tensor)
        elif len(tensor.dims) != rank:
            sources = tuple(cell for slot in because for cell in slot.dims or ())
            held, found = _dims(len(tensor.dims)), _dims(rank)
            clash = Clash(self.step, sources, tensor, held=held, found=found)
            self._record(("rank", id(tensor)), clash)
            return None
        return tensor.dims

    def alike(self, *tensors: TensorSlot) -> int | None:
        """Give all tensors one rank and return it; None while none of them has one."""
        first = next((tensor for tensor in tensors if tensor.dims is not None), None)
        if first is None or first.dims is None:
            return None
        rank = len(first.dims)
        shapes = [self.ranked(tensor, rank, (first,)) for tensor in tensors]
        return None if any(shape is None for shape in shapes) else rank

    def same(self, *tensors: TensorSlot) -> None:
        """State that all tensors have the same shape."""
        if self.alike(*tensors) is None:
            return
        head, *tail = [tensor.dims or () for tensor in tensors]
        for dims in tail:
            for left, right in zip(head, dims, strict=True):
                self.equal(left, right)

    # Single sizes

    def equal(self, left: SizeCell | Size, right: SizeCell | Size) -> None:
        """State that two sizes are the same."""
        for target, origin in ((left, right), (right, left)):
            if not isinstance(target, SizeCell):
                continue
            if not isinstance(origin, SizeCell):
                self.put(target, origin, ())
            elif origin.value is not None:
                if target.value is None:
                    self.put(target, origin.value, (origin,))
            elif target.value is None:
                self.narrow(target, origin.low, origin.high, (origin,))
        a, b = value_of(left), value_of(right)
        if a is not None and b is not None:
            failure = self.differ(a, b, cells_of(left, right))
            if failure is not None:
                self._differ(left, right, failure)

    def _differ(
        self, left: SizeCell | Size, right: SizeCell | Size, failure: Fails
    ) -> None:
        """Record that two known sizes, of which one at least is a cell, disagree."""
        target, origin = (right, left) if isinstance(right, SizeCell) else (left, right)
        if isinstance(target, SizeCell):
            sources = (origin,) if isinstance(origin, SizeCell) else ()
            held, found = f"{target.value}", f"{value_of(origin)}"
            self._clash_at(target, (held, found), sources, unless=failure.words)
        elif not isinstance(origin, SizeCell):
            self.fail(Code.GC302, f"{left} is not {right}")

    def differ(
        self,
        left: Size,
        right: Size,
        sources: tuple[SizeCell, ...],
        message: str = "",
    ) -> Fails | None:
        """Return why two sizes do not agree; None if they do, or under a demand.

        ``message`` says in the words of the rule that they agree.
        """
        verdict = self.domain.agree(left, right)
        if isinstance(verdict, Holds):
            return None
        if isinstance(verdict, Fails):
            return verdict
        condition = verdict.condition if isinstance(verdict, Depends) else None
        message = message or f"{left} and {right} are the same"
        if isinstance(verdict, Doubtful):
            message = f"{left} and {right} may differ: {verdict.reason}"
        self.demand(condition, message, sources)
        return None

    def demand(
        self,
        condition: Condition | None,
        message: str,
        sources: tuple[SizeCell, ...],
        *,
        natural: bool = False,
    ) -> None:
        """Ask something of the symbols; a condition that never holds is no demand."""
        found = Demand(self.step, sources, condition, message, natural)
        self.remarks.demands.setdefault((self.step, message), found)

    def reach(
        self,
        size: Size,
        least: int,
        sources: tuple[SizeCell, ...],
        message: str,
        *,
        natural: bool = True,
    ) -> bool:
        """Ask that a symbolic size be large enough; return whether it ever is."""
        condition = self.domain.at_least(size, least)
        if condition is None or condition.always:
            return True
        if condition.never:
            return False
        self.demand(condition, message, sources, natural=natural)
        return True

    def put(
        self,
        cell: SizeCell,
        size: Size,
        sources: tuple[SizeCell, ...],
        text: Text | None = None,
        inside: Inside | None = None,
    ) -> None:
        """Set a size that follows from the cells ``sources``."""
        held = cell.value
        if held is None and not self._takes(cell, size, sources):
            self._clash_at(cell, (_interval(cell), f"{size}"), sources, text)
        elif held is None:
            cell.why = Reason(self._step, sources, text, cell.why, inside)
            cell.value = size
            if isinstance(size, int):
                cell.low = cell.high = size
            self._wake(cell.owner)
        elif held != size:
            failure = self.differ(held, size, (*sources, cell))
            if failure is not None:
                told = f"{held}", f"{size}"
                self._clash_at(cell, told, sources, text, failure.words)

    def _takes(self, cell: SizeCell, size: Size, sources: tuple[SizeCell, ...]) -> bool:
        """Return whether a size lies in the interval that is known of a cell.

        Of a symbolic size it is asked.
        """
        if isinstance(size, int):
            return _within(cell, size)
        low, high = cell.low, cell.high
        takes = True
        if low > 1:
            more = f"{size} is {low} or more"
            takes = self.reach(size, low, sources, more, natural=False)
        if high is not None:
            less = f"{size} is {high} or less"
            takes &= self.reach(-size, -high, sources, less, natural=False)
        return takes

    def fill(self, cell: SizeCell, size: Size) -> None:
        """Set a size that nothing contradicts, on no other ground than a guess."""
        if not isinstance(size, int) or _within(cell, size):
            self.put(cell, size, ())

    def narrow(
        self,
        cell: SizeCell,
        low: int,
        high: int | None,
        sources: tuple[SizeCell, ...],
        inside: Inside | None = None,
    ) -> None:
        """Set the interval in which a size lies, as it follows from ``sources``."""
        if cell.value is not None and not isinstance(cell.value, int):
            return
        low = max(low, cell.low)
        if high is None or (cell.high is not None and cell.high < high):
            high = cell.high
        if low == cell.low and high == cell.high:
            return
        if high is not None and low > high:
            self._clash_at(cell, (_interval(cell), f"{low} to {high}"), sources)
        elif low == high:
            self.put(cell, low, sources, None, inside)
        else:
            cell.why = Reason(self._step, sources, None, cell.why, inside)
            cell.low, cell.high = low, high
            self._wake(cell.owner)

    def fail(
        self,
        code: Code,
        message: str,
        help: str = "",  # noqa: A002
        sources: tuple[SizeCell, ...] | None = None,
    ) -> None:
        """Report that the op cannot be applied as it stands."""
        slots = (*self.inputs, *self.outputs)
        if sources is None:
            sources = tuple(cell for slot in slots for cell in slot.dims or ())
        clash = Clash(self.step, sources, code=code, message=message, help=help)
        self._record(("fail",), clash)

    def _clash_at(
        self,
        cell: SizeCell,
        told: tuple[str, str],
        sources: tuple[SizeCell, ...],
        text: Text | None = None,
        unless: str = "",
    ) -> None:
        clash = Clash(self.step, sources, cell.owner, cell, *told, text, unless=unless)
        self._record((id(cell),), clash)

    def _record(self, key: tuple[object, ...], clash: Clash) -> None:
        self.remarks.clashes.setdefault((self.step, *key), clash)


def value_of(size: SizeCell | Size) -> Size | None:
    """Return the size that a cell or a size stands for, if it is known."""
    return size.value if isinstance(size, SizeCell) else size


def cells_of(*sizes: SizeCell | Size) -> tuple[SizeCell, ...]:
    """Return the cells among cells and sizes."""
    return tuple(size for size in sizes if isinstance(size, SizeCell))


def _interval(cell: SizeCell) -> str:
    if cell.high is None:
        return f"at least {cell.low}"
    if cell.low == cell.high:
        return f"{cell.low}"
    return f"at least {cell.low} and at most {cell.high}"


def _within(cell: SizeCell, size: int) -> bool:
    return cell.low <= size and (cell.high is None or size <= cell.high)


def _dims(rank: int) -> str:
    return "1 dim" if rank == 1 else f"{rank} dims"
