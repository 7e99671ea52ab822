"""Whether each node gets as many tensors as it takes."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from graphc.diagnostics import Code, Diagnostic, Place, Sink
from graphc.frontend.doubt import Doubt
from graphc.frontend.ports import Interfaces, Ports, tensors
from graphc.ir import Edge, Node, Phrase, Term

_MOST_SHOWN = 8


def check_counts(
    nodes: Mapping[str, Node],
    edges: Sequence[Edge],
    fits: "Fits",
    doubt: Doubt,
    sink: Sink,
) -> bool:
    """Report nodes with too many or too few inputs, or terms that do not chain (GC112).

    Return whether all nodes get what they take. Of one that nothing enters at all
    something else is said.
    """
    sound = True
    into = entering(edges)
    interfaces = fits.interfaces
    for name, node in nodes.items():
        arriving = into.get(name, [])
        if not fits.gets(node, arriving):
            sound = False
            sink.extend(_arriving(node, arriving, interfaces, doubt))
            sink.extend(_chaining(node.terms, interfaces, several=len(arriving) > 1))
    return sound


class Fits:
    """Whether nodes get what their terms take, found once for all that say the same."""

    def __init__(self, interfaces: Interfaces) -> None:
        self.interfaces = interfaces
        self._rows: dict[tuple[Phrase, ...], bool] = {}
        self._joins: dict[tuple[Phrase, ...], bool] = {}

    def gets(self, node: Node, arriving: Sequence[Edge]) -> bool:
        """Whether these edges fill the inputs of a node, and its terms stand in a row.

        Its inputs are filled from the first, without a gap.
        """
        ports = self.interfaces.inputs(node.terms[0])
        count = len(arriving)
        if not ports.takes(count):
            return False
        if count > 1:
            filled = sorted(edge.input for edge in arriving) == list(range(count))
        else:
            filled = not count or arriving[0].input == 0
        return filled and self._in_a_row(node.terms, several=count > 1)

    def _in_a_row(self, terms: tuple[Term, ...], *, several: bool) -> bool:
        """Whether nothing keeps terms from standing in a row."""
        if len(terms) == 1 and terms[0].phrase.written.repeat is None:
            return True
        rows = self._joins if several else self._rows
        phrases = tuple([term.phrase for term in terms])
        found = rows.get(phrases)
        if found is None:
            faults = _chaining(terms, self.interfaces, several=several)
            found = rows[phrases] = not any(True for _ in faults)
        return found


def entering(edges: Sequence[Edge]) -> dict[str, list[Edge]]:
    """Return the edges into each node that has any, in the order of the text."""
    into: dict[str, list[Edge]] = {}
    for edge in edges:
        into.setdefault(edge.target, []).append(edge)
    return into


def _arriving(
    node: Node, edges: list[Edge], interfaces: Interfaces, doubt: Doubt
) -> Iterator[Diagnostic]:
    ports = interfaces.inputs(node.terms[0])
    if ports.loose or not edges:
        return
    arrive = "1 arrives" if len(edges) == 1 else f"{len(edges)} arrive"
    message = f"`{node.name}` takes {ports}, and {arrive}"
    place = Place(node.terms[0].span, f"takes {ports}")
    sure = sum(edge.source not in doubt.strangers for edge in edges)
    if ports.most is not None and len(edges) > ports.most:
        if sure <= ports.most:
            return
        surplus = [edge for edge in edges if edge.input >= ports.most]
        places = _places(surplus, "one too many")
        yield Diagnostic(Code.GC112, message, place, places)
    elif not doubt.may_enter(node.name):
        open_ports = _unconnected(node, ports, edges)
        if open_ports:
            shown = ", ".join(f"`{port}`" for port in open_ports[:_MOST_SHOWN])
            notes = (f"nothing is connected to {shown}",)
            places = _places(edges, "arrives")
            yield Diagnostic(Code.GC112, message, place, places, notes)


def _unconnected(node: Node, ports: Ports, edges: list[Edge]) -> list[str]:
    """Return the ports that need an edge and have none."""
    connected = {edge.input for edge in edges}
    needed = max(ports.least, min(max(connected) + 1, len(edges) + _MOST_SHOWN))
    numbers = [number for number in range(needed) if number not in connected]
    if ports.many:
        return [f"{node.name}.{number}" for number in numbers]
    return [f"{node.name}.{ports.names[number]}" for number in numbers]


def _places(edges: list[Edge], said: str) -> tuple[Place, ...]:
    return tuple(Place(edge.span, said) for edge in edges[:_MOST_SHOWN])


def _chaining(
    terms: tuple[Term, ...], interfaces: Interfaces, *, several: bool
) -> Iterator[Diagnostic]:
    """Yield what keeps the terms of a node from standing in a row (GC112).

    ``several`` tells that more than one tensor comes into the first.
    """
    for before, term in pairwise(terms):
        yield from _link(before, term, interfaces)
    for term in terms:
        joins = several and term is terms[0]
        yield from _repeated(term, interfaces, several=joins)


def _link(before: Term, term: Term, interfaces: Interfaces) -> Iterator[Diagnostic]:
    given = interfaces.outputs(before)
    ports = interfaces.inputs(term)
    if not given.exactly_one:
        gives = "several tensors" if given.many else tensors(len(given.names))
        message = f"`{before.name}` gives {gives}, and `{term.name}` takes one of it"
        place = Place(term.span, "takes the one before it")
        yield Diagnostic(Code.GC112, message, place, (Place(before.span),))
    elif not ports.takes(1):
        message = f"`{term.name}` takes {ports}, and gets the one before it"
        remedy = (f"make `{term.name}` a node of its own",)
        yield Diagnostic(Code.GC112, message, Place(term.span), help=remedy)


def _repeated(
    term: Term, interfaces: Interfaces, *, several: bool
) -> Iterator[Diagnostic]:
    """Yield that a term cannot follow itself, where it gives not what it takes.

    ``several`` tells that more than one tensor comes into it.
    """
    if term.repeat is None:
        return
    takes, gives = interfaces.inputs(term), interfaces.outputs(term)
    if takes.loose or gives.loose:
        return
    if isinstance(term.target, str):
        in_a_row = len(takes.names) == len(gives.names)
    else:
        in_a_row = takes.takes(1) and gives.exactly_one and not several
    if not in_a_row:
        given = "several" if gives.many else str(len(gives.names))
        yield Diagnostic(
            Code.GC112,
            f"`{term.name}` takes {takes} and gives {given}, so it cannot be repeated",
            Place(term.span),
        )
