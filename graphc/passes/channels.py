"""The channels of convolutions, as the module writes them."""

from collections.abc import Sequence
from itertools import zip_longest

from graphc.ir import Layer, Term
from graphc.lang import Binary, Expr, Number
from graphc.passes.rewriting import given


def channels(term: Term, layers: Sequence[Layer]) -> Expr | None:
    """Return the output channels of a convolution in the words of its module.

    ``layers`` are what it is in each instance. That is what the term gives for them, or
    else a number; None where nothing is given and they differ between instances.
    """
    written = given(term, "out_channels")
    if written is not None and all(
        layer.arguments["out_channels"] is not None for layer in layers
    ):
        return written
    sizes = {layer.outputs[0][0] for layer in layers}
    size = sizes.pop()
    return None if sizes or not isinstance(size, int) else Number(size, term.span)


def total(parts: Sequence[Expr]) -> Expr:
    """Return the sum of expressions; numbers are added up and stand last.

    It nests as little as a sum of so many can.
    """
    numbers = [part for part in parts if isinstance(part, Number)]
    found: list[Expr] = [part for part in parts if not isinstance(part, Number)]
    if numbers:
        value = sum(number.value for number in numbers)
        found.append(Number(value, numbers[0].span))
    while len(found) > 1:
        ends = zip_longest(found[::2], found[1::2])
        found = [one if two is None else _added(one, two) for one, two in ends]
    return found[0]


def _added(one: Expr, two: Expr) -> Expr:
    return Binary("+", one, two, two.span)
