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
from graphc.frontend.arrow import Arrow
from graphc.frontend.doubt import Doubt
from graphc.frontend.ends import End
from graphc.frontend.fields import listed
from graphc.frontend.ports import Interfaces, Ports
from graphc.ir import Edge, Node
from graphc.record import record
from graphc.source import Span

_MOST_SHOWN = 8
_MOST_COMPARED = 100


@dataclass(slots=True)
class Connected:
    """Arrows with their ports.

    Where a port is not there the arrow comes from a node of its own (``strangers``), or
    the node it leads to is ``broken``: what it takes is not known.
    """

    edges: list[Edge] = field(default_factory=list)
    strangers: dict[str, Arrow] = field(default_factory=dict)
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
    numbered = _numbered(arrows, nodes, interfaces, sink)
    loose = {arrow.target.node for arrow in arrows if arrow.target.loose}
    connected.broken.update(loose, numbered.broken)
    doubt.entered.update(connected.broken)
    leaving = _Leaving(nodes, interfaces, doubt, sink, connected)
    counts: dict[str, int] = {}
    for arrow in arrows:
        source, output = leaving.output(arrow)
        target = arrow.target.node
        number = counts.get(target, 0)
        counts[target] = number + 1
        if target in numbered.nodes:
            number = numbered.numbers[arrow]
        edge = Edge(source, output, target, number, arrow.shape, arrow.span)
        connected.edges.append(edge)
    return connected


@record(eq=False)
class _Numbered:
    """The inputs of arrows into nodes of which some arrow says the port."""

    nodes: frozenset[str]
    numbers: dict[Arrow, int]
    broken: set[str]


def _numbered(
    arrows: Sequence[Arrow],
    nodes: Mapping[str, Node],
    interfaces: Interfaces,
    sink: Sink,
) -> _Numbered:
    """Return the inputs of arrows into nodes of which some arrow says the port.

    Arrows enter other nodes in their order. Codes: GC109.
    """
    named = frozenset(one.target.node for one in arrows if one.target.port is not None)
    entering: dict[str, list[Arrow]] = {name: [] for name in named}
    for arrow in arrows if named else ():
        if arrow.target.node in named:
            entering[arrow.target.node].append(arrow)
    found = _Numbered(named, {}, set())
    for name, into in entering.items():
        ports = interfaces.inputs(nodes[name].terms[0])
        faults = _number_inputs(into, ports, found.numbers)
        sink.extend(faults)
        if faults:
            found.broken.add(name)
    return found


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
                fault = _no_port(arrow.target, arrow.target_span, ports, "input")
                faults.append(fault)
        elif number in taken:
            faults.append(_twice(arrow, taken[number]))
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


def _twice(again: Arrow, first: Arrow) -> Diagnostic:
    return Diagnostic(
        Code.GC109,
        f"the input `{again.target}` is connected twice",
        Place(again.target_span, "again"),
        (Place(first.target_span, "first"),),
    )


@record
class _Leaving:
    """Finds the output that an arrow leaves."""

    nodes: Mapping[str, Node]
    interfaces: Interfaces
    doubt: Doubt
    sink: Sink
    connected: Connected

    def output(self, arrow: Arrow) -> tuple[str, int]:
        """Return the node and the number of its output; a stranger's if it has none."""
        end = arrow.source
        ports = self.interfaces.outputs(self.nodes[end.node].terms[-1])
        if end.port is None:
            if ports.exactly_one or end.loose:
                return end.node, 0
            return self._refuse(arrow, self._unsaid(end, arrow.source_span, ports))
        number = ports.number(end.port)
        if number is not None:
            return end.node, number
        if ports.loose:
            return end.node, 0
        return self._refuse(arrow, _no_port(end, arrow.source_span, ports, "output"))

    def _refuse(self, arrow: Arrow, fault: Diagnostic) -> tuple[str, int]:
        end = arrow.source
        self.sink.add(fault)
        self.doubt.left.add(end.node)
        name = f"{end}?"
        while name in self.nodes:
            name += "?"
        self.connected.strangers.setdefault(name, arrow)
        return name, 0

    def _unsaid(self, end: End, span: Span, ports: Ports) -> Diagnostic:
        node = self.nodes[end.node]
        if not ports.many and not ports.names:
            message = f"nothing comes out of `{end.node}`"
            said = "this edge begins at an `Output`" if node.is_output else ""
            return Diagnostic(Code.GC109, message, Place(span, said))
        names = ports.names[:_MOST_SHOWN] or ("0", "1")
        written = listed([self._begun(end, span, name) for name in names])
        more = ", ..." if ports.many or len(names) < len(ports.names) else ""
        return Diagnostic(
            Code.GC109,
            f"`{end.node}` has several outputs, and this edge does not say which",
            Place(span),
            help=(f"write one of {written}{more}",),
        )

    def _begun(self, end: End, span: Span, port: str) -> str:
        """Return how an edge names an output of the node that it comes from."""
        if in_mermaid(span):
            return edge_text(span, end.node, "...", port=port)
        return f"{end.node}.{port}"


def _no_port(end: End, span: Span, ports: Ports, side: str) -> Diagnostic:
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
    return Diagnostic(Code.GC109, message, Place(span), help=remedy)
