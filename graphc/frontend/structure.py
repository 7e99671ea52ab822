"""Whether a graph flows: no cycle, and every node between input and output."""

from collections.abc import Iterable, Iterator, Mapping

import networkx as nx

from graphc.diagnostics import Code, Diagnostic, Place, Severity, Sink
from graphc.frontend.edges import Doubt
from graphc.ir import Edge, Node

_MOST_SHOWN = 8


def acyclic(nodes: Mapping[str, Node], edges: list[Edge], sink: Sink) -> list[Edge]:
    """Return the edges without those that close a cycle, each cycle reported (GC110).

    Of several cycles through the same nodes one is told.
    """
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from((edge.source, edge.target) for edge in edges)
    tangled: dict[str, int] = {}
    for number, members in enumerate(nx.strongly_connected_components(graph)):
        loops = any(graph.has_edge(name, name) for name in members)
        if len(members) > 1 or loops:
            tangled.update(dict.fromkeys(members, number))
            sink.add(_cycle(graph.subgraph(members), edges))
    rank = {name: number for number, name in enumerate(nodes)}
    return [
        edge
        for edge in edges
        if edge.source not in tangled
        or tangled.get(edge.target) != tangled[edge.source]
        or rank[edge.source] < rank[edge.target]
    ]


def _cycle(graph: "nx.DiGraph[str]", edges: list[Edge]) -> Diagnostic:
    steps = [(step[0], step[1]) for step in nx.find_cycle(graph)]
    by_ends = {(edge.source, edge.target): edge for edge in reversed(edges)}
    # The edge that stands last in the text is the one that closes the cycle.
    parts = sorted((by_ends[step] for step in steps), key=lambda edge: edge.span.start)
    *others, closing = parts
    start = next(n for n, step in enumerate(steps) if by_ends[step] is closing)
    names = [steps[(start + 1 + n) % len(steps)][0] for n in range(len(steps))]
    shown = [*names[:_MOST_SHOWN], "..."] if len(names) > _MOST_SHOWN else names
    message = f"the graph has a cycle: {' -> '.join([*shown, names[0]])}"
    related = tuple(Place(edge.span) for edge in others)
    place = Place(closing.span, "this edge closes it")
    return Diagnostic(Code.GC110, message, place, related)


def check_flow(
    nodes: Mapping[str, Node], edges: list[Edge], doubt: Doubt, sink: Sink
) -> None:
    """Report nodes that no input reaches (GC111), once for each part of the graph.

    Nodes that nothing reads although outputs are drawn get the warning GC117.
    """
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from((edge.source, edge.target) for edge in edges)
    starts = [name for name, n in nodes.items() if n.is_input or doubt.about(name)]
    reached = _reached(graph, starts)
    lost = dict.fromkeys(name for name in nodes if name not in reached)
    for part in nx.weakly_connected_components(graph.subgraph(lost)):
        sink.add(_unreached([nodes[name] for name in lost if name in part], graph))
    if any(node.is_output for node in nodes.values()):
        for name, node in nodes.items():
            unread = not graph.out_degree(name) and not node.is_output
            if unread and not doubt.about(name) and name not in lost:
                sink.add(_unread(node))


def _reached(graph: "nx.DiGraph[str]", starts: Iterable[str]) -> set[str]:
    reached = set(starts)
    pending = list(reached)
    while pending:
        for name in graph.successors(pending.pop()):
            if name not in reached:
                reached.add(name)
                pending.append(name)
    return reached


def _unreached(part: list[Node], graph: "nx.DiGraph[str]") -> Diagnostic:
    roots = [node for node in part if not graph.in_degree(node.name)] or part
    first, *others = roots
    if len(part) == 1:
        message = f"nothing reaches `{first.name}`"
    else:
        message = f"nothing reaches `{first.name}` and {_more(len(part) - 1)}"
    related = tuple(Place(node.span) for node in others[:_MOST_SHOWN])
    remedy = f"write an edge into it, such as `- NODE -> {first.name}`"
    place = Place(first.span, "no path from an `Input` leads here")
    return Diagnostic(Code.GC111, message, place, related, help=(remedy,))


def _more(count: int) -> str:
    return "one more node" if count == 1 else f"{count} more nodes"


def _unread(node: Node) -> Diagnostic:
    return Diagnostic(
        Code.GC117,
        f"nothing reads `{node.name}`",
        Place(node.span, "its value is not used"),
        help=(f"write an edge out of it, or delete `{node.name}`",),
        severity=Severity.WARNING,
    )


def cycles(uses: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, ...]]:
    """Return one cycle for each knot of modules that contain each other."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(uses)
    graph.add_edges_from((name, used) for name, all_ in uses.items() for used in all_)
    for members in nx.strongly_connected_components(graph):
        loops = any(graph.has_edge(name, name) for name in members)
        if len(members) > 1 or loops:
            found = nx.find_cycle(graph.subgraph(members))
            yield tuple(step[0] for step in found)
