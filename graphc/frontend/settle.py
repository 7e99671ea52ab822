"""A graph that the later stages can take, whatever is wrong in it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from graphc.frontend.counts import Fits, entering
from graphc.frontend.ports import Interfaces
from graphc.ir import Edge, Graph, Node, Term, opaque, term_of
from graphc.lang import TermText
from graphc.source import Span


def stand_in(name: str, span: Span) -> Term:
    """Return a term that says nothing, for one that could not be read."""
    return _silent(name, span, span)


def usable(
    inputs: Collection[str], outputs: Collection[str], edges: Sequence[Edge]
) -> list[Edge]:
    """Return the edges without those into inputs, out of outputs, and second ones."""
    kept: list[Edge] = []
    into = frozenset(inputs)
    out = frozenset(outputs)
    fed: set[str] = set()
    for edge in edges:
        target = edge.target
        if edge.source in out or target in into or target in fed:
            continue
        if target in out:
            fed.add(target)
            kept.append(edge if edge.input == 0 else replace(edge, input=0))
        else:
            kept.append(edge)
    return kept


def settle(
    nodes: Mapping[str, Node],
    edges: Sequence[Edge],
    broken: Collection[str],
    fits: Fits,
) -> Graph:
    """Return a graph in which every node gets what its terms take.

    A node that does not becomes one that says nothing, so that it is checked no
    further and nothing follows from it. ``edges`` are ``usable``, and ``fits`` is for
    the interfaces of graphs with such edges.
    """
    into = entering(edges)
    read: dict[str, int] = {}
    for edge in edges:
        if edge.output >= read.get(edge.source, 0):
            read[edge.source] = edge.output + 1
    settled: list[Node] = []
    renumbered: dict[Edge, Edge] = {}
    added: list[Edge] = []
    for name, node in nodes.items():
        arriving = into.get(name, [])
        if node.is_output and not arriving:
            source = _source(node, nodes)
            settled.append(source)
            added.append(Edge(source.name, 0, name, 0, None, node.span))
        elif name in broken or not (
            fits.gets(node, arriving)
            and _gives(node, read.get(name, 0), fits.interfaces)
        ):
            first = node.terms[0]
            silent = _silent(first.name, first.span, first.name_span)
            settled.append(replace(node, terms=(silent,)))
            renumbered.update(_in_order(arriving))
            continue
        settled.append(node)
    return Graph(settled, [*(renumbered.get(edge, edge) for edge in edges), *added])


def _silent(name: str, span: Span, name_span: Span) -> Term:
    return term_of(TermText(name, name_span, None, (), span), opaque(name))


def _source(output: Node, nodes: Mapping[str, Node]) -> Node:
    """Return a node to read for an output that reads nothing."""
    name = f"{output.name}?"
    while name in nodes:
        name += "?"
    return Node(name, (stand_in(name, output.span),), output.span, output.span)


def _gives(node: Node, read: int, interfaces: Interfaces) -> bool:
    """Return whether a node gives what is read of it."""
    if not all(_usable(term, interfaces) for term in node.terms):
        return False
    given = interfaces.outputs(node.terms[-1])
    return given.most is None or read <= given.most or node.op is not None


def _usable(term: Term, interfaces: Interfaces) -> bool:
    """Return whether something comes into a module, and something leaves it."""
    if not isinstance(term.target, str):
        return True
    module = interfaces[term.target]
    return bool(module.inputs) and bool(module.outputs)


def _in_order(edges: list[Edge]) -> Iterator[tuple[Edge, Edge]]:
    ordered = sorted(edges, key=lambda edge: edge.input)
    return ((edge, replace(edge, input=number)) for number, edge in enumerate(ordered))
