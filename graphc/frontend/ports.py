"""Which output of a node an arrow leaves, and which input it enters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graphc.diagnostics import Code, Diagnostic, Place, Sink, nearest
from graphc.frontend.edges import Arrow, End
from graphc.frontend.fields import listed
from graphc.ir import Edge, Node, Op, Term, one_output


@dataclass(frozen=True, slots=True)
class Ports:
    """The ports at one side of a term: their names, and how many there may be.

    The first ``least`` must be connected; ``many`` means any number from there on.
    """

    names: tuple[str, ...]
    least: int
    many: bool = False

    def number(self, port: str) -> int | None:
        """Return the number of a port, given by name or number; None if none has it."""
        if port in self.names:
            return self.names.index(port)
        if not (port.isascii() and port.isdigit()) or len(port) > 6:
            return None
        number = int(port)
        return number if self.many or number < len(self.names) else None


@dataclass(frozen=True, slots=True)
class Interface:
    """What a module takes and gives: the names of its inputs and outputs."""

    inputs: tuple[str, ...]
    outputs: tuple[str, ...]


Interfaces = Mapping[str, Interface]


def inputs_of(term: Term, interfaces: Interfaces) -> Ports:
    """Return the ports at which tensors come into a term."""
    if isinstance(term.target, Op):
        inputs = term.target.inputs
        return Ports(inputs.ports, inputs.least, inputs.many)
    names = interfaces[term.target].inputs
    return Ports(names, len(names))


def outputs_of(term: Term, interfaces: Interfaces) -> Ports:
    """Return the ports at which tensors leave a term."""
    if isinstance(term.target, Op):
        single = term.target.outputs is one_output
        return Ports(("0",), 1) if single else Ports((), 1, many=True)
    return Ports(interfaces[term.target].outputs, 1)


def connect(
    arrows: Sequence[Arrow],
    nodes: Mapping[str, Node],
    interfaces: Interfaces,
    sink: Sink,
) -> list[Edge]:
    """Return edges with the numbers of their ports.

    A port that is written is taken; the other arrows into a node fill what is left, in
    their order. Codes: GC109.
    """
    entering: dict[str, list[Arrow]] = {}
    for arrow in arrows:
        entering.setdefault(arrow.target.node, []).append(arrow)
    numbers: dict[Arrow, int] = {}
    for name, into in entering.items():
        ports = inputs_of(nodes[name].terms[0], interfaces)
        numbers.update(_inputs(into, ports, sink))
    edges = []
    for arrow in arrows:
        output = _output(arrow.source, nodes, interfaces, sink)
        if output is not None and arrow in numbers:
            source, target = arrow.source.node, arrow.target.node
            number = numbers[arrow]
            edges.append(Edge(source, output, target, number, arrow.shape, arrow.span))
    return edges


def _inputs(into: list[Arrow], ports: Ports, sink: Sink) -> dict[Arrow, int]:
    taken: dict[int, Arrow] = {}
    for arrow in into:
        port = arrow.target.port
        if port is None:
            continue
        number = ports.number(port)
        if number is None:
            sink.add(_no_port(arrow.target, ports, "input"))
        elif number in taken:
            message = f"input `{port}` of `{arrow.target.node}` is connected twice"
            first = (Place(taken[number].target.span, "first"),)
            sink.add(Diagnostic(Code.GC109, message, Place(arrow.target.span), first))
        else:
            taken[number] = arrow
    free = 0
    for arrow in into:
        if arrow.target.port is None:
            while free in taken:
                free += 1
            taken[free] = arrow
    return {arrow: number for number, arrow in taken.items()}


def _output(
    end: End, nodes: Mapping[str, Node], interfaces: Interfaces, sink: Sink
) -> int | None:
    ports = outputs_of(nodes[end.node].terms[-1], interfaces)
    if end.port is not None:
        number = ports.number(end.port)
        if number is None:
            sink.add(_no_port(end, ports, "output"))
        return number
    if len(ports.names) > 1:
        message = f"`{end.node}` has several outputs: say which is meant"
        names = [f"{end.node}.{name}" for name in ports.names]
        remedy = (f"write one of {listed(names)}",)
        sink.add(Diagnostic(Code.GC109, message, Place(end.span), help=remedy))
        return None
    return 0


def _no_port(end: End, ports: Ports, side: str) -> Diagnostic:
    message = f"`{end.node}` has no {side} `{end.port}`"
    meant = nearest(end.port or "", ports.names)
    if meant is not None:
        remedy: tuple[str, ...] = (f"did you mean `{end.node}.{meant}`?",)
    elif ports.names:
        remedy = (f"its {side}s: {listed(ports.names)}",)
    else:
        remedy = (f"its {side}s are numbered from 0",) if ports.many else ()
    return Diagnostic(Code.GC109, message, Place(end.span), help=remedy)
