"""Ops that reorder, drop and insert dims: Permute, Transpose, Squeeze, Unsqueeze."""

from collections.abc import Sequence

from graphc.diagnostics import Code
from graphc.ir import (
    Argument,
    Call,
    Cell,
    Family,
    Form,
    Input,
    Kind,
    Layer,
    Op,
    Sizes,
    View,
    Word,
    moved,
)
from graphc.lang import Size, bounds
from graphc.ops.axis import axis_of, dim_argument, index_of
from graphc.ops.written import code


def _pairwise(sizes: Sizes, left: Sequence[Cell], right: Sequence[Cell]) -> None:
    for one, other in zip(left, right, strict=True):
        sizes.equal(one, other)


def _permute_sizes(sizes: Sizes) -> None:
    dims = sizes.arguments.integers("dims")
    order = [dim for dim in dims if isinstance(dim, int)]
    if len(order) < len(dims):
        return
    if not _is_order(order):
        sizes.fail(Code.GC206, _order_fault(order), _order_help(order))
        return
    rank = len(order) - 1
    for tensor in (sizes.inputs[0], sizes.outputs[0]):
        if tensor.dims is not None and len(tensor.dims) != rank:
            sizes.fail(
                Code.GC303,
                f"`dims` lists {len(order)} dims, but the shape and its batch have "
                f"{len(tensor.dims) + 1}",
            )
            return
    before = sizes.shape(sizes.inputs[0], rank)
    after = sizes.shape(sizes.outputs[0], rank)
    if before is not None and after is not None:
        moved = [before[dim % len(order) - 1] for dim in order[1:]]
        _pairwise(sizes, moved, after)


def _is_order(order: Sequence[int]) -> bool:
    """Whether every dim stands there once, and the batch first."""
    count = len(order)
    in_range = all(-count <= dim < count for dim in order)
    places = [dim % count for dim in order]
    return (
        count > 0 and in_range and sorted(places) == [*range(count)] and not places[0]
    )


def _order_fault(order: Sequence[int]) -> str:
    shown = ", ".join(map(str, order))
    return f"`dims` [{shown}] is no order of dims that begins with 0, the batch"


def _order_help(order: Sequence[int]) -> str:
    """Return the list with the batch in front, if that is what it lacks."""
    completed = [0, *order]
    shown = ",".join(map(str, completed))
    return f"write [{shown}]" if order and _is_order(completed) else ""


def _permute(layer: Layer) -> Form:
    dims = code(layer.arguments.integers("dims"))
    return Form(function=Call(Word("torch.permute"), (Input(0), dims)))


def _transpose_sizes(sizes: Sizes) -> None:
    rank = sizes.alike(sizes.inputs[0], sizes.outputs[0])
    first, second = axis_of(sizes, "dim0", rank), axis_of(sizes, "dim1", rank)
    before, after = sizes.inputs[0].dims, sizes.outputs[0].dims
    if first is None or second is None or before is None or after is None:
        return
    swapped = list(before)
    swapped[first], swapped[second] = before[second], before[first]
    _pairwise(sizes, swapped, after)


def _transpose(layer: Layer) -> Form:
    dims = (layer.arguments.integer("dim0"), layer.arguments.integer("dim1"))
    return Form(function=Call(Word("torch.transpose"), (Input(0), *dims)))


def _squeeze_sizes(sizes: Sizes) -> None:
    """State that a dim of 1 goes, and that any other stays, as in PyTorch."""
    source, result = sizes.inputs[0], sizes.outputs[0]
    dims = source.dims
    axis = axis_of(sizes, "dim", None if dims is None else len(dims))
    if dims is None or axis is None:
        return
    drops = _drops(sizes, dims, axis)
    after = None if drops is None else sizes.shape(result, len(dims) - drops)
    if after is None:
        return
    if drops:
        sizes.equal(dims[axis], 1)
    left = [cell for index, cell in enumerate(dims) if not (drops and index == axis)]
    _pairwise(sizes, left, after)


def _drops(sizes: Sizes, dims: Sequence[Cell], axis: int) -> bool | None:
    """Tell whether the dim goes: by its size, or by the rank that comes out."""
    cell, after = dims[axis], sizes.outputs[0].dims
    if isinstance(cell.value, int):
        return cell.value == 1
    if cell.low > 1 or (cell.value is not None and _never_one(cell.value)):
        return False
    if after is not None and len(after) in (len(dims), len(dims) - 1):
        return len(after) < len(dims)
    if cell.value is not None:
        sizes.fail(
            Code.GC303,
            f"whether dim {axis + 1} is dropped depends on its size {cell.value}",
        )
    return None


