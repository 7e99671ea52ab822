"""How much a piece of code does, told without a clock."""

import sys
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def steps(work: Callable[[T], object], argument: T) -> int:
    """Return how many lines, calls and returns of Python ``work`` goes through.

    What runs within a function of C, as the search of a pattern, is one step.
    """
    count = 0

    def trace(*_: object) -> object:
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work(argument)
    finally:
        sys.settrace(before)
    return count


def growth(work: Callable[[T], object], small: T, large: T) -> float:
    """Return how many times as many steps ``large`` takes as ``small``."""
    work(small)  # what is made once and kept does not count
    return steps(work, large) / steps(work, small)
