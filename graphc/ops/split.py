"""Ops that part a tensor along one dim: Split, Chunk, TensorSplit.

Outputs are the ports ``split.0``, ``split.1`` and so on; not all of them need be read.
Reading more than there are is GC308.
"""

from collections.abc import Callable, Sequence

from graphc.diagnostics import Code
from graphc.ir import (
    Argument,
    Arguments,
    Call,
    Cell,
    Family,
    Form,
    Input,
    Items,
    Kind,
    Layer,
    Op,
    Sizes,
    Value,
    Word,
)
from graphc.lang import Dim, Size, divide
from graphc.ops.axis import Along, along, axis_of, one_size

_DIM = Argument(
    "dim",
    Kind.INTEGER,
    "the dim to part; 1 is the first, the batch is 0",
    default=1,
)


def _parts(sizes: Sizes) -> Along | None:
    """Relate all dims but the parted one; return that one, whole and in parts."""
    rank = sizes.alike(*sizes.inputs, *sizes.outputs)
    axis = axis_of(sizes, "dim", rank)
    if rank is None or axis is None:
        return None
    return along(sizes, axis, sizes.inputs[0], sizes.outputs, rank)


def _enough(sizes: Sizes, read: int, count: int, why: str) -> bool:
    if read <= count:
        return True
    there = "1 part" if count == 1 else f"{count} parts"
    sizes.fail(Code.GC308, f"{read} parts are read, but {why} {there}")
    return False


def _split_sizes(sizes: Sizes) -> None:
    asked = sizes.arguments["split_size_or_sections"]
    found = _parts(sizes)
    if found is None:
        return
    whole, parts = found.whole, found.parts
    if isinstance(asked, tuple):
        _listed(sizes, whole, parts, _sizes(asked))
    else:
        _of_size(sizes, whole, parts, sizes.arguments.integer("split_size_or_sections"))


def _sizes(items: Sequence[Value]) -> tuple[Size, ...]:
    return tuple(item for item in items if isinstance(item, int | Dim))


def _listed(
    sizes: Sizes, whole: Cell, parts: Sequence[Cell], listed: Sequence[Size]
) -> None:
    """State ``torch.split`` with a list: the parts are as listed and add up."""
    sizes.total(listed, whole)
    if _enough(sizes, len(parts), len(listed), "the list has"):
        for part, size in zip(parts, listed, strict=False):
            sizes.equal(part, size)


def _of_size(sizes: Sizes, whole: Cell, parts: Sequence[Cell], size: Size) -> None:
    """State ``torch.split`` with a size: the last part is what is left."""
    for part in parts[:-1]:
        sizes.equal(part, size)
    if whole.value is None:
        return
    count = divide(whole.value, size)
    if isinstance(count, int):
        _equal_parts(sizes, parts, count, size, _why(whole, f"parts of {size}"))
    elif isinstance(whole.value, int) and isinstance(size, int):
        count = whole.value // size + 1
        if _enough(sizes, len(parts), count, _why(whole, f"parts of {size}")):
            rest = whole.value % size if len(parts) == count else size
            sizes.equal(parts[-1], rest)
    else:
        _undecided(sizes, whole, f"parts of {size}")


def _equal_parts(
    sizes: Sizes, parts: Sequence[Cell], count: int, size: Size, why: str
) -> None:
    if _enough(sizes, len(parts), count, why):
        for part in parts:
            sizes.equal(part, size)


def _why(whole: Cell, how: str) -> str:
    return f"a size of {whole.value} in {how} gives"


def _undecided(sizes: Sizes, whole: Cell, how: str) -> None:
    sizes.fail(
        Code.GC303,
        f"how many parts there are depends on the size {whole.value}, in {how}",
        "`TensorSplit` always gives as many parts as it is asked for",
    )


def _chunk_sizes(sizes: Sizes) -> None:
    """State ``torch.chunk``: parts of ``ceil(n/chunks)``, as many as that gives."""
    chunks = sizes.arguments.integer("chunks")
    found = _parts(sizes)
    if found is None or not isinstance(chunks, int):
        return
    whole, parts = found.whole, found.parts
    if not _enough(sizes, len(parts), chunks, "`chunks` asks for"):
        return
    if whole.value is not None:
        _chunks_of(sizes, whole, whole.value, parts, chunks)
        return
    one_size(sizes, parts[: max(1, len(parts) - 1)])
    sizes.rounded_up(whole, parts[0], chunks)
    if len(parts) == chunks:
        sizes.total(parts, whole)


