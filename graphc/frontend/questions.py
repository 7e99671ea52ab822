"""What is asked of a graph at fault: its cycles, and the parts that it falls into.

Loaded by need alone: networkx, which answers, takes longer to load than a spec takes
to be checked.
"""

from collections.abc import Iterable, Mapping, Sequence

import networkx as nx

from graphc.diagnostics import Code, Diagnostic, Place
from graphc.ir import Edge, Node
from graphc.record import record

_MOST_SHOWN = 8


@record(eq=False)
class Cycles:
    """What is reported of the cycles in a graph, and the edges that close them."""

    found: tuple[Diagnostic, ...]
    closing: frozenset[Edge]


def cycles(nodes: Mapping[str, Node], edges: Sequence[Edge]) -> Cycles:
    """Return the cycles among edges (GC110).

    Of several cycles through the same nodes one is told.
    """
    tangled: dict[str, int] = {}
    for number, members in enumerate(nx.strongly_connected_components(_graph(edges))):
        tangled.update(dict.fromkeys(members, number))
    inner: dict[int, list[Edge]] = {}
    for edge in edges:
        if tangled[edge.source] == tangled[edge.target]:
            inner.setdefault(tangled[edge.source], []).append(edge)
    rank = {name: number for number, name in enumerate(nodes)}
    knots = tuple(inner.values())
    return Cycles(
        tuple(map(_cycle, knots)),
        frozenset(
            edge
            for knot in knots
            for edge in knot
            if rank[edge.source] >= rank[edge.target]
        ),
    )


def parts(names: Iterable[str], edges: Iterable[Edge]) -> list[list[str]]:
    """Return the parts that no edge joins, each with its names in their order."""
    rank = {name: number for number, name in enumerate(names)}
    graph = _graph(edges)
    graph.add_nodes_from(rank)
    found = nx.weakly_connected_components(graph)
    return [sorted(part, key=rank.__getitem__) for part in found]


def _graph(edges: Iterable[Edge]) -> "nx.DiGraph[str]":
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_edges_from((edge.source, edge.target) for edge in edges)
    return graph


def _cycle(knot: list[Edge]) -> Diagnostic:
    steps = [(step[0], step[1]) for step in nx.find_cycle(_graph(knot))]
    by_ends = {(edge.source, edge.target): edge for edge in reversed(knot)}
    # The edge that stands last in the text is the one that closes the cycle.
    closing = max((by_ends[step] for step in steps), key=lambda edge: edge.span.start)
    at = steps.index((closing.source, closing.target)) + 1
    way = [by_ends[step] for step in (*steps[at:], *steps[:at])]
    names = [edge.source for edge in way]
    shown = [*names[:_MOST_SHOWN], "..."] if len(names) > _MOST_SHOWN else names
    message = f"the graph has a cycle: {' -> '.join([*shown, names[0]])}"
    related = tuple(Place(edge.span) for edge in way[:-1])
    place = Place(closing.span, "this edge closes it")
    return Diagnostic(Code.GC110, message, place, related)