def _never_one(size: Size) -> bool:
    low = bounds(size, {}).low
    return low is not None and low > 1


def _squeeze(layer: Layer) -> Form:
    dim = layer.arguments.integer("dim")
    return Form(function=Call(Word("torch.squeeze"), (Input(0), dim)))


def _unsqueeze_sizes(sizes: Sizes) -> None:
    source, result = sizes.inputs[0], sizes.outputs[0]
    if source.dims is None and result.dims is not None:
        sizes.shape(source, len(result.dims) - 1)
    dims = source.dims
    axis = axis_of(sizes, "dim", None if dims is None else len(dims), new=True)
    after = None if dims is None else sizes.shape(result, len(dims) + 1)
    if dims is None or axis is None or after is None:
        return
    sizes.equal(after[axis], 1)
    _pairwise(sizes, dims, [*after[:axis], *after[axis + 1 :]])


def _unsqueeze(layer: Layer) -> Form:
    dim = layer.arguments.integer("dim")
    return Form(function=Call(Word("torch.unsqueeze"), (Input(0), dim)))


# What is seen: the same elements, in other places


def _permute_views(layer: Layer) -> tuple[View, ...]:
    dims = layer.arguments.integers("dims")
    order = [dim % len(dims) - 1 for dim in dims if isinstance(dim, int)]
    return moved(layer, [[dim] for dim in order if dim >= 0])


def _transpose_views(layer: Layer) -> tuple[View, ...]:
    order = list(range(len(layer.inputs[0])))
    first, second = index_of(layer, "dim0"), index_of(layer, "dim1")
    order[first], order[second] = order[second], order[first]
    return moved(layer, [[dim] for dim in order])


def _squeeze_views(layer: Layer) -> tuple[View, ...]:
    order = list(range(len(layer.inputs[0])))
    if len(layer.outputs[0]) < len(order):
        del order[index_of(layer, "dim")]
    return moved(layer, [[dim] for dim in order])


def _unsqueeze_views(layer: Layer) -> tuple[View, ...]:
    along: list[list[int]] = [[dim] for dim in range(len(layer.inputs[0]))]
    along.insert(index_of(layer, "dim", new=True), [])
    return moved(layer, along)


PERMUTE = (
    Op(
        name="Permute",
        family=Family.RESHAPE,
        about="its dims in another order",
        example="Permute [0, 2, 3, 1]",
        sizes=_permute_sizes,
        torch=_permute,
        views=_permute_views,
        arguments=(
            Argument(
                "dims",
                Kind.INTEGERS,
                "the order as in PyTorch: the batch is dim 0, and stays first",
                required=True,
            ),
        ),
        rule="C*H*W -> H*W*C for [0, 2, 3, 1]",
    ),
    Op(
        name="Transpose",
        family=Family.RESHAPE,
        about="two of its dims exchanged",
        example="Transpose 1 2",
        sizes=_transpose_sizes,
        torch=_transpose,
        views=_transpose_views,
        arguments=(
            dim_argument("dim0", "the one dim; 1 is the first, the batch is 0"),
            dim_argument("dim1", "the other dim"),
        ),
        rule="a*b -> b*a",
    ),
    Op(
        name="Squeeze",
        family=Family.RESHAPE,
        about="drops a dim of size 1; a dim of any other size stays, as in PyTorch",
        example="Squeeze -1",
        sizes=_squeeze_sizes,
        torch=_squeeze,
        views=_squeeze_views,
        arguments=(
            dim_argument("dim", "the dim to drop; 1 is the first, the batch is 0"),
        ),
        rule="C*H*1 -> C*H",
    ),
    Op(
        name="Unsqueeze",
        family=Family.RESHAPE,
        about="inserts a dim of size 1",
        example="Unsqueeze -1",
        sizes=_unsqueeze_sizes,
        torch=_unsqueeze,
        views=_unsqueeze_views,
        arguments=(
            dim_argument(
                "dim", "the place of the new dim; 1 is the first, the batch is 0"
            ),
        ),
        rule="C*H -> C*H*1",
    ),
)
