"""How arguments are written in Python: only where they differ from their defaults."""

from collections.abc import Sequence

from graphc.ir import Argument, Arguments, Call, Code, Input, Items, Value, Word

Pair = tuple[Code, Code]


def compact(value: Value) -> Value:
    """Return the one item of a list whose items are all equal, else the value."""
    if isinstance(value, tuple) and value and all(item == value[0] for item in value):
        return value[0]
    return value


def code(value: Value) -> Code:
    """Return a value as Python code; a list is written as a tuple."""
    if isinstance(value, tuple):
        return Items(tuple(code(item) for item in value), bracket=False)
    return value


def options(
    arguments: Arguments, declared: Sequence[Argument], **replaced: Value
) -> tuple[tuple[str, Code], ...]:
    """Return the keywords of a call: the ``declared`` arguments that are no default.

    ``replaced`` holds other values than those given, by name.
    """
    given = {**arguments.mapping(), **replaced}
    values = ((argument, compact(given[argument.name])) for argument in declared)
    return tuple(
        (argument.name, code(value))
        for argument, value in values
        if value != argument.default
    )


def padded(pairs: Sequence[Pair], *keywords: tuple[str, Code]) -> Call:
    """Return the call of ``F.pad`` that puts ``pairs`` around the last dims of input 0.

    ``pairs`` hold the amounts before and after each dim, in the order of the shape;
    ``F.pad`` wants them from the last dim to the first, and wants them all where a
    ``mode`` is named; without one, dims at the front with nothing around are left out.
    """
    first = 0
    moded = any(name == "mode" for name, _ in keywords)
    while not moded and first < len(pairs) - 1 and pairs[first] == (0, 0):
        first += 1
    around = Items(amounts(pairs[first:]), bracket=False)
    return Call(Word("F.pad"), (Input(0), around), keywords)


def amounts(pairs: Sequence[Pair]) -> tuple[Code, ...]:
    """Return pairs as ``F.pad`` takes them: in a row, the last dim first."""
    return tuple(amount for pair in reversed(pairs) for amount in pair)