def _chunks_of(
    sizes: Sizes, whole: Cell, size: Size, parts: Sequence[Cell], chunks: int
) -> None:
    """State the chunks of a known size; the last is what is left."""
    how = f"{chunks} chunks"
    share = divide(size, chunks)
    if share is not None:
        _equal_parts(sizes, parts, chunks, share, _why(whole, how))
        return
    if not isinstance(size, int):
        _undecided(sizes, whole, how)
        return
    share = -(-size // chunks)
    count = -(-size // share)
    if _enough(sizes, len(parts), count, _why(whole, how)):
        rest = size - (count - 1) * share if len(parts) == count else share
        for part in parts[:-1]:
            sizes.equal(part, share)
        sizes.equal(parts[-1], rest)


def _tensor_split_sizes(sizes: Sizes) -> None:
    """State ``torch.tensor_split``: part i is ``(n + sections - 1 - i)//sections``."""
    sections = sizes.arguments.integer("sections")
    found = _parts(sizes)
    if found is None or not isinstance(sections, int):
        return
    whole, parts = found.whole, found.parts
    if not _enough(sizes, len(parts), sections, "`sections` asks for"):
        return
    sizes.at_least(
        whole, sections, f"a size below {sections} cannot be parted in {sections}"
    )
    if len(parts) == sections:
        sizes.total(parts, whole)
    if whole.value is not None:
        for index, part in enumerate(parts):
            sizes.equal(part, (whole.value + sections - 1 - index) // sections)


def _form(function: str, argument: str) -> Callable[[Layer], Form]:
    def form(layer: Layer) -> Form:
        value = layer.arguments[argument]
        code = Items(_sizes(value)) if isinstance(value, tuple) else value
        dim = ("dim", layer.arguments.integer("dim"))
        return Form(function=Call(Word(function), (Input(0), code), (dim,)))

    return form


def _split_outputs(arguments: Arguments) -> int | None:
    asked = arguments["split_size_or_sections"]
    return len(asked) if isinstance(asked, tuple) else None


def _as_read(_: Arguments) -> None:
    """Return None: ``torch.chunk`` may give fewer parts than it is asked for."""


def _tensor_split_outputs(arguments: Arguments) -> int | None:
    sections = arguments["sections"]
    return sections if isinstance(sections, int) else None


SPLIT = (
    Op(
        name="Split",
        family=Family.RESHAPE,
        about="parts of one size, or of listed sizes; the last may be smaller",
        example="Split [64, 192]",
        sizes=_split_sizes,
        torch=_form("torch.split", "split_size_or_sections"),
        arguments=(
            Argument(
                "split_size_or_sections",
                Kind.PARTS,
                "the size of each part, or a list of the sizes of all parts",
                short=("size", "sizes"),
                required=True,
                least=1,
            ),
            _DIM,
        ),
        outputs=_split_outputs,
        rule="C*H*W -> size*H*W, size*H*W, ..., (what is left)*H*W",
    ),
    Op(
        name="Chunk",
        family=Family.RESHAPE,
        about="parts of equal size, the last smaller; as in PyTorch there may be fewer",
        example="Chunk 2",
        sizes=_chunk_sizes,
        torch=_form("torch.chunk", "chunks"),
        arguments=(
            Argument(
                "chunks",
                Kind.INTEGER,
                "the number of parts asked for",
                short=("n",),
                required=True,
                least=1,
            ),
            _DIM,
        ),
        outputs=_as_read,
        rule="C*H*W -> ceil(C/chunks)*H*W, ..., (what is left)*H*W",
    ),
    Op(
        name="TensorSplit",
        family=Family.RESHAPE,
        about="a given number of parts whose sizes differ by 1 at most",
        example="TensorSplit 3",
        sizes=_tensor_split_sizes,
        torch=_form("torch.tensor_split", "sections"),
        arguments=(
            Argument(
                "sections",
                Kind.INTEGER,
                "the number of parts",
                short=("n",),
                required=True,
                least=1,
            ),
            _DIM,
        ),
        outputs=_tensor_split_outputs,
        rule="C*H*W -> ((C + n - 1)//n)*H*W, ((C + n - 2)//n)*H*W, ..., (C//n)*H*W",
    ),
)
