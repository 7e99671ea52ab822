"""Blocks that a graph repeats, written out one by one."""

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from graphc.draw.words import term_text
from graphc.ir import Graph, Node
from graphc.record import record

_LONGEST = 16
"""How many units a repeated block has at most."""

_FEWEST = 3
"""How often a block stands in a row that is told once."""


@record
class Bunch:
    """The nodes of one box, in their order; mostly there is one.

    ``times`` is how often a block stands in a row in it, drawn alike each time.
    """

    nodes: tuple[Node, ...]
    times: int = 1

    @property
    def block(self) -> tuple[Node, ...]:
        """The nodes of the first of its blocks."""
        return self.nodes[: len(self.nodes) // self.times]


def joined(
    graph: Graph, order: Sequence[Node], breaks: Collection[int], alone: Collection[str]
) -> list[Bunch]:
    """Return the nodes, those of a block that stands three times in a row together.

    A block begins and ends where a single tensor leads on: before the numbers in
    ``breaks``. Nodes of the names ``alone`` stay so.
    """
    units = list(_units(order, breaks, alone))
    marks = [
        -1 - number if units[number][0].name in alone else mark
        for number, mark in enumerate(_marks(graph, units))
    ]
    found: list[Bunch] = []
    at = 0
    while at < len(units):
        length, times = _run(marks, at)
        if times == 1:
            found += [Bunch((node,)) for node in units[at]]
        else:
            run = units[at : at + length * times]
            found.append(Bunch(tuple(node for unit in run for node in unit), times))
        at += length * times
    return found


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
    return " ".join(map(term_text, node.terms))


def _run(marks: Sequence[int], start: int) -> tuple[int, int]:
    """Return the length of the block that begins at a unit, and how often it stands.

    It is the one that reaches farthest, and the shortest of those; one unit, once,
    where nothing is repeated.
    """
    best = (1, 1)
    for length in range(1, _LONGEST + 1):
        end = start + length
        while end < len(marks) and marks[end] == marks[end - length]:
            end += 1
        times = (end - start) // length
        if times >= _FEWEST and times * length > best[0] * best[1]:
            best = (length, times)
    return best
