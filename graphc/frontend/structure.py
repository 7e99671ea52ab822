"""Whether a graph flows: no cycle, and every node between input and output."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import networkx as nx

from graphc.diagnostics import Code, Diagnostic, Place, Severity, Sink, edge_text
from graphc.frontend.doubt import Doubt
from graphc.ir import Edge, Node

_MOST_SHOWN = 8


def acyclic(
    nodes: Mapping[str, Node], edges: Sequence[Edge], doubt: Doubt, sink: Sink
) -> list[Edge]:
    """Return the edges without those that close a cycle, each cycle reported (GC110).

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
    closing: set[Edge] = set()
    for knot in inner.values():
        sink.add(_cycle(knot))
        closing.update(one for one in knot if rank[one.source] >= rank[one.target])
    for edge in closing:
        doubt.left.add(edge.source)
        doubt.entered.add(edge.target)
    return [edge for edge in edges if edge not in closing]


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


def check_flow(
    nodes: Mapping[str, Node], edges: Sequence[Edge], doubt: Doubt, sink: Sink
) -> None:
    """Report nodes that no input reaches (GC111), once for each part of the graph.

    Nodes that nothing reads although outputs are drawn get the warning GC117.
    """
    lost = _lost(nodes, edges, doubt)
    inner = [edge for edge in edges if edge.source in lost and edge.target in lost]
    graph = _graph(inner)
    graph.add_nodes_from(lost)
    entered = {edge.target for edge in inner}
    rank = {name: number for number, name in enumerate(lost)}
    for part in nx.weakly_connected_components(graph):
        members = [nodes[name] for name in sorted(part, key=rank.__getitem__)]
        roots = [node for node in members if node.name not in entered]
        sink.add(_unreached(roots, len(members)))
    if not any(node.is_output for node in nodes.values()):
        return
    read = {edge.source for edge in edges}
    for name, node in nodes.items():
        known = name not in lost and not doubt.may_leave(name)
        if known and name not in read and not node.is_output:
            sink.add(_unread(node))


def _lost(
    nodes: Mapping[str, Node], edges: Sequence[Edge], doubt: Doubt
) -> dict[str, None]:
    """Return the nodes that no path from an input leads to, in their order.

    What takes nothing, such as a learned tensor, is where a path may begin too.
    """
    leaving: dict[str, list[str]] = {}
    for edge in edges:
        leaving.setdefault(edge.source, []).append(edge.target)
    reached = {
        name for name, node in nodes.items() if _begins(node) or doubt.may_enter(name)
    }
    pending = list(reached)
    while pending:
        for name in leaving.get(pending.pop(), ()):
            if name not in reached:
                reached.add(name)
                pending.append(name)
    return dict.fromkeys(name for name in nodes if name not in reached)


def _begins(node: Node) -> bool:
    return node.op is not None and not (node.op.inputs.ports or node.op.inputs.many)


def _unreached(roots: list[Node], count: int) -> Diagnostic:
    first, *others = roots
    more = {1: "", 2: " and one more node"}.get(count, f" and {count - 1} more nodes")
    related = tuple(Place(node.span, "nor this") for node in others[:_MOST_SHOWN])
    edge = edge_text(first.span, "NODE", first.name)
    remedy = f"write an edge into it, such as `{edge}`"
    place = Place(first.span, "no path from an `Input` leads here")
    message = f"nothing reaches `{first.name}`{more}"
    return Diagnostic(Code.GC111, message, place, related, help=(remedy,))


def _unread(node: Node) -> Diagnostic:
    return Diagnostic(
        Code.GC117,
        f"nothing reads `{node.name}`",
        Place(node.span, "its value is not used"),
        help=(f"write an edge out of it, or delete `{node.name}`",),
        severity=Severity.WARNING,
    )


def circles(uses: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """Return the ways round by which modules contain themselves.

    Each is a row of modules of which one uses the next, and the last the first; without
    those last uses no module contains itself.
    """
    done: set[str] = set()
    for root in uses:
        if root in done:
            continue
        path = {root: iter(uses[root])}
        while path:
            name, rest = next(reversed(path.items()))
            used = next(rest, None)
            if used is None:
                done.add(name)
                del path[name]
            elif used in path:
                row = list(path)
                yield tuple(row[row.index(used) :])
            elif used not in done:
                path[used] = iter(uses[used])
