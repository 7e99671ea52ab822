"""Learned tensors that are read where they stand, without being expanded first.

Beside a tensor that has the batch, an operator stretches one that has not. Anything
else that reads it gets it expanded.
"""

from graphc.emit.torch.blueprint import Blueprint, OpItem
from graphc.emit.torch.values import Port
from graphc.infer import Instance
from graphc.ir import Edge, Node, Op


def held(blueprint: Blueprint, returned: tuple[Port, ...]) -> tuple[Node, ...]:
    """Return the nodes of a class whose attribute stands for their value."""
    return tuple(
        node
        for node in blueprint.nodes
        if is_parameter(blueprint, node)
        and Port(node.name) not in returned
        and all(_stretches(blueprint, edge) for edge in _read(blueprint, node))
    )


def is_parameter(blueprint: Blueprint, node: Node) -> bool:
    """Whether a node is an ``nn.Parameter``."""
    item = blueprint.parts[node][0].items[0]
    return isinstance(item, OpItem) and item.form.held


def _read(blueprint: Blueprint, node: Node) -> list[Edge]:
    graph, live = blueprint.module.graph, {each.name for each in blueprint.nodes}
    return [edge for edge in graph.out_of(node.name) if edge.target in live]


def _stretches(blueprint: Blueprint, edge: Edge) -> bool:
    """Whether what an edge leads to takes a batch of 1, beside one that it has."""
    graph = blueprint.module.graph
    reader = graph.nodes[edge.target]
    target = reader.terms[0].target
    if not isinstance(target, Op) or not target.broadcasts:
        return False
    sources = (graph.nodes[each.source] for each in graph.into(reader.name))
    beside = any(
        source.is_input or not is_parameter(blueprint, source) for source in sources
    )
    return beside and all(_fits(each, edge, reader) for each in blueprint.instances)


def _fits(instance: Instance, edge: Edge, reader: Node) -> bool:
    """Whether no dim has to be put behind the batch of what is read."""
    read = instance.shape(edge)
    made = instance.stages(reader)[0].outputs
    return read is not None and bool(made) and len(read) == len(made[0])
