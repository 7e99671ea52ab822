"""Bodies in a row, each taking what the one before gives."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from graphc.infer.solution import Known, Run, Solution, Solving

LONGEST_RUN = 1_000
"""How many instances of one repeat may differ in size before graphc refuses."""

Body: TypeAlias = Callable[[Sequence[Known], Sequence[Known]], Solving[Solution]]
"""Solves a body for what is known before and behind it."""

Ends: TypeAlias = tuple[Sequence[Known], Sequence[Known]]
"""What is known before a row, and behind it."""


def in_a_row(body: Body, count: int, ends: Ends) -> Solving[tuple[Run, ...]]:
    """Return the solutions of ``count`` bodies in a row.

    The first takes ``ends[0]``, each next one what the one before gives, and the last
    gives ``ends[1]``. Where a body gives the shapes it took, all that follow are the
    same, so the cost does not depend on the count.
    """
    first, last = map(tuple, ends)
    unknown: tuple[Known, ...] = (None,) * len(last)
    if count > 1 and any(shape is None or _open(shape) for shape in first):
        first = yield from _backwards(body, count, (first, last))
    runs: list[Run] = []
    done, shapes = 0, first
    while done < count:
        final = done == count - 1
        solution = yield from body(shapes, unknown)
        given = solution.outputs
        if final and last not in (given, unknown):
            solution = yield from body(shapes, last)
            given = solution.outputs
        steady = not final and given == solution.inputs
        length = count - 1 - done if steady else 1
        runs.append(Run(length, solution))
        done, shapes = done + length, given
        if len(runs) > LONGEST_RUN:
            break
    return tuple(runs)


def _backwards(body: Body, count: int, ends: Ends) -> Solving[tuple[Known, ...]]:
    """Return what the ends of a row tell about what comes into it."""
    first, shapes = map(tuple, ends)
    unknown: tuple[Known, ...] = (None,) * len(first)
    for left in range(count - 1, max(-1, count - 1 - LONGEST_RUN), -1):
        solution = yield from body(first if left == 0 else unknown, shapes)
        needed = solution.inputs
        if needed == shapes:
            solution = yield from body(first, shapes)
            return solution.inputs
        shapes = needed
    return shapes if count <= LONGEST_RUN else first


def _open(shape: tuple[object, ...]) -> bool:
    return any(isinstance(size, tuple) for size in shape)
