"""Work that needs the results of other work like it, however deep that goes.

Work is a generator: it yields what it wants to have worked out, and is sent the result,
which is never None. What waits for another does so in a list, so no call is nested in
another.
"""

from collections.abc import Callable, Generator
from typing import TypeVar

_Wanted = TypeVar("_Wanted")
_Result = TypeVar("_Result")
_Whole = TypeVar("_Whole")


def worked_out(
    work: Generator[_Wanted, _Result, _Whole],
    begin: Callable[[_Wanted], Generator[_Wanted, _Result, _Result]],
) -> _Whole:
    """Return the result of work; ``begin`` makes the work that gives what is wanted."""
    waiting: list[Generator[_Wanted, _Result, _Result]] = []
    result: _Result | None = None
    while True:
        current = waiting[-1] if waiting else work
        try:
            wanted = next(current) if result is None else current.send(result)
        except StopIteration as ended:
            if not waiting:
                whole: _Whole = ended.value
                return whole
            waiting.pop()
            result = ended.value
        else:
            waiting.append(begin(wanted))
            result = None
