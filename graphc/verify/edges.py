"""Which edges of an instance are to be seen when the module runs."""

from graphc.infer import Instance
from graphc.ir import Edge


def edges_of(instance: Instance) -> list[Edge]:
    """Return the edges whose value the code computes: those that lead to an output."""
    graph = instance.module.graph
    live = {node.name for node in instance.module.outputs}
    for node in reversed(graph.order):
        if node.name in live:
            live |= {edge.source for edge in graph.into(node.name)}
    return [edge for edge in graph.edges if edge.source in live]
