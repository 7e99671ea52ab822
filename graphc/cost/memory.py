"""The memory of activations: the tensors that a run of a network makes.

Each element takes 4 bytes (float32) and the batch is 1. What is counted is the tensor
that a node hands on: of ops in a row the last one's, and of a repeat that of each. A
node that opens into a module counts what is in it. ``Input`` and ``Output`` nodes make
nothing; views (``Flatten``, ``Split``) are counted like any other tensor.
"""

from collections.abc import Iterable

from graphc.cost.cost import elements
from graphc.cost.parts import Part, Piece, parts
from graphc.infer import Instance, Known, inner_first
from graphc.ir import Node
from graphc.lang import Size

BYTES = 4
"""Bytes of a float32."""


class Memory:
    """The memory of instances, each looked at once."""

    def __init__(self) -> None:
        self._made: dict[Instance, Size] = {}
        self._peaks: dict[Instance, int | None] = {}

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

    def peak(self, instance: Instance) -> int | None:
        """Return the most bytes that are held at once beside the instance's inputs.

        Nodes run in their order, a tensor is freed when the last node that reads it is
        done, and an op's input and result are held together. None where a size is
        symbolic.
        """
        for one in inner_first(instance, self._peaks):
            self._peaks[one] = self._peak(one)
        return self._peaks[instance]

    def _peak(self, instance: Instance) -> int | None:
        peak = total = 0
        held: dict[str, int] = {}
        readers = _readers(instance)
        for node in instance.module.graph.order:
            if node.is_input or node.is_output:
                continue
            inner, result = self._during(instance, node), _result(instance, node)
            if inner is None or result is None:
                return None
            peak = max(peak, total + inner)
            held[node.name] = result
            total += result
            for edge in instance.module.graph.into(node.name):
                readers[edge.source].discard(node.name)
                if not readers[edge.source]:
                    total -= held.pop(edge.source, 0)
        return peak

    def _during(self, instance: Instance, node: Node) -> int | None:
        """Return the most bytes that a node holds beside its inputs while it runs."""
        peak = before = 0
        for part in parts(instance.stages(node)):
            for piece in (*part.pieces, *part.pieces[: part.count - 1]):
                inner, result = self._inner(piece), _bytes(piece)
                if inner is None or not isinstance(result, int):
                    return None
                peak, before = max(peak, before + inner), result
        return peak

    def _inner(self, piece: Piece) -> int | None:
        if isinstance(piece.body, Instance):
            return self.peak(piece.body)
        made = _bytes(piece)
        return made if isinstance(made, int) else None


def _readers(instance: Instance) -> dict[str, set[str]]:
    """Return who reads each node; the caller reads the outputs, and is never done."""
    module = instance.module
    readers: dict[str, set[str]] = {name: set() for name in module.graph.nodes}
    for edge in module.graph.edges:
        readers[edge.source].add(edge.target)
    for node in module.outputs:
        if not node.is_output:
            readers[node.name].add("")
    return readers


def _result(instance: Instance, node: Node) -> int | None:
    """Return the bytes of what a node hands on."""
    stages = instance.stages(node)
    size = BYTES * elements(stages[-1].outputs)
    return size if isinstance(size, int) else None


def _bytes(piece: Piece) -> Size:
    """Return the bytes of what a layer or an instance hands on."""
    body = piece.body
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
