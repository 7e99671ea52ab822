"""The memory of activations: the tensors that a run of a network makes.

Each element takes 4 bytes (float32) and the batch is 1. What is counted is the tensor
that a node hands on: of ops in a row the last one's, and of a repeat that of each. A
node that opens into a module counts what is in it. ``Input`` and ``Output`` nodes make
nothing; views (``Flatten``, ``Split``) are counted like any other tensor.
"""

from collections.abc import Iterable

from graphc.cost.cost import elements
from graphc.cost.parts import Part, parts
from graphc.infer import Body, Instance, Known, Stage, inner_first
from graphc.ir import Node
from graphc.lang import Size

BYTES = 4
"""Bytes of a float32."""


class Memory:
    """The memory of instances, each looked at once."""

    def __init__(self) -> None:
        self._made: dict[Instance, Size] = {}

    def made(self, instance: Instance) -> Size:
        """Return the bytes of all tensors that the nodes of an instance make."""
        for one in inner_first(instance, self._made):
            nodes = one.module.graph.nodes.values()
            self._made[one] = _total(self.of_node(one, node) for node in nodes)
        return self._made[instance]

    def of_node(self, instance: Instance, node: Node) -> Size:
        """Return the bytes of what a node makes."""
        if node.is_input or node.is_output:
            return 0
        found = parts(instance.stages(node))
        return _total(self.of_part(part) * part.count for part in found)

    def of_part(self, part: Part) -> Size:
        """Return the bytes of what one of a part makes."""
        inside = part.instance
        if inside is None:
            return BYTES * elements(part.outputs)
        return self.made(inside)


def handed_on(body: "Body | Stage") -> Size:
    """Return the bytes of what a layer, an instance or a whole term hands on."""
    if isinstance(body, Instance):
        return BYTES * elements(map(_sizes, body.outputs))
    return BYTES * elements(body.outputs)


def input_bytes(instance: Instance) -> Size:
    """Return the bytes of the tensors that come into an instance."""
    return BYTES * elements(map(_sizes, instance.inputs))


def _sizes(shape: Known) -> tuple[Size, ...]:
    return tuple(dim for dim in shape or () if not isinstance(dim, tuple))


def _total(sizes: Iterable[Size]) -> Size:
    return sum(sizes, start=0)
