"""The softmax at the end of a model, which training leaves out."""

from collections.abc import Mapping

from graphc.emit.torch.blueprint import Part
from graphc.emit.torch.values import Port, outputs_of
from graphc.ir import Module, Node, Op
from graphc.record import record

_HEADS = frozenset({"Softmax", "LogSoftmax"})


@record(eq=False)
class Head:
    """The last term of a model; ``alone`` if there is no other in its node."""

    node: Node
    part: Part
    alone: bool


def head_of(module: Module, parts: Mapping[Node, tuple[Part, ...]]) -> Head | None:
    """Return the softmax that makes a model's one output, None if it ends in none."""
    returned = outputs_of(module)
    if len(returned) != 1:
        return None
    node = module.graph.nodes[returned[0].node]
    row = parts.get(node, ())
    if not row or row[-1].repeated or not isinstance(row[-1].term.target, Op):
        return None
    readers = [
        edge
        for edge in module.graph.out_of(node.name)
        if not module.graph.nodes[edge.target].is_output
    ]
    if row[-1].term.target.name not in _HEADS or readers or _shares(module, node):
        return None
    return Head(node, row[-1], alone=len(row) == 1)


def _shares(module: Module, node: Node) -> bool:
    """Return whether a node's module is applied more than once."""
    others = (each.same for each in module.graph.nodes.values())
    return node.same is not None or node.name in others


def scores(module: Module, head: Head) -> Port:
    """Return the value that the head is applied to."""
    if not head.alone:
        return Port(head.node.name)
    (edge,) = module.graph.into(head.node.name)
    return Port(edge.source, edge.output)
