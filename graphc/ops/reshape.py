"""Ops that view the same elements in another shape: Flatten, Reshape, Unflatten."""

from collections.abc import Iterator, Sequence

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
from graphc.lang import Size
from graphc.ops.axis import axis_of, dim_argument
from graphc.ops.written import code
from graphc.record import record


def _flatten_sizes(sizes: Sizes) -> None:
    _flatten_ranks(sizes)
    dims = sizes.inputs[0].dims
    rank = None if dims is None else len(dims)
    first, last = axis_of(sizes, "start_dim", rank), axis_of(sizes, "end_dim", rank)
    if dims is None or first is None or last is None:
        return
    if first > last:
        sizes.fail(
            Code.GC303,
            f"`start_dim` is dim {first + 1} here and `end_dim` is dim {last + 1}: "
            "the end comes before the start",
        )
        return
    result = sizes.shape(sizes.outputs[0], len(dims) - (last - first))
    if result is None:
        return
    _pairwise(sizes, dims[:first], result[:first])
    sizes.product(dims[first : last + 1], [result[first]])
    _pairwise(sizes, dims[last + 1 :], result[first + 1 :])


def _flatten_ranks(sizes: Sizes) -> None:
    """State what the arguments alone tell of the ranks."""
    start, end = sizes.arguments["start_dim"], sizes.arguments["end_dim"]
    source, result = sizes.inputs[0], sizes.outputs[0]
    if source.dims is not None or not (isinstance(start, int) and isinstance(end, int)):
        return
    if start > 0 and end == -1:
        sizes.shape(result, start)
    elif result.dims is not None and start * end > 0 and start <= end:
        sizes.shape(source, len(result.dims) + end - start)


def _pairwise(sizes: Sizes, left: Sequence[Cell], right: Sequence[Cell]) -> None:
    for one, other in zip(left, right, strict=True):
        sizes.equal(one, other)


def _flatten(layer: Layer) -> Form:
    start, end = (layer.arguments.integer(name) for name in ("start_dim", "end_dim"))
    ends = (("end_dim", end),) if end != -1 else ()
    starts = (("start_dim", start),) if start != 1 else ()
    function = Call(Word("torch.flatten"), (Input(0), start), ends)
    return Form(layer=Call(Word("nn.Flatten"), (), (*starts, *ends)), function=function)


def _target(sizes: Sizes, name: str) -> tuple[Size, ...] | None:
    """Return the sizes that were asked for, of which one may be -1; GC206 otherwise."""
    target = sizes.arguments.integers(name)
    wrong = [size for size in target if isinstance(size, int) and size < 1]
    if target and wrong in ([], [-1]):
        return target
    if not target:
        sizes.fail(Code.GC206, f"`{name}` is empty: it needs a size for each dim")
    elif wrong.count(-1) > 1:
        sizes.fail(Code.GC206, f"`{name}` has -1 twice: only one size can be inferred")
    else:
        bad = next(size for size in wrong if size != -1)
        sizes.fail(Code.GC206, f"`{name}` has {bad}: a size is at least 1, or -1 once")
    return None


def _ask(sizes: Sizes, cells: Sequence[Cell], target: Sequence[Size]) -> None:
    for cell, size in zip(cells, target, strict=True):
        if size != -1:
            sizes.equal(cell, size)


def _reshape_sizes(sizes: Sizes) -> None:
    target = _target(sizes, "shape")
    result = target and sizes.shape(sizes.outputs[0], len(target))
    if not target or not result:
        return
    _ask(sizes, result, target)
    dims = sizes.inputs[0].dims
    if dims is not None:
        sizes.product(dims, result)


def _reshape(layer: Layer) -> Form:
    """Return code that leaves the batch alone, whatever its size.

    ``torch.reshape`` needs its one -1 for the batch; where another dim is -1, that dim
    is split out of a flattened tensor.
    """
    target = layer.arguments.integers("shape")
    split = Call(Word("nn.Unflatten"), (1, code(target)))
    if len(layer.inputs[0]) == 1:
        return Form(layer=split, function=_unflattened(Input(0), 1, target))
    if -1 in target:
        flat = Call(Word("torch.flatten"), (Input(0), 1))
        return Form(function=_unflattened(flat, 1, target))
    sizes = code((-1, *target))
    return Form(function=Call(Word("torch.reshape"), (Input(0), sizes)))


