"""What stands on an arrow: the ports at its ends, and the size."""

import re
from collections.abc import Collection, Sequence
from functools import cached_property

from graphc.emit.mermaid.escape import entities
from graphc.emit.mermaid.general import General, general
from graphc.infer import Instance, dim_text
from graphc.ir import Edge, Graph, Module, Network, Node, Op, one_output
from graphc.lang import ShapeText, Unknown, shape_of
from graphc.record import record

_PLAIN = re.compile(r"\w+", re.ASCII)


@record(slots=False)
class Labeller:
    """Tells what stands on the arrows of one module, for all instances of it."""

    network: Network
    module: Module
    instances: Sequence[Instance]

    def label(self, edge: Edge) -> str:
        """Return the text on an arrow, escaped; empty if there is nothing to say."""
        ports = self._ports(edge)
        size = self._size(edge)
        return entities(f"{ports}: {size}" if ports and size else ports or size)

    @cached_property
    def _general(self) -> General:
        return general(self.module, self.instances)

    @property
    def _graph(self) -> Graph:
        return self.module.graph

    def _ports(self, edge: Edge) -> str:
        output, port = self._output(edge), self._input(edge)
        if port:
            return f"{output} -> {port}".lstrip()
        return output

    def _output(self, edge: Edge) -> str:
        """Return the output that an edge leaves, where its node has several."""
        target = self._graph.nodes[edge.source].terms[-1].target
        if isinstance(target, Op):
            alone = target.outputs is one_output or not target.known
            return "" if alone else f".{edge.output}"
        outputs = [node.name for node in self.network.modules[target].outputs]
        return _port(outputs, edge.output) if len(outputs) > 1 else ""

    def _input(self, edge: Edge) -> str:
        """Return the input that an edge enters, where its place does not tell."""
        if edge.target not in self._told:
            return ""
        return _port(self._inputs(self._graph.nodes[edge.target]), edge.input)

    def _inputs(self, node: Node) -> Sequence[str]:
        target = node.terms[0].target
        if isinstance(target, Op):
            return target.inputs.ports
        return [one.name for one in self.network.modules[target].inputs]

    @cached_property
    def _told(self) -> Collection[str]:
        """The nodes whose edges do not stand in the order of their inputs."""
        met: dict[str, int] = {}
        told = set()
        for edge in self._graph.edges:
            place = met.get(edge.target, 0)
            met[edge.target] = place + 1
            if edge.input != place:
                told.add(edge.target)
        return told

    def _size(self, edge: Edge) -> str:
        """Return the size as written, what it leaves open filled in."""
        known = self._known(edge)
        if edge.shape is None:
            return "" if known is None else "*".join(known)
        return str(edge.shape) if known is None else _filled(edge.shape, known)

    def _known(self, edge: Edge) -> list[str] | None:
        """Return the dims that are the same in every instance; None if there are none.

        One that parameters decide is an expression over them, lest it be pinned. A size
        in the free dims of the model's input says nothing within a module, where the
        same name would be a free dim of its own.
        """
        found = [one.known(edge) for one in self.instances]
        ranks = {None if shape is None else len(shape) for shape in found}
        if len(ranks) != 1 or None in ranks or 0 in ranks:
            return None
        model = self.module is self.network.model
        columns = zip(*(shape for shape in found if shape is not None), strict=True)
        dims = [_agreed(column, symbolic=model) for column in columns]
        for axis, size in enumerate(self._general.dims(edge)):
            if size is not None and axis < len(dims):
                dims[axis] = size
        return None if all(dim == "_" for dim in dims) else dims


def _agreed(sizes: Collection[object], *, symbolic: bool) -> str:
    """Return a dim that has the same size everywhere, otherwise ``_``."""
    texts = {
        dim_text(size) if symbolic or isinstance(size, int) else "_" for size in sizes
    }
    return texts.pop() if len(texts) == 1 else "_"


def _filled(shape: ShapeText, known: Sequence[str]) -> str:
    """Return a size as written, with what is known for what it leaves open."""
    if len(known) != len(shape.dims):
        return str(shape)
    dims = [
        size if isinstance(dim, Unknown) else str(shape_of((dim,), shape.span))
        for dim, size in zip(shape.dims, known, strict=True)
    ]
    return "*".join(dims)


def _port(names: Sequence[str], number: int) -> str:
    """Return a port by its name where that is plain, and by its number otherwise."""
    named = number < len(names) and _PLAIN.fullmatch(names[number])
    return f".{names[number] if named else number}"
