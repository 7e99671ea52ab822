"""Small changes of arguments that make an op fit the tensors around it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import permutations

from graphc.infer.domain import Domain
from graphc.infer.single import infer_op
from graphc.infer.solution import Known
from graphc.ir import Argument, Arguments, Kind, Op, Value
from graphc.record import record

MOST_REPAIRS = 3
_TRIED = range(13)


@record
class Move:
    """A value that fits under another key: ``s=2`` where ``p=2`` is written."""

    written: Argument
    meant: Argument
    value: int


def moves(
    op: Op,
    arguments: Arguments,
    taken: Sequence[Known],
    given: Sequence[Known],
    domain: Domain,
) -> tuple[Move, ...]:
    """Return the numbers that make the op fit under the key of another argument.

    Both say how a window moves, and the other one is not written; sizes are known.
    """
    ends = taken, given
    if None in taken or None in given:
        return ()
    windows = [one for one in op.arguments if one.kind in {Kind.AXES, Kind.PADDING}]
    found = []
    for written, meant in permutations(windows, 2):
        value = arguments[written.name]
        if isinstance(value, bool) or not isinstance(value, int) or written.required:
            continue
        if value == written.default or arguments[meant.name] != meant.default:
            continue
        changed = _with(arguments, written.name, written.default)
        changed = _with(changed, meant.name, value)
        if value >= (meant.least or 0) and _fits(op, changed, ends, domain):
            found.append(Move(written, meant, value))
    return tuple(found)


def repairs(
    op: Op,
    arguments: Arguments,
    taken: Sequence[Known],
    given: Sequence[Known],
    domain: Domain,
) -> tuple[tuple[Argument, Value], ...]:
    """Return arguments and values, each of which alone makes the op fit.

    Tried are flags, integers near zero and the sizes at hand; an argument that is
    written as a list is tried axis by axis. The nearest values come first; nothing is
    returned where the rank of a shape is open, since anything might fit then, or where
    the op fits as it is.
    """
    ends = taken, given
    if None in taken or None in given or _fits(op, arguments, ends, domain):
        return ()
    sizes = sorted(_sizes(given) | _sizes(taken))
    found = []
    for argument in op.arguments:
        for value in _nearest(argument, arguments[argument.name], sizes):
            changed = _with(arguments, argument.name, value)
            if _fits(op, changed, ends, domain):
                found.append((argument, value))
                break
        if len(found) == MOST_REPAIRS:
            break
    return tuple(found)


def _sizes(shapes: Sequence[Known]) -> set[int]:
    """Return the sizes of dims that are known."""
    return {size for shape in shapes for size in shape or () if isinstance(size, int)}


def _nearest(argument: Argument, value: Value, sizes: list[int]) -> Iterator[Value]:
    """Return other values of an argument, those near its present one first."""
    least = 0 if argument.least is None else argument.least
    if argument.kind is Kind.FLAG and isinstance(value, bool):
        yield not value
        return
    if argument.kind not in {Kind.AXES, Kind.PADDING, Kind.INTEGER}:
        return
    if isinstance(value, tuple):
        yield from _by_axis(value, least)
    elif isinstance(value, int) and not isinstance(value, bool):
        yield from (n for n in _around(value) if n >= least)
        if argument.kind is Kind.INTEGER:
            yield from (n for n in sizes if n >= least and n not in _TRIED)


def _around(value: int) -> list[int]:
    return sorted((n for n in _TRIED if n != value), key=lambda n: (abs(n - value), n))


def _by_axis(value: tuple[Value, ...], least: float) -> Iterator[Value]:
    for axis, present in enumerate(value):
        if isinstance(present, int) and not isinstance(present, bool):
            for other in _around(present):
                if other >= least:
                    yield (*value[:axis], other, *value[axis + 1 :])


def _with(arguments: Arguments, name: str, value: Value) -> Arguments:
    pairs = ((key, value if key == name else old) for key, old in arguments.values)
    return replace(arguments, values=tuple(pairs))


def _fits(
    op: Op,
    arguments: Arguments,
    ends: tuple[Sequence[Known], Sequence[Known]],
    domain: Domain,
) -> bool:
    taken, given = ends
    result = infer_op(op, arguments, taken, given, domain)
    return not result.problems and all(demand.natural for demand in result.demands)
