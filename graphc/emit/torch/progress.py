"""Uses of a module in a row whose arguments grow evenly become one loop.

A dense block is such a row: each of its layers takes so many channels more than the
one before.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from graphc.emit.torch.blueprint import Group, UseItem
from graphc.emit.torch.merge import same
from graphc.ir import Call, Code, Word
from graphc.lang import Dim, Size, symbol

INDEX = "i"
"""The variable of the loop."""

_LEAST = 3


def progressions(groups: Sequence[Group], taken: Iterable[str]) -> tuple[Group, ...]:
    """Return groups with each row that grows evenly as one; ``taken`` are symbols."""
    if INDEX in set(taken):
        return tuple(groups)
    found: list[Group] = []
    start = 0
    while start < len(groups):
        length = _length(groups[start:])
        row = groups[start : start + length]
        found.append(_loop(row) if length >= _LEAST else row[0])
        start += len(row) if length >= _LEAST else 1
    return tuple(found)


def _length(groups: Sequence[Group]) -> int:
    """Return how many of the first groups grow evenly."""
    length = 1
    while length < len(groups) and _grows(groups[: length + 1]):
        length += 1
    return length


def _grows(groups: Sequence[Group]) -> bool:
    steps = {_steps(first, second) for first, second in pairwise(groups[-3:])}
    return len(steps) == 1 and None not in steps


def _steps(first: Group, second: Group) -> tuple[Size, ...] | None:
    """Return by what each argument grows; None if the uses differ in more."""
    calls = _call(first), _call(second)
    if calls[0] is None or calls[1] is None or _shape(calls[0]) != _shape(calls[1]):
        return None
    pairs = zip(_arguments(calls[0]), _arguments(calls[1]), strict=True)
    steps = tuple(_step(one, other) for one, other in pairs)
    known = tuple(step for step in steps if step is not None)
    return known if len(known) == len(steps) else None


def _call(group: Group) -> Call | None:
    single = isinstance(group.count, int) and group.count == 1
    return group.item.call if single and isinstance(group.item, UseItem) else None


def _step(first: Code, second: Code) -> Size | None:
    if same(first, second):
        return 0
    if isinstance(first, bool) or isinstance(second, bool):
        return None
    if isinstance(first, int | Dim) and isinstance(second, int | Dim):
        return second - first
    return None


def _shape(call: Call) -> tuple[object, ...]:
    names = tuple(name for name, _ in call.keywords)
    return call.function, len(call.positional), names


def _arguments(call: Call) -> tuple[Code, ...]:
    return (*call.positional, *(code for _, code in call.keywords))


def _loop(row: Sequence[Group]) -> Group:
    """Return a row as one group, whose call has the index in it."""
    item, steps = row[0].item, _steps(row[0], row[1])
    if steps is None or not isinstance(item, UseItem):
        raise TypeError(f"{row[0]!r} does not grow")
    codes = tuple(map(_grown, _arguments(item.call), steps))
    count = len(item.call.positional)
    names = (name for name, _ in item.call.keywords)
    named = tuple(zip(names, codes[count:], strict=True))
    call = Call(item.call.function, codes[:count], named)
    return Group(len(row), replace(item, call=call), indexed=True)


def _grown(start: Code, step: Size) -> Code:
    """Return what an argument is at the index."""
    if isinstance(step, int) and step == 0:
        return start
    if isinstance(start, int) and isinstance(step, int) and start > 0 < step:
        return Word(
            f"{start} + {INDEX}" if step == 1 else f"{start} + {step} * {INDEX}"
        )
    if not isinstance(start, int | Dim):
        raise TypeError(f"{start!r} does not grow")
    return start + step * symbol(INDEX)
