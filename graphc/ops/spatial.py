"""What ops over images share: the rank of their shapes and lists with a number an axis.

A shape is C*L, C*H*W or C*D*H*W; the axes behind the channels are spatial.
"""

from collections.abc import Sequence

from graphc.diagnostics import Code
from graphc.ir import Cell, Sizes, Tensor


def spatial_axes(sizes: Sizes, op: str, *listed: str) -> int | None:
    """Give input 0 and output 0 one rank and return the number of spatial axes, 1 to 3.

    ``listed`` are the arguments that may hold a number for each axis; such a list tells
    the rank where the tensors do not. None while the rank is open. Reports GC303 for a
    shape without spatial axes or with more than three, GC206 for a list of another
    length.
    """
    source, result = sizes.inputs[0], sizes.outputs[0]
    lists = {
        name: len(value)
        for name in listed
        if isinstance(value := sizes.arguments[name], tuple)
    }
    rank = sizes.alike(source, result)
    if rank is None:
        if source.dims is None and result.dims is None and lists:
            rank = 1 + next(iter(lists.values()))
            sizes.shape(source, rank)
            sizes.shape(result, rank)
        else:
            return None
    if not 2 <= rank <= 4:
        sizes.fail(
            Code.GC303,
            f"`{op}` takes C*L, C*H*W or C*D*H*W, not {told(source, result)}",
        )
        return None
    for name, length in lists.items():
        if length != rank - 1:
            _misfit(sizes, op, name, length, rank - 1)
            return None
    return rank - 1


def cells(tensor: Tensor) -> Sequence[Cell]:
    """Return the dims of a tensor that has got its rank."""
    return tensor.dims or ()


def told(*tensors: Tensor) -> str:
    """Return the shape of the first tensor with a rank, as reports write it."""
    for tensor in tensors:
        if tensor.dims is not None:
            return "*".join(map(_dim, tensor.dims)) or "1"
    return "a shape that is not known"


def _dim(cell: Cell) -> str:
    if cell.value is None:
        return "_"
    text = f"{cell.value}"
    return text if text.isalnum() else f"({text})"


def _misfit(sizes: Sizes, op: str, name: str, length: int, axes: int) -> None:
    axis = "axis" if axes == 1 else "axes"
    item = "item" if length == 1 else "items"
    shape = told(sizes.inputs[0], sizes.outputs[0])
    sizes.fail(
        Code.GC206,
        f"`{name}` of `{op}` lists {length} {item} for the {axes} spatial {axis}"
        f" of {shape}",
    )
