"""An op with everything decided."""

from graphc.ir.value import Arguments
from graphc.lang import Size
from graphc.record import record


@record
class Layer:
    """An op with everything decided: arguments and the shape of each tensor.

    Shapes are channels first without the batch. Sizes are integers, or symbolic where a
    module is looked at for all its arguments at once.
    """

    arguments: Arguments
    inputs: tuple[tuple[Size, ...], ...]
    outputs: tuple[tuple[Size, ...], ...]

    @property
    def axes(self) -> int:
        """The number of spatial axes of input 0: 2 for an image."""
        return len(self.inputs[0]) - 1
