"""Whether a graph flows: no cycle, and every node between input and output."""

from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from graphc.diagnostics import Code, Diagnostic, Place, Severity, Sink, edge_text
from graphc.frontend.doubt import Doubt
from graphc.ir import Edge, Node, ordered

if TYPE_CHECKING:
    from graphc.frontend.questions import Cycles

_MOST_SHOWN = 8


def acyclic(
    nodes: Mapping[str, Node], edges: list[Edge], doubt: Doubt, sink: Sink
) -> list[Edge]:
    """Return the edges without those that close a cycle, each cycle reported (GC110).

    The same list where there is no cycle.
    """
    if ordered(nodes, edges) is not None:
        return edges
    cycles: Cycles = import_module("graphc.frontend.questions").cycles(nodes, edges)
    sink.extend(cycles.found)
    for edge in cycles.closing:
        doubt.left.add(edge.source)
        doubt.entered.add(edge.target)
    return [edge for edge in edges if edge not in cycles.closing]


def check_flow(
    nodes: Mapping[str, Node], edges: Sequence[Edge], doubt: Doubt, sink: Sink
) -> None:
    """Report nodes that no input reaches (GC111), once for each part of the graph.

    Nodes that nothing reads although outputs are drawn get the warning GC117.
    """
    lost = _lost(nodes, edges, doubt)
    if lost:
        sink.extend(_unreached_parts(lost, nodes, edges))
    if not any(node.is_output for node in nodes.values()):
        return
    read = {edge.source for edge in edges}
    for name, node in nodes.items():
        known = name not in lost and not doubt.may_leave(name)
        if known and name not in read and not node.is_output:
            sink.add(_unread(node))


def _unreached_parts(
    lost: Mapping[str, None], nodes: Mapping[str, Node], edges: Sequence[Edge]
) -> Iterator[Diagnostic]:
    inner = [edge for edge in edges if edge.source in lost and edge.target in lost]
    entered = {edge.target for edge in inner}
    questions = import_module("graphc.frontend.questions")
    parts: list[list[str]] = questions.parts(lost, inner)
    for part in parts:
        roots = [nodes[name] for name in part if name not in entered]
        yield _unreached(roots, len(part))


def _lost(
    nodes: Mapping[str, Node], edges: Sequence[Edge], doubt: Doubt
) -> dict[str, None]:
    """Return the nodes that no path from an input leads to, in their order.

    What takes nothing, such as a learned tensor, is where a path may begin too.
    """
    entered = {edge.target for edge in edges}
    if all(name in entered or _begins(node) for name, node in nodes.items()):
        return {}  # without a cycle every way back ends where one may begin
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
