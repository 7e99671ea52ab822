"""Work on modules that are nested deeper than Python lets calls nest."""

import sys
import threading
from collections.abc import Callable
from typing import TypeVar

from graphc.infer import Instance, inner_first

_T = TypeVar("_T")

_FRAMES = 12
"""Calls for each level: PyTorch's and the module's own, of a module in a row too."""

_USUAL = 40
"""Levels that fit into what Python allows by itself."""

_STACK = 512 * 1024 * 1024
"""Bytes of address space for the calls; what is not used takes no memory."""


def levels(model: Instance) -> int:
    """Return how deep modules stand within one another."""
    depth: dict[Instance, int] = {}
    for one in inner_first(model):
        depth[one] = 1 + max((depth[inner] for inner in one.inside), default=0)
    return depth[model]


def with_room(work: Callable[[], _T], deep: int) -> _T:
    """Return what ``work`` gives, done where calls may nest as deep as it needs."""
    if deep <= _USUAL:
        return work()
    results: list[_T] = []
    errors: list[BaseException] = []

    def done() -> None:
        try:
            results.append(work())
        except BaseException as error:  # to be raised where the work was asked for
            errors.append(error)

    limit, size = sys.getrecursionlimit(), threading.stack_size(_STACK)
    sys.setrecursionlimit(limit + _FRAMES * deep)
    try:
        thread = threading.Thread(target=done)
        thread.start()
        thread.join()
    finally:
        sys.setrecursionlimit(limit)
        threading.stack_size(size)
    if errors:
        raise errors[0]
    return results[0]
