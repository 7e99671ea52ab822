"""Blocks that a graph repeats, written out one by one."""

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from graphc.draw.words import term_text
from graphc.ir import Graph, Node

_LONGEST = 16
"""How many units a repeated block has at most."""

_FEWEST = 3
"""How often a block stands in a row that is told once."""


def joined(
    graph: Graph, order: Sequence[Node], breaks: Collection[int], alone: Collection[str]
) -> list[tuple[Node, ...]]:
    """Return the nodes, those of a block that stands three times in a row together.

    A block begins and ends where a single tensor leads on: before the numbers in
    ``breaks``. Nodes of the names ``alone`` stay so.
    """
    units = list(_units(order, breaks, alone))
    marks = _marks(graph, units)
    found: list[tuple[Node, ...]] = []
    at = 0
    while at < len(units):
        end = _end_of_run(marks, at)
        if end == at:
            found += [(node,) for node in units[at]]
            end = at + 1
        else:
            found.append(tuple(node for unit in units[at:end] for node in unit))
        at = end
    return found


def block_of(nodes: Sequence[Node]) -> tuple[int, Sequence[Node]]:
    """Return how often a block follows itself in a row of nodes, and the first of it.

    Nodes are alike where their labels are.
    """
    labels = [label(node) for node in nodes]
    for length in range(1, 1 + len(nodes) // _FEWEST):
        if len(nodes) % length == 0 and labels[length:] == labels[:-length]:
            return len(nodes) // length, nodes[:length]
    return 1, nodes


def _units(
    order: Sequence[Node], breaks: Collection[int], alone: Collection[str]
) -> Iterator[Sequence[Node]]:
    """Yield what stands between two places where a single tensor leads on."""
    cuts = {0, len(order), *breaks}
    for number, node in enumerate(order):
        if node.name in alone:
            cuts |= {number, number + 1}
    for start, end in pairwise(sorted(cut for cut in cuts if cut <= len(order))):
        yield order[start:end]


def _marks(graph: Graph, units: Sequence[Sequence[Node]]) -> list[int]:
    """Return a number for each unit, the same for those that are drawn alike.

    Units are alike in the labels of their nodes and in the edges that lead to these.
    """
    place = {
        node.name: (number, index)
        for number, unit in enumerate(units)
        for index, node in enumerate(unit)
    }
    known: dict[object, int] = {}
    marks = []
    for number, unit in enumerate(units):
        ways = tuple(
            (index, number - place[edge.source][0], place[edge.source][1])
            for index, node in enumerate(unit)
            for edge in graph.into(node.name)
        )
        sign = (tuple(map(label, unit)), ways)
        marks.append(known.setdefault(sign, len(known)))
    return marks


def label(node: Node) -> str:
    """Return the label of a node in one line."""
    return ", ".join(map(term_text, node.terms))


def _end_of_run(marks: Sequence[int], start: int) -> int:
    """Return where the longest run of alike blocks ends that begins at a unit.

    The block is the shortest of those that reach as far; ``start`` if there is none.
    """
    best = start
    for length in range(1, _LONGEST + 1):
        end = start + length
        while end < len(marks) and marks[end] == marks[end - length]:
            end += 1
        whole = start + (end - start) // length * length
        if whole - start >= _FEWEST * length and whole > best:
            best = whole
    return best