def _unflattened(value: Input | Call, dim: Size, target: Sequence[Size]) -> Call:
    return Call(Word("torch.unflatten"), (value, dim, code(tuple(target))))


def _unflatten_sizes(sizes: Sizes) -> None:
    target = _target(sizes, "unflattened_size")
    if target is None:
        return
    source, result = sizes.inputs[0], sizes.outputs[0]
    if source.dims is None and result.dims is not None:
        sizes.shape(source, len(result.dims) - len(target) + 1)
    dims = source.dims
    axis = axis_of(sizes, "dim", None if dims is None else len(dims))
    if dims is None or axis is None:
        return
    after = sizes.shape(result, len(dims) - 1 + len(target))
    if after is None:
        return
    end = axis + len(target)
    _pairwise(sizes, dims[:axis], after[:axis])
    _ask(sizes, after[axis:end], target)
    sizes.product([dims[axis]], after[axis:end])
    _pairwise(sizes, dims[axis + 1 :], after[end:])


def _unflatten(layer: Layer) -> Form:
    dim = layer.arguments.integer("dim")
    target = layer.arguments.integers("unflattened_size")
    return Form(
        layer=Call(Word("nn.Unflatten"), (dim, code(target))),
        function=_unflattened(Input(0), dim, target),
    )


# What is seen: the same elements, in other places


def _views(layer: Layer) -> tuple[View, ...]:
    """Return the view: a dim of the result goes along those it was made from.

    Dims that multiply to the same size on both sides, from the left, are made from each
    other; each dim among them goes along all.
    """
    before, after = layer.inputs[0], layer.outputs[0]
    along: list[range] = []
    first = 0
    for part in _groups(before, after):
        along += [range(first, first + part.taken)] * part.made
        first += part.taken
    return moved(layer, along)


@record
class _Group:
    """So many dims in a row became so many others."""

    taken: int
    made: int


def _groups(before: Sequence[Size], after: Sequence[Size]) -> Iterator[_Group]:
    while before and after:
        group = _group(before, after)
        yield group
        before, after = before[group.taken :], after[group.made :]
    if before or after:
        yield _Group(len(before), len(after))


def _group(before: Sequence[Size], after: Sequence[Size]) -> _Group:
    """Return the first dims of both sides with one product; all, if none is found."""
    taken, made = 1, 1
    left, right = before[0], after[0]
    while left != right:
        if not (isinstance(left, int) and isinstance(right, int)):
            return _Group(len(before), len(after))
        if left < right and taken < len(before):
            left, taken = left * before[taken], taken + 1
        elif right < left and made < len(after):
            right, made = right * after[made], made + 1
        else:
            return _Group(len(before), len(after))
    return _Group(taken, made)


RESHAPE = (
    Op(
        name="Flatten",
        family=Family.RESHAPE,
        about="several dims as one: by default all but the batch",
        example="Flatten",
        sizes=_flatten_sizes,
        torch=_flatten,
        views=_views,
        arguments=(
            dim_argument("start_dim", "the first dim to flatten; the batch is 0", 1),
            dim_argument("end_dim", "the last dim to flatten", -1),
        ),
        rule="C*H*W -> (C*H*W)",
    ),
    Op(
        name="Reshape",
        family=Family.RESHAPE,
        about="the same elements in another shape",
        example="Reshape [64, -1]",
        sizes=_reshape_sizes,
        torch=_reshape,
        views=_views,
        arguments=(
            Argument(
                "shape",
                Kind.INTEGERS,
                "the new sizes without the batch; one may be -1, which is inferred",
                required=True,
                least=-1,
            ),
        ),
        aliases=("View",),
        rule="any size -> shape, of as many elements; -1 is what is left for that dim",
    ),
    Op(
        name="Unflatten",
        family=Family.RESHAPE,
        about="one dim as several",
        example="Unflatten 1 [8, -1]",
        sizes=_unflatten_sizes,
        torch=_unflatten,
        views=_views,
        arguments=(
            dim_argument("dim", "the dim to part; 1 is the first, the batch is 0"),
            Argument(
                "unflattened_size",
                Kind.INTEGERS,
                "the sizes it becomes; one may be -1, which is inferred",
                short=("sizes",),
                required=True,
                least=-1,
            ),
        ),
        rule="(a*b)*H*W -> a*b*H*W",
    ),
)
