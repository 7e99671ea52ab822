"""The relations that an op's size rule states between the tensors at the op.

A rule is a function of a ``Sizes``: it is called again whenever something new is known,
states the same relations every time, and never decides a direction. Each relation below
carries what is known forwards and backwards.
"""

from collections.abc import Sequence
from typing import Protocol

from graphc.diagnostics import Code
from graphc.ir.value import Arguments
from graphc.lang import Size
from graphc.record import record


class Cell(Protocol):
    """One dim of one tensor: an unknown size of at least 1."""

    @property
    def value(self) -> Size | None:
        """The size, once it is known."""

    @property
    def low(self) -> int:
        """The smallest size that is still possible."""

    @property
    def high(self) -> int | None:
        """The largest size that is still possible, None if there is no bound."""


class Tensor(Protocol):
    """One input or output of an op."""

    @property
    def dims(self) -> Sequence[Cell] | None:
        """The dims, channels first without the batch; None while the rank is open."""


@record
class Window:
    """A sliding window along one axis: a convolution's or a pool's.

    ``before`` and ``after`` are the padding at the two ends; ``ceil`` rounds the number
    of steps up, where the last window must start inside the input or the padding before
    it (``torch.nn.MaxPool2d``, ``ceil_mode``).
    """

    kernel: Size
    stride: int = 1
    before: int = 0
    after: int = 0
    dilation: int = 1
    ceil: bool = False


class Sizes(Protocol):
    """What a size rule sees of one op: its arguments, its tensors, and relations.

    A ``Cell`` or a size may stand wherever a relation takes a ``Cell | Size``.
    """

    @property
    def arguments(self) -> Arguments:
        """The evaluated arguments."""

    @property
    def inputs(self) -> Sequence[Tensor]:
        """The tensors that come in, in the order of the edges."""

    @property
    def outputs(self) -> Sequence[Tensor]:
        """The tensors that go out."""

    def shape(self, tensor: Tensor, rank: int) -> Sequence[Cell] | None:
        """Give ``tensor`` that many dims and return them; None if it has others."""

    def alike(self, *tensors: Tensor) -> int | None:
        """Give all tensors one rank and return it; None while none of them has one."""

    def equal(self, left: Cell | Size, right: Cell | Size) -> None:
        """State that two sizes are the same."""

    def same(self, *tensors: Tensor) -> None:
        """State that all tensors have the same shape."""

    def total(self, parts: Sequence[Cell | Size], whole: Cell | Size) -> None:
        """State that the parts add up to the whole."""

    def product(
        self, parts: Sequence[Cell | Size], whole: Sequence[Cell | Size]
    ) -> None:
        """State that both products are equal (the elements of a reshape)."""

    def window(self, source: Cell, result: Cell, window: Window) -> None:
        """State ``result = (source + before + after - d*(k - 1) - 1)//s + 1``.

        Reports GC303 where the window is larger than the padded input.
        """

    def affine(self, source: Cell, result: Cell, scale: int, offset: Size) -> None:
        """State ``result = source*scale + offset``; GC303 where that is below 1."""

    def rounded_up(self, source: Cell, result: Cell, divisor: int) -> None:
        """State ``result = ceil(source / divisor)`` (``same`` padding)."""

    def scaled(self, source: Cell, result: Cell, factor: float) -> None:
        """State ``result = floor(source * factor)`` in float64, as PyTorch does."""

    def broadcast(
        self, sources: Sequence[Tensor], result: Tensor, *, warn: bool = False
    ) -> None:
        """State NumPy's broadcasting rule; GC304 where it cannot hold.

        With ``warn``, a dim of 1 that stretches gets the warning GC309: in a residual
        join it is seldom meant. A dim that nothing else decides is taken to be that of
        the other inputs, since that is what a join in a figure says.
        """

    def divisible(self, size: Cell | Size, divisor: int, message: str) -> None:
        """State that ``divisor`` divides the size; GC303 with ``message`` if not."""

    def at_least(self, size: Cell | Size, least: int, message: str) -> None:
        """State a lower bound; GC303 with ``message`` where it cannot hold."""

    def fail(self, code: Code, message: str, help: str = "") -> None:  # noqa: A002
        """Report that the op cannot be applied as it stands."""
