"""Ops that pick a place or a stretch along one dim: Select, Narrow."""

from graphc.diagnostics import Code
from graphc.ir import (
    Argument,
    Call,
    Cell,
    Family,
    Form,
    Index,
    Input,
    Kind,
    Layer,
    Op,
    Sizes,
    View,
    Word,
    moved,
)
from graphc.lang import Size
from graphc.ops.axis import axis_of, dim_argument, index_of


def _select_sizes(sizes: Sizes) -> None:
    """State that one dim is gone, and that it had the place that is picked."""
    source, result = sizes.inputs[0], sizes.outputs[0]
    if source.dims is not None and not source.dims:
        sizes.fail(Code.GC303, "there is no dim to pick from")
        return
    if source.dims is not None:
        sizes.shape(result, len(source.dims) - 1)
    elif result.dims is not None:
        sizes.shape(source, len(result.dims) + 1)
    rank = None if source.dims is None else len(source.dims)
    axis = axis_of(sizes, "dim", rank)
    if axis is None or source.dims is None or result.dims is None:
        return
    before, after = [*source.dims], result.dims
    picked = before.pop(axis)
    for one, other in zip(before, after, strict=False):
        sizes.equal(one, other)
    _holds(sizes, picked, sizes.arguments.integer("index"))


def _holds(sizes: Sizes, cell: Cell, index: Size) -> None:
    """State that a dim has the place ``index``; negative ones count from the end."""
    if not isinstance(index, int):
        return
    least = index + 1 if index >= 0 else -index
    sizes.at_least(
        cell, least, f"index {index} is not there: the dim needs a size of {least}"
    )


def _select(layer: Layer) -> Form:
    """Return ``x[:, :, index]``; for a dim that is a symbol the function."""
    dim, index = layer.arguments["dim"], layer.arguments.integer("index")
    if not isinstance(dim, int):
        axis = layer.arguments.integer("dim")
        return Form(function=Call(Word("torch.select"), (Input(0), axis, index)))
    place = dim if dim > 0 else dim + len(layer.inputs[0]) + 1
    return Form(function=Index(Input(0), (*((Word(":"),) * place), index)))


def _select_views(layer: Layer) -> tuple[View, ...]:
    kept = list(range(len(layer.inputs[0])))
    del kept[index_of(layer, "dim")]
    return moved(layer, [[dim] for dim in kept])


def _narrow_sizes(sizes: Sizes) -> None:
    """State that one dim is as long as asked, and that it reached as far before."""
    rank = sizes.alike(*sizes.inputs, *sizes.outputs)
    axis = axis_of(sizes, "dim", rank)
    if rank is None or axis is None:
        return
    source, result = sizes.inputs[0], sizes.outputs[0]
    before, after = sizes.shape(source, rank), sizes.shape(result, rank)
    if before is None or after is None:
        return
    for place, (one, other) in enumerate(zip(before, after, strict=True)):
        if place != axis:
            sizes.equal(one, other)
    length = sizes.arguments.integer("length")
    sizes.equal(after[axis], length)
    _reaches(sizes, before[axis], sizes.arguments.integer("start"), length)


def _reaches(sizes: Sizes, cell: Cell, start: Size, length: Size) -> None:
    """State that a dim has ``length`` places from ``start`` on."""
    if not isinstance(start, int) or not isinstance(length, int):
        return
    if start < 0 and length > -start:
        sizes.fail(
            Code.GC303, f"from {start} to the end there are {-start}, not {length}"
        )
        return
    least = start + length if start >= 0 else -start
    sizes.at_least(
        cell,
        least,
        f"{length} from {start} are not there: the dim needs a size of {least}",
    )


def _narrow(layer: Layer) -> Form:
    names = ("dim", "start", "length")
    places = tuple((name, layer.arguments.integer(name)) for name in names)
    return Form(function=Call(Word("torch.narrow"), (Input(0),), places))


_DIM = "the dim to pick from; 1 is the first, the batch is 0"

SELECT = (
    Op(
        name="Select",
        family=Family.RESHAPE,
        about="what stands at one place along a dim, which is gone then: "
        "such as a class token",
        example="Select 1 0",
        sizes=_select_sizes,
        torch=_select,
        views=_select_views,
        arguments=(
            dim_argument("dim", _DIM, 1),
            Argument(
                "index",
                Kind.INTEGER,
                "the place, from 0; negative ones count from the end",
                short=("i",),
                required=True,
            ),
        ),
        rule="T*C -> C; dim has the index",
    ),
    Op(
        name="Narrow",
        family=Family.RESHAPE,
        about="a stretch along a dim",
        example="Narrow 1 0 8",
        sizes=_narrow_sizes,
        torch=_narrow,
        arguments=(
            dim_argument("dim", _DIM, 1),
            Argument(
                "start",
                Kind.INTEGER,
                "the first place, from 0; negative ones count from the end",
                default=0,
            ),
            Argument(
                "length",
                Kind.INTEGER,
                "how many places",
                required=True,
                least=1,
            ),
        ),
        rule="T*C -> length*C; dim is start + length long or longer",
    ),
)
