"""Which output of a node an arrow leaves, and which input it enters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from graphc.diagnostics import (
    Code,
    Diagnostic,
    Place,
    Sink,
    edge_text,
    in_mermaid,
    nearest,
)
from graphc.frontend.doubt import Doubt
from graphc.frontend.edges import Arrow
from graphc.frontend.ends import End
from graphc.frontend.fields import listed
from graphc.frontend.ports import Interfaces, Ports, inputs_of, outputs_of
from graphc.ir import Edge, Node
from graphc.record import record

_MOST_SHOWN = 8
_MOST_COMPARED = 100


@dataclass(slots=True)
class Connected:
    """Arrows with their ports.

    Where a port is not there the arrow comes from a node of its own (``strangers``), or
    the node it leads to is ``broken``: what it takes is not known.
    """

    edges: list[Edge] = field(default_factory=list)
    strangers: dict[str, End] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)


def connect(
    arrows: Sequence[Arrow],
    nodes: Mapping[str, Node],
    interfaces: Interfaces,
    doubt: Doubt,
    sink: Sink,
) -> Connected:
    """Return edges with the numbers of their ports.

    A port that is written is taken; the other arrows into a node fill what is left, in
    their order. Codes: GC109.
    """
    connected = Connected()
    entering: dict[str, list[Arrow]] = {}
    for arrow in arrows:
        entering.setdefault(arrow.target.node, []).append(arrow)
    numbers: dict[Arrow, int] = {}
    for name, into in entering.items():
        ports = inputs_of(nodes[name].terms[0], interfaces)
        faults = _number_inputs(into, ports, numbers)
        sink.extend(faults)
        if faults or any(arrow.target.loose for arrow in into):
            connected.broken.add(name)
            doubt.entered.add(name)
    leaving = _Leaving(nodes, interfaces, doubt, sink, connected)
    for arrow in arrows:
        source, output = leaving.output(arrow.source)
        target, number = arrow.target.node, numbers[arrow]
        edge = Edge(source, output, target, number, arrow.shape, arrow.span)
        connected.edges.append(edge)
    return connected


def _number_inputs(
    into: list[Arrow], ports: Ports, numbers: dict[Arrow, int]
) -> list[Diagnostic]:
    """Give a number to every arrow into a node; return what is wrong (GC109)."""
    faults: list[Diagnostic] = []
    taken: dict[int, Arrow] = {}
    for arrow in into:
        port = arrow.target.port
        if port is None:
            continue
        number = ports.number(port)
        if number is None:
            if not ports.loose:
                faults.append(_no_port(arrow.target, ports, "input"))
        elif number in taken:
            faults.append(_twice(arrow.target, taken[number].target))
        else:
            taken[number] = arrow
            numbers[arrow] = number
    free = 0
    for arrow in into:
        if arrow not in numbers:
            while free in taken:
                free += 1
            taken[free] = arrow
            numbers[arrow] = free
    return faults


def _twice(again: End, first: End) -> Diagnostic:
    return Diagnostic(
        Code.GC109,
        f"the input `{again}` is connected twice",
        Place(again.span, "again"),
        (Place(first.span, "first"),),
    )


@record
class _Leaving:
    """Finds the output that an arrow leaves."""

    nodes: Mapping[str, Node]
    interfaces: Interfaces
    doubt: Doubt
    sink: Sink
    connected: Connected

    def output(self, end: End) -> tuple[str, int]:
        """Return the node and the number of its output; a stranger's if it has none."""
        ports = outputs_of(self.nodes[end.node].terms[-1], self.interfaces)
        if end.port is None:
            if ports.exactly_one or end.loose:
                return end.node, 0
            return self._refuse(end, self._unsaid(end, ports))
        number = ports.number(end.port)
        if number is not None:
            return end.node, number
        if ports.loose:
            return end.node, 0
        return self._refuse(end, _no_port(end, ports, "output"))

    def _refuse(self, end: End, fault: Diagnostic) -> tuple[str, int]:
        self.sink.add(fault)
        self.doubt.left.add(end.node)
        name = f"{end}?"
        while name in self.nodes:
            name += "?"
        self.connected.strangers.setdefault(name, end)
        return name, 0

    def _unsaid(self, end: End, ports: Ports) -> Diagnostic:
        node = self.nodes[end.node]
        if not ports.many and not ports.names:
            message = f"nothing comes out of `{end.node}`"
            said = "this edge begins at an `Output`" if node.is_output else ""
            return Diagnostic(Code.GC109, message, Place(end.span, said))
        names = ports.names[:_MOST_SHOWN] or ("0", "1")
        written = listed([self._begun(end, name) for name in names])
        more = ", ..." if ports.many or len(names) < len(ports.names) else ""
        return Diagnostic(
            Code.GC109,
            f"`{end.node}` has several outputs, and this edge does not say which",
            Place(end.span),
            help=(f"write one of {written}{more}",),
        )

    def _begun(self, end: End, port: str) -> str:
        """Return how an edge names an output of the node that it comes from."""
        if in_mermaid(end.span):
            return edge_text(end.span, end.node, "...", port=port)
        return f"{end.node}.{port}"


def _no_port(end: End, ports: Ports, side: str) -> Diagnostic:
    message = f"`{end.node}` has no {side} `{end.port}`"
    meant = nearest(end.port or "", ports.names[:_MOST_COMPARED])
    if meant is not None:
        remedy: tuple[str, ...] = (f"did you mean `{end.node}.{meant}`?",)
    elif ports.names:
        names = ports.names[:_MOST_SHOWN]
        more = ", ..." if len(names) < len(ports.names) else ""
        remedy = (f"its {side}s: {listed(names)}{more}",)
    else:
        remedy = (f"its {side}s are numbered from 0",) if ports.many else ()
    return Diagnostic(Code.GC109, message, Place(end.span), help=remedy)
