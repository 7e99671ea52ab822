"""What a row of a summary tells in numbers."""

from collections.abc import Iterable
from fractions import Fraction

from graphc.cost import Cost
from graphc.diagnostics import plain
from graphc.infer import Known, known_text
from graphc.ir import View
from graphc.lang import Dim, Size
from graphc.record import record


@record
class Figures:
    """Parameters, buffers, multiply-accumulates and activations, at batch 1.

    ``activations`` are bytes, as ``graphc.cost.memory`` counts them. All parameters can
    be trained. A figure is an expression where sizes are symbolic.
    """

    parameters: Size = 0
    buffers: Size = 0
    macs: Size = 0
    activations: Size = 0

    @property
    def flops(self) -> Size:
        """Floating-point operations: two for each multiply-accumulate."""
        return 2 * self.macs

    def __mul__(self, count: int) -> "Figures":
        return Figures(
            self.parameters * count,
            self.buffers * count,
            self.macs * count,
            self.activations * count,
        )


def figures(cost: Cost, activations: Size) -> Figures:
    """Return a cost and the bytes of activations together."""
    return Figures(cost.parameters, cost.buffers, cost.macs, activations)


@record
class Field:
    """The receptive field in one input of the model, an item for each axis of it.

    The axes are the dims behind the channels of a shape of three dims or more, and all
    dims of any other. ``size`` is in places of the input, None for the whole axis;
    ``jump`` is the distance between the fields of neighbours, None where the tensor
    does not go along the axis.
    """

    input: str
    size: tuple[int | None, ...]
    jump: tuple[Fraction | None, ...]

    @property
    def size_text(self) -> str:
        """The size in words: ``31*31``, ``all``."""
        return _axes("all" if size is None else str(plain(size)) for size in self.size)

    @property
    def jump_text(self) -> str:
        """The jump in words: ``8*8``; ``-`` for none."""
        return _axes(
            "-" if jump is None else str(plain_jump(jump)) for jump in self.jump
        )


def plain_jump(jump: Fraction) -> int | str | Fraction:
    """Return a jump as a whole number where it is one; see ``plain``."""
    return plain(jump.numerator) if jump.denominator == 1 else jump


def field(name: str, view: View) -> Field:
    """Return what is seen of an input of that name."""
    reaches = view.reaches[1:] if len(view.reaches) > 2 else view.reaches
    return Field(name, tuple(r.size for r in reaches), tuple(r.step for r in reaches))


def _axes(texts: Iterable[str]) -> str:
    told = list(texts)
    return told[0] if set(told) in ({"all"}, {"-"}) else "*".join(told)


def shapes_text(shapes: Iterable[Known]) -> str:
    """Return shapes as sizes: ``3*299*299``; a comma parts several."""
    return ", ".join(map(known_text, shapes))


def plain_size(size: Size) -> int | str:
    """Return a number as such, and an expression as its text."""
    return str(size) if isinstance(size, Dim) else plain(size)
