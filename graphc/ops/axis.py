"""Where PyTorch's ``dim`` arguments point: the batch is dim 0, a shape begins at 1."""

from collections.abc import Sequence

from graphc.diagnostics import Code
from graphc.ir import Argument, Cell, Kind, Layer, Sizes, Tensor
from graphc.record import record


def dim_argument(name: str, about: str, default: int | None = None) -> Argument:
    """Return an argument that is a ``dim``, needed where it has no default."""
    return Argument(
        name, Kind.INTEGER, about, default=default, required=default is None
    )


def axis_of(
    sizes: Sizes, name: str, rank: int | None, *, new: bool = False
) -> int | None:
    """Return the index, from 0, that argument ``name`` has in a shape of ``rank`` dims.

    Negative dims count from the end. ``new`` allows the place behind the last dim too,
    where a dim can be inserted. None while the rank is open. Reports GC206 for the
    batch, GC303 for a dim that is not there.
    """
    dim = sizes.arguments[name]
    if not isinstance(dim, int):
        return None
    if dim == 0:
        _batch(sizes, dim)
    if rank is None or dim == 0:
        return None
    dims = rank + 2 if new else rank + 1
    place = dim + dims if dim < 0 else dim
    if 0 < place < dims:
        return place - 1
    if place == 0:
        _batch(sizes, dim)
    else:
        sizes.fail(Code.GC303, f"dim {dim} is not there: {_dims(rank, dims - 1)}")
    return None


def index_of(layer: Layer, name: str, *, new: bool = False) -> int:
    """Return the index, from 0, that argument ``name`` of a solved layer has.

    ``new``: the place of a dim that is inserted. A dim that is no number counts as the
    first.
    """
    dim = layer.arguments[name]
    if not isinstance(dim, int):
        return 0
    return dim + len(layer.inputs[0]) + new if dim < 0 else dim - 1


@record
class Along:
    """The sizes along the axis of a concatenation, or of what undoes one."""

    whole: Cell
    parts: tuple[Cell, ...]


def along(
    sizes: Sizes, axis: int, whole: Tensor, parts: Sequence[Tensor], rank: int
) -> Along | None:
    """State that the whole and its parts are equal but for one axis; return its sizes.

    None if a tensor has another rank.
    """
    shapes = [sizes.shape(tensor, rank) for tensor in (whole, *parts)]
    known = [dims for dims in shapes if dims is not None]
    if len(known) < len(shapes):
        return None
    for index in range(rank):
        if index != axis:
            one_size(sizes, [dims[index] for dims in known])
    first, *others = [dims[axis] for dims in known]
    return Along(first, tuple(others))


def one_size(sizes: Sizes, cells: Sequence[Cell]) -> None:
    """State that all cells have one size, whichever of them tells it."""
    first = next((cell for cell in cells if cell.value is not None), cells[0])
    # Twice, so that the bounds of the last reach those before it.
    for cell in (*cells, *cells):
        if cell is not first:
            sizes.equal(first, cell)


def _batch(sizes: Sizes, dim: int) -> None:
    sizes.fail(
        Code.GC206,
        f"dim {dim} is the batch, which ops do not touch",
        "count from 1: dim 1 is the first that the shape shows",
    )


def _dims(rank: int, last: int) -> str:
    if last == 0:
        return "the shape has no dims"
    noun = "dim" if rank == 1 else "dims"
    if last == 1:
        return f"on a shape of {rank} {noun} it is 1 or -1"
    return f"on a shape of {rank} {noun} it is 1 to {last}, or -1 to -{last}"
