"""Whether each node gets as many tensors as it takes."""

from collections.abc import Mapping

from graphc.diagnostics import Code, Diagnostic, Place, Sink
from graphc.frontend.edges import Doubt
from graphc.frontend.ports import Interfaces, Ports, inputs_of, outputs_of
from graphc.ir import Edge, Node, Op, Term


def check_counts(
    nodes: Mapping[str, Node],
    edges: list[Edge],
    interfaces: Interfaces,
    doubt: Doubt,
    sink: Sink,
) -> None:
    """Report nodes with too many or too few inputs, or terms that do not chain (GC112).

    Of a node that nothing enters at all something else is said.
    """
    into: dict[str, list[Edge]] = {}
    for edge in edges:
        into.setdefault(edge.target, []).append(edge)
    for name, node in nodes.items():
        ports = inputs_of(node.terms[0], interfaces)
        arriving = into.get(name, [])
        _check_arriving(node, ports, arriving, doubt, sink)
        for before, term in zip(node.terms, node.terms[1:], strict=False):
            _check_link(before, term, interfaces, sink)
        for term in node.terms:
            joins = term is node.terms[0] and ports.many and len(arriving) > 1
            _check_repeat(term, interfaces, sink, joins=joins)


def _check_arriving(
    node: Node, ports: Ports, edges: list[Edge], doubt: Doubt, sink: Sink
) -> None:
    most = None if ports.many else len(ports.names)
    if most is not None and len(edges) > most:
        surplus = [edge for edge in edges if edge.input >= most] or edges
        message = f"`{node.name}` takes {_taken(ports)}, and {len(edges)} arrive"
        related = tuple(Place(edge.span, "one too many") for edge in surplus)
        place = Place(node.terms[0].span, f"takes {_taken(ports)}")
        sink.add(Diagnostic(Code.GC112, message, place, related))
        return
    connected = {edge.input for edge in edges}
    open_ports = [number for number in range(ports.least) if number not in connected]
    if edges and open_ports and not doubt.about(node.name):
        count = len(edges)
        arriving = f"{count} arrives" if count == 1 else f"{count} arrive"
        message = f"`{node.name}` takes {_taken(ports)}, and {arriving}"
        names = [ports.names[n] for n in open_ports if n < len(ports.names)]
        remedy = tuple(
            f"nothing is connected to `{node.name}.{name}`" for name in names
        )
        related = tuple(Place(edge.span, "arrives") for edge in edges)
        place = Place(node.terms[0].span, f"takes {_taken(ports)}")
        notes = remedy if len(ports.names) > 1 else ()
        sink.add(Diagnostic(Code.GC112, message, place, related, notes))


def _taken(ports: Ports) -> str:
    if ports.many:
        return f"{_tensors(ports.least)} or more"
    if ports.least != len(ports.names):
        return f"{ports.least} to {_tensors(len(ports.names))}"
    return _tensors(ports.least) if ports.names else "no tensor"


def _tensors(count: int) -> str:
    return f"{count} tensor{'' if count == 1 else 's'}"


def _check_link(before: Term, term: Term, interfaces: Interfaces, sink: Sink) -> None:
    """Report a term of a sequence that does not take the one tensor before it."""
    given = outputs_of(before, interfaces)
    ports = inputs_of(term, interfaces)
    if not given.many and len(given.names) != 1:
        message = f"`{before.name}` gives {len(given.names)} tensors"
        place = Place(term.span, "takes one")
        sink.add(Diagnostic(Code.GC112, message, place, (Place(before.span),)))
    elif _is_alone(before) or _is_alone(term):
        return
    elif ports.least > 1 or (not ports.many and not ports.names):
        message = (
            f"`{term.name}` takes {_taken(ports)}, and one comes from the term before"
        )
        remedy = (f"make `{term.name}` a node of its own",)
        sink.add(Diagnostic(Code.GC112, message, Place(term.span), help=remedy))


def _is_alone(term: Term) -> bool:
    """Return whether it was told already that a term stands alone in its node."""
    return term.name in {"Input", "Output"}


def _check_repeat(
    term: Term, interfaces: Interfaces, sink: Sink, *, joins: bool
) -> None:
    """Report a term that stands in a row and takes more, or other, than it gives.

    ``joins`` tells that it takes any number of tensors, and several arrive.
    """
    if term.repeat is None or _is_alone(term):
        return
    takes, gives = inputs_of(term, interfaces), outputs_of(term, interfaces)
    least = takes.least
    single = isinstance(term.target, Op)
    unread = takes.many and least == 0  # an op that could not be read, as was told
    if single and not unread and (least > 1 or gives.many or joins):
        count = "several" if gives.many else "1"
        told = f"`{term.name}` takes {_taken(takes)} and gives {count}"
    elif not single and len(takes.names) != len(gives.names):
        told = (
            f"`{term.name}` takes {_tensors(len(takes.names))} "
            f"and gives {len(gives.names)}"
        )
    else:
        return
    message = f"{told}, so it cannot stand in a row"
    sink.add(Diagnostic(Code.GC112, message, Place(term.span)))
