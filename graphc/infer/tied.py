"""One module applied twice: which sizes are the same in both applications."""

from collections.abc import Iterator, Sequence
from itertools import chain

from graphc.infer.cells import SizeCell, Slots
from graphc.infer.domain import Domain, Holds
from graphc.infer.plan import Apply, Tied
from graphc.ir import Arguments, Layer
from graphc.lang import Dim, symbol

Dims = Sequence[SizeCell]


def tied(
    step: Tied,
    slots: Slots,
    arguments: Arguments | None,
    domain: Domain,
) -> Iterator[tuple[SizeCell, SizeCell]]:
    """Yield the dims that are one size in both applications of a module.

    For an op these are the dims on which its weights depend. A module that takes the
    same sizes gives the same. ``arguments`` are those of the op.
    """
    ends = [
        [slots[number].dims for number in numbers]
        for one in (step.first, step.again)
        for numbers in (one.inputs, one.outputs)
    ]
    known = [[dims for dims in end if dims is not None] for end in ends]
    if list(map(len, known)) != list(map(len, ends)):
        return
    taken, given, taken_again, given_again = known
    if _ranks(taken) != _ranks(taken_again) or _ranks(given) != _ranks(given_again):
        return
    if isinstance(step.first, Apply):
        if arguments is not None:
            every = list(_pairs([*taken, *given], [*taken_again, *given_again]))
            yield from _decisive(step.first, arguments, taken, given, every)
    elif all(_equal(domain, *pair) for pair in _pairs(taken, taken_again)):
        yield from _pairs(given, given_again)


def _ranks(tensors: Sequence[Dims]) -> list[int]:
    return list(map(len, tensors))


def _pairs(
    first: Sequence[Dims], again: Sequence[Dims]
) -> Iterator[tuple[SizeCell, SizeCell]]:
    flat = chain.from_iterable
    return zip(flat(first), flat(again), strict=True)


def _equal(domain: Domain, left: SizeCell, right: SizeCell) -> bool:
    if left.value is None or right.value is None:
        return False
    return isinstance(domain.agree(left.value, right.value), Holds)


def _decisive(
    step: Apply,
    arguments: Arguments,
    taken: Sequence[Dims],
    given: Sequence[Dims],
    pairs: Sequence[tuple[SizeCell, SizeCell]],
) -> Iterator[tuple[SizeCell, SizeCell]]:
    """Yield the pairs of dims by which the shapes of an op's weights differ."""
    names = iter(range(len(pairs)))
    shapes = [
        tuple(symbol(f"?{next(names)}") for _ in dims) for dims in (*taken, *given)
    ]
    layer = Layer(arguments, tuple(shapes[: len(taken)]), tuple(shapes[len(taken) :]))
    sizes = [size for weight in step.op.weights(layer) for size in weight.shape]
    used = {name for size in sizes if isinstance(size, Dim) for name in size.symbols()}
    for number, pair in enumerate(pairs):
        if f"?{number}" in used:
            yield pair
