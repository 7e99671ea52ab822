"""Which nodes share a box, where there is no room for a box for each.

The nodes of a box follow each other in an order of the graph, so arrows between boxes
lead on and never back, whatever is parted how.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from itertools import accumulate

from graphc.draw.alike import Bunch, joined, label
from graphc.draw.words import cut, shortened, wrapped
from graphc.ir import Graph, Node

_MOST_KINDS = 4


def bunched(graph: Graph, room: int, apart: Collection[str] = ()) -> tuple[Bunch, ...]:
    """Return the nodes of a graph in bunches, so that there is room for their drawing.

    ``room`` is the number of boxes and arrows, roughly. Nodes stay alone if there is
    room for all. Otherwise what is repeated shares a box and, if that is not enough,
    what follows each other does; where a single tensor leads on is where it is parted.
    Nodes that stand ``apart`` stay alone, the first of them if there are many.
    """
    if len(graph.nodes) + len(graph.edges) <= room:
        return tuple(Bunch((node,)) for node in graph.nodes.values())
    order = graph.order
    alone = _alone(order, room, apart)
    crossing = _crossing(graph, order)
    breaks = {number for number, tensors in enumerate(crossing) if tensors <= 1}
    found = joined(graph, order, breaks, alone)
    count = max(1, room // 2)
    while len(found) + _arrows(graph, found) > room and count:
        size = -(-len(order) // count)
        found = _parted(found, breaks, alone, size)
        count //= 2
    return tuple(found)


def lines_of_bunch(bunch: Bunch) -> tuple[str, ...]:
    """Return the label of the box that several nodes share.

    A block that is repeated in it is told node by node.
    """
    if bunch.times == 1:
        return shortened([f"{len(bunch.nodes):,} nodes", *wrapped(kinds(bunch))])
    block = [*map(label, bunch.block)]
    if len(block) == 1:
        return shortened([f"{bunch.times:,} \u00d7 {block[0]}"])
    return shortened([f"{bunch.times:,} \u00d7 {len(block):,} nodes", *block])


def name_of_bunch(bunch: Bunch) -> str:
    """Return the first and the last name."""
    return cut(f"{bunch.nodes[0].name} \u2026 {bunch.nodes[-1].name}")


def kinds(bunch: Bunch) -> str:
    """Return the ops and modules in a bunch with their numbers, the commonest first."""
    counts = Counter(term.name for node in bunch.nodes for term in node.terms)
    told = [f"{count:,} {name}" for name, count in counts.most_common(_MOST_KINDS)]
    more = len(counts) - _MOST_KINDS
    return ", ".join([*told, *(["\u2026"] if more > 0 else [])])


def _alone(order: Sequence[Node], room: int, apart: Collection[str]) -> set[str]:
    """Return the names of nodes that share a box with none: the ends, and ``apart``."""
    wanted = [node.name for node in order if node.name in apart]
    ends = [node.name for node in order if node.is_input or node.is_output]
    share = room // 8
    return {*wanted[:share], *ends[:share]}


def _crossing(graph: Graph, order: Sequence[Node]) -> list[int]:
    """Return how many nodes' tensors pass between each node and those before it."""
    rank = {node.name: number for number, node in enumerate(order)}
    change = [0] * (len(order) + 1)
    for node in order:
        edges = graph.out_of(node.name)
        if edges:
            change[rank[node.name] + 1] += 1
            change[1 + max(rank[edge.target] for edge in edges)] -= 1
    return list(accumulate(change))


def _arrows(graph: Graph, found: Sequence[Bunch]) -> int:
    """Return how many arrows there are between bunches."""
    home = {node.name: number for number, one in enumerate(found) for node in one.nodes}
    ends = {(home[edge.source], home[edge.target]) for edge in graph.edges}
    return sum(source != target for source, target in ends)


def _parted(
    found: Sequence[Bunch], breaks: set[int], alone: set[str], size: int
) -> list[Bunch]:
    """Return bunches put together to some of ``size`` nodes, or twice that at most.

    One that is larger already stays as it is.
    """
    result: list[list[Bunch]] = []
    held = start = 0
    for one in found:
        size_of_one = len(one.nodes)
        full = held >= (size if start in breaks else 2 * size)
        single = _stands_alone(one, alone) or (
            held and _stands_alone(result[-1][0], alone)
        )
        if not held or full or single or size_of_one >= 2 * size:
            result.append([])
            held = 0
        result[-1].append(one)
        held += size_of_one
        start += size_of_one
    return [_together(some) for some in result]


def _stands_alone(bunch: Bunch, alone: set[str]) -> bool:
    return bunch.nodes[0].name in alone


def _together(some: Sequence[Bunch]) -> Bunch:
    if len(some) == 1:
        return some[0]
    return Bunch(tuple(node for one in some for node in one.nodes))
