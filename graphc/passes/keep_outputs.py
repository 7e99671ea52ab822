"""A network without some of its outputs."""

from collections.abc import Collection
from dataclasses import replace

from graphc.ir import Graph, Module, Network


def keep_outputs(network: Network, names: Collection[str]) -> Network:
    """Return a network with these outputs of the model alone, and what leads to them.

    Inputs stay, and so does a node that led to no output before: it is reported as
    ever. Raises KeyError for a name that is none of an output.
    """
    model = network.model
    ends = {node.name for node in model.outputs}
    for name in names:
        if name not in ends:
            raise KeyError(name)
    kept, dropped = _leading(model, ends & set(names)), _leading(model, ends)
    gone = dropped - kept - {node.name for node in model.inputs}
    graph = model.graph
    nodes = [node for node in graph.nodes.values() if node.name not in gone]
    edges = [edge for edge in graph.edges if not {edge.source, edge.target} & gone]
    changed = replace(model, graph=Graph(nodes, edges))
    order = tuple(node.name for node in model.outputs if node.name in names)
    return replace(network, model=changed, kept=order)


def _leading(model: Module, ends: Collection[str]) -> set[str]:
    """Return the nodes that lead to some of these, themselves included."""
    found, pending = set(ends), list(ends)
    while pending:
        before = {edge.source for edge in model.graph.into(pending.pop())} - found
        found |= before
        pending += before
    return found
