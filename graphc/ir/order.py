"""The order of a graph's nodes."""

from collections.abc import Collection, Sequence
from heapq import heappop, heappush

from graphc.ir.edge import Edge


def ordered(names: Collection[str], edges: Sequence[Edge]) -> list[str] | None:
    """Return names of nodes, each behind those it reads; None if there is a cycle.

    Of those that may be next the first in ``names`` is.
    """
    rank = {name: number for number, name in enumerate(names)}
    pairs = [(rank[edge.source], rank[edge.target]) for edge in edges]
    found = list(names)
    if all(source < target for source, target in pairs):
        return found
    numbers = _sorted(len(found), pairs)
    return None if len(numbers) < len(found) else [found[n] for n in numbers]


def _sorted(count: int, pairs: Sequence[tuple[int, int]]) -> list[int]:
    """Return numbers below ``count``, the first of each pair before the second.

    Of those that may be next the lowest is (Kahn, "Topological sorting of large
    networks", 1962, with a heap). Those in a cycle, and behind one, are left out.
    """
    behind: list[list[int]] = [[] for _ in range(count)]
    waits = [0] * count
    for source, target in pairs:
        behind[source].append(target)
        waits[target] += 1
    ready = [number for number in range(count) if not waits[number]]
    found: list[int] = []
    while ready:
        number = heappop(ready)
        found.append(number)
        for target in behind[number]:
            waits[target] -= 1
            if not waits[target]:
                heappush(ready, target)
    return found
