"""What one solving run believes of sizes, and where beliefs exclude each other."""

from collections.abc import Callable, Iterable, Sequence
from typing import Self

from graphc.diagnostics import Code
from graphc.infer.agree import agree
from graphc.infer.cells import Clash, Inside, Reason, SizeCell, TensorSlot
from graphc.infer.plan import Step
from graphc.ir import Arguments
from graphc.lang import Size

Text = Callable[[], str]


class Beliefs:
    """What one solving run believes, seen from one step at a time.

    ``wake`` is told of every tensor of which something new is known. ``assuming`` is
    true while a join may take an open dim to be that of its other inputs.
    """

    def __init__(self, wake: Callable[[TensorSlot], None]) -> None:
        self._wake = wake
        self._step: Step | None = None
        self.arguments = Arguments(())
        self.inputs: Sequence[TensorSlot] = ()
        self.outputs: Sequence[TensorSlot] = ()
        self.assuming = False
        self.clashes: dict[object, Clash] = {}
        self.warnings: dict[object, Clash] = {}
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
        sources = tuple(cell for slot in because for cell in slot.dims or ())
        if tensor.dims is None:
            tensor.dims = [SizeCell(tensor) for _ in range(rank)]
            tensor.why = Reason(self._step, sources, inside=inside)
            self._wake(tensor)
        elif len(tensor.dims) != rank:
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
        if a is not None and b is not None and not agree(a, b):
            self._differ(left, right)

    def _differ(self, left: SizeCell | Size, right: SizeCell | Size) -> None:
        """Record that two known sizes, of which one at least is a cell, disagree."""
        target, origin = (right, left) if isinstance(right, SizeCell) else (left, right)
        if isinstance(target, SizeCell):
            sources = (origin,) if isinstance(origin, SizeCell) else ()
            self._clash_at(target, f"{target.value}", f"{value_of(origin)}", sources)
        elif not isinstance(origin, SizeCell):
            self.fail(Code.GC302, f"{left} is not {right}")

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
        if held is None and isinstance(size, int) and not _within(cell, size):
            high = "" if cell.high is None else f" and at most {cell.high}"
            self._clash_at(cell, f"at least {cell.low}{high}", f"{size}", sources, text)
        elif held is None:
            cell.why = Reason(self._step, sources, text, cell.why, inside)
            cell.value = size
            if isinstance(size, int):
                cell.low = cell.high = size
            self._wake(cell.owner)
        elif held != size and not agree(held, size):
            self._clash_at(cell, f"{held}", f"{size}", sources, text)

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
            self._clash_at(cell, _interval(cell), f"{low} to {high}", sources, None)
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
        self._record("fail", clash)

    def _clash_at(
        self,
        cell: SizeCell,
        held: str,
        found: str,
        sources: tuple[SizeCell, ...],
        text: Text | None = None,
    ) -> None:
        clash = Clash(self.step, sources, cell.owner, cell, held, found, text)
        self._record(id(cell), clash)

    def _record(self, key: object, clash: Clash) -> None:
        self.clashes.setdefault((id(self._step), key), clash)


def value_of(size: SizeCell | Size) -> Size | None:
    """Return the size that a cell or a size stands for, if it is known."""
    return size.value if isinstance(size, SizeCell) else size


def _interval(cell: SizeCell) -> str:
    if cell.high is None:
        return f"at least {cell.low}"
    return f"{cell.low}" if cell.low == cell.high else f"{cell.low} to {cell.high}"


def _within(cell: SizeCell, size: int) -> bool:
    return cell.low <= size and (cell.high is None or size <= cell.high)


def _dims(rank: int) -> str:
    return "1 dim" if rank == 1 else f"{rank} dims"
