"""The variables of ``forward``.

A value that is alone (nothing else is needed later) is called ``x``; any other has the
name of its node, or, where one node after the other takes it on, that of the last, so
that nothing is kept longer than it is needed. The one way of several nodes that joins
one other value is called ``y``, and so are several, one after the other, that each join
the value they begin with: a shortcut. A value that several nodes read, with others like
it in between (the skips of a U-Net), has the name of its own node. Of several results
each has the name of the output it is drawn into, and is no reason to call the others
less than ``x``. What is held as an attribute, and read as it is, needs no variable.
"""

from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise

from graphc.emit.torch.names import LOCALS, Names
from graphc.ir import Edge, Family, Module, Node, Op
from graphc.record import record


@record
class Port:
    """One output of a node."""

    node: str
    output: int = 0


class Values:
    """The variable of each value in a module, whose nodes run in the given order.

    ``returned`` are the values that the method gives; ``held`` tells what stands for
    the values of nodes that are attributes.
    """

    def __init__(
        self,
        module: Module,
        order: Sequence[Node],
        returned: Sequence[Port],
        held: Mapping[str, str],
    ) -> None:
        self.returned = tuple(returned)
        self._held = held
        self._module = module
        self._order = order
        self._place = {node.name: number for number, node in enumerate(order)}
        self._readers = self._read()
        self._results = self._drawn()
        self._outputs = self._ports()
        self._alive = self._count_alive()
        self._names = Names(LOCALS, lower=True)
        self._names.add((*self._inputs(), *(node.name for node in order)))
        self._names.add(self._results.values())
        self._variables: dict[Port, str] = {}
        self._converted: set[Port] = set()
        self.arguments = self._arguments()
        self._lasts = self._ways()
        self._side_ways = self._find_side_ways()
        for node in order:
            self._assign(node)

    def __getitem__(self, port: Port) -> str:
        return self._variables[port]

    def into(self, node: Node) -> tuple[str, ...]:
        """Return the variables that a node reads, in the order of its inputs."""
        edges = self._module.graph.into(node.name)
        return tuple(self._variables[Port(edge.source, edge.output)] for edge in edges)

    def outputs(self, node: Node) -> tuple[int, ...]:
        """Return the outputs of a node that are read, or returned."""
        return self._outputs.get(node.name, ())

    def is_held(self, node: Node) -> bool:
        """Whether an attribute stands for a node's value."""
        return node.name in self._held

    def is_last(self, node: Node) -> bool:
        """Whether a node's one output is all that is returned, and it runs last."""
        only = (Port(node.name),)
        return (
            self._order[-1] is node
            and self.returned == only
            and only[0] not in self._readers
        )

    def is_handed_on(self, node: Node, to: Node) -> bool:
        """Whether a node gives one value, which the next reads and nothing else."""
        ports = self.outputs(node)
        into = self._module.graph.into(to.name)
        one = len(ports) == 1 == len(into) and into[0].source == node.name
        return (
            one
            and len(self._readers[Port(node.name, ports[0])]) == 1
            and Port(node.name, ports[0]) not in self.returned
        )

    def convert(self, name: str) -> str:
        """Return the variable of an input that is laid out anew before any node runs.

        It is that of the first node, if nothing else reads the input.
        """
        port = Port(name)
        edges = self._readers.get(port, [])
        if len(self.arguments) == len(edges) == 1:
            first = self._order[0]
            is_alone = self._variables.get(Port(first.name)) == "x"
            if edges[0].target == first.name and is_alone:
                self._variables[port] = "x"
        self._converted.add(port)
        return self._variables[port]

    def done(self, node: Node) -> tuple[str, ...]:
        """Return the variables that nobody needs once a node has run.

        Those that it fills itself are none of them, nor the arguments, which whoever
        calls holds; and behind the last node all is given back anyway. The parts of a
        tensor that was split are freed together.
        """
        place = self._place[node.name]
        if place == len(self._order) - 1:
            return ()
        filled = {self._variables[Port(node.name, o)] for o in self.outputs(node)}
        sources = dict.fromkeys(e.source for e in self._module.graph.into(node.name))
        whole = [
            Port(source, output)
            for source in sources
            for output in self._outputs.get(source, ())
            if source in self._place or Port(source, output) in self._converted
        ]
        ports = [port for port in whole if self._last_needed(port) == place]
        found = dict.fromkeys(self._variables[port] for port in ports)
        return tuple(name for name in found if name not in filled)

    def _last_needed(self, port: Port) -> int:
        """Return the place of the last node that reads what is freed with a value."""
        if not _is_split(self._module.graph.nodes[port.node]):
            return self._last_use(port)
        outputs = self._outputs[port.node]
        return max(self._last_use(Port(port.node, output)) for output in outputs)

    def name(self, wanted: str) -> str:
        """Return a name for one more variable."""
        name = self._names.get(wanted)
        if name not in self._variables.values() and name not in LOCALS:
            return name
        return self._names.take(wanted)

    def _read(self) -> dict[Port, list[Edge]]:
        readers: dict[Port, list[Edge]] = {}
        for edge in self._module.graph.edges:
            if edge.target in self._place and edge.source not in self._held:
                readers.setdefault(Port(edge.source, edge.output), []).append(edge)
        return readers

    def _drawn(self) -> dict[Port, str]:
        """Return the output that each of several results is drawn into, read by none.

        A result that is drawn into two outputs has the name of its own node.
        """
        if len(self.returned) < 2:
            return {}
        drawn = zip(self.returned, self._module.outputs, strict=True)
        return {
            port: node.name if self.returned.count(port) == 1 else port.node
            for port, node in drawn
            if port not in self._readers and port.node in self._place
        }

    def _ports(self) -> dict[str, tuple[int, ...]]:
        found: dict[str, set[int]] = {}
        for port in (*self._readers, *self.returned):
            found.setdefault(port.node, set()).add(port.output)
        return {node: tuple(sorted(outputs)) for node, outputs in found.items()}

    def _count_alive(self) -> list[int]:
        """Return, for each node, how many values from before it are needed after it."""
        changes = [0] * (len(self._order) + 2)
        for port in {*self._readers, *self.returned} - self._results.keys():
            first, last = self._place.get(port.node, -1) + 1, self._last_use(port)
            if first < last:
                changes[first] += 1
                changes[last] -= 1
        return list(accumulate(changes))

    def _inputs(self) -> list[str]:
        return [node.name for node in self._module.inputs]

    def _arguments(self) -> tuple[str, ...]:
        """Name the inputs; a lone ``input`` or ``x`` is ``x``."""
        names = self._inputs()
        for name in names:
            lone = len(names) == 1 and name.lower() in {"input", "x"}
            self._variables[Port(name)] = "x" if lone else self._names[name]
        return tuple(self._variables[Port(name)] for name in names)

    def _assign(self, node: Node) -> None:
        if node.name in self._held:
            self._variables[Port(node.name)] = self._held[node.name]
            return
        ports = self.outputs(node)
        if len(ports) == 1:
            port = Port(node.name, ports[0])
            name = "x" if self._is_alone(port) else self._own(port)
            self._variables[port] = name
            return
        for output in ports:
            taken = self._names.take(f"{node.name}_{output}")
            self._variables[Port(node.name, output)] = taken

    def _own(self, port: Port) -> str:
        """Return the name of the last node that takes a value on."""
        last = self._lasts[port]
        if last in self._side_ways:
            return "y"
        return self._names[self._results.get(last, last.node)]

    def _ways(self) -> dict[Port, Port]:
        """Return the last of the nodes that take a value on, for each that is kept."""
        lasts: dict[Port, Port] = {}
        for node in reversed(self._order):
            ports = self.outputs(node)
            port = Port(node.name, ports[0]) if len(ports) == 1 else None
            if port is not None and not self._is_alone(port):
                further = self._taken_on(port)
                lasts[port] = port if further is None else lasts[further]
        return lasts

    def _find_side_ways(self) -> frozenset[Port]:
        """Return the ends of the ways that are called ``y``.

        Where a node is called ``y`` it keeps the name, and there are none.
        """
        nodes: dict[Port, list[int]] = {}
        for port, last in self._lasts.items():
            nodes.setdefault(last, []).append(self._place[port.node])
        begins = {last: min(each) for last, each in nodes.items() if len(each) > 1}
        joined = [self._joined(last) for last in begins]
        if None in joined or self._names.free("y") != "y":
            return frozenset()
        if len(begins) > 1:
            before = [self._order[begin].name for begin in begins.values()]
            if list(map(self._lone_source, before)) != joined or self._overlap(begins):
                return frozenset()
        return frozenset(begins)

    def _joined(self, last: Port) -> Port | None:
        """Return the one other value that a way joins, None where there is none."""
        readers = self._readers.get(last, [])
        if len(readers) != 1:
            return None
        into = self._module.graph.into(readers[0].target)
        others = [Port(edge.source, edge.output) for edge in into]
        others.remove(last)
        return others[0] if len(others) == 1 else None

    def _lone_source(self, node: str) -> Port | None:
        into = self._module.graph.into(node)
        return Port(into[0].source, into[0].output) if len(into) == 1 else None

    def _overlap(self, begins: Mapping[Port, int]) -> bool:
        """Whether one of several ways begins before another has joined."""
        spans = sorted((begin, self._last_use(last)) for last, begin in begins.items())
        return any(span[1] > after[0] for span, after in pairwise(spans))

    def _taken_on(self, port: Port) -> Port | None:
        readers = self._readers.get(port, [])
        if len(readers) != 1 or port in self.returned:
            return None
        node = self._order[self._place[readers[0].target]]
        ports = self.outputs(node)
        into = self._module.graph.into(node.name)
        others = [edge for edge in into if edge.source not in self._held]
        if len(others) > 1 or len(ports) != 1:
            return None
        further = Port(node.name, ports[0])
        return None if self._is_alone(further) else further

    def _is_alone(self, port: Port) -> bool:
        """Whether nothing else is needed once a value is there, but results."""
        if port in self._results:
            return False
        place = self._place[port.node]
        if self._alive[place]:
            return False
        if len(self._readers.get(port, [])) < 2:
            return True
        between = self._order[place + 1 : self._last_use(port)]
        return not any(self._is_shared(node) for node in between)

    def _last_use(self, port: Port) -> int:
        """Return the place of the last node that reads a value."""
        if port in self.returned:
            return len(self._order)
        return max(self._place[edge.target] for edge in self._readers[port])

    def _is_shared(self, node: Node) -> bool:
        ports = (Port(node.name, output) for output in self.outputs(node))
        return any(len(self._readers.get(port, [])) > 1 for port in ports)


def _is_split(node: Node) -> bool:
    """Whether the values of a node are parts of one tensor."""
    target = node.terms[-1].target
    return isinstance(target, Op) and target.family is Family.RESHAPE


def outputs_of(module: Module) -> tuple[Port, ...]:
    """Return the values that the outputs of a module are."""
    return tuple(_source(module, node) for node in module.outputs)


def _source(module: Module, node: Node) -> Port:
    """Return the value that an output of a module is."""
    if not node.is_output:
        return Port(node.name)
    (edge,) = module.graph.into(node.name)
    return Port(edge.source, edge.output)
