"""A graph whose nodes and arrows are read, and not yet connected."""

from dataclasses import replace

from graphc.diagnostics import Code, Diagnostic, Place, Sink, node_text
from graphc.frontend.arrow import Arrow
from graphc.frontend.doubt import Doubt
from graphc.frontend.edges import arrows
from graphc.frontend.ends import Ends
from graphc.frontend.fields import is_empty, mapping, missing
from graphc.frontend.labels import is_read, node
from graphc.frontend.ports import Interface
from graphc.frontend.row import row_arrows, row_nodes, row_of
from graphc.frontend.same import same_as, twins
from graphc.frontend.scope import Header, Scope, Table
from graphc.frontend.settle import stand_in
from graphc.frontend.sizes import settled
from graphc.ir import Node, Term
from graphc.reading import Entry
from graphc.reading import Node as YamlNode
from graphc.record import record


@record(eq=False, slots=False)
class Draft:
    """A graph with its arrows; ``ends.strangers`` are among the nodes.

    ``written`` are the nodes of the text, without those that only an edge names;
    ``inputs`` and ``outputs`` are those of them that are drawn as such.
    """

    header: Header
    written: dict[str, Node]
    nodes: dict[str, Node]
    arrows: tuple[Arrow, ...]
    ends: Ends
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name of the module, or of the model."""
        return self.header.name

    @property
    def doubt(self) -> Doubt:
        """What is not known of the edges."""
        return self.ends.doubt

    @property
    def interface(self) -> Interface:
        """The names of what comes in and goes out, as ``graphc.ir.Module`` has them."""
        outputs = self.outputs
        certain = self.ends.complete and all(map(is_read, self.written.values()))
        if not outputs:
            read = {arrow.source.node for arrow in self.arrows}
            outputs = tuple(name for name in self.written if name not in read)
            certain = certain and not (self.doubt.all or self.ends.strangers)
        sound = certain and bool(self.inputs and outputs)
        return Interface(self.inputs, outputs, sound)

    def terms(self) -> list[Term]:
        """Return every term, in the order of the text."""
        return [term for one in self.nodes.values() for term in one.terms]

    def uses(self) -> list[str]:
        """Return the keys of the modules that its terms name."""
        phrases = [term.phrase for one in self.nodes.values() for term in one.terms]
        return [one.target for one in phrases if isinstance(one.target, str)]


def draft(header: Header, table: Table, sink: Sink) -> Draft:
    """Read the nodes and arrows of a graph.

    Codes: GC102, GC103, GC105, GC114, and those of labels and edges.
    """
    reach = {one.name: None for one in header.parameters}
    broken = {one.name for one in header.parameters if one.faulty}
    scope = Scope(table, reach, broken)
    row = row_of(header)
    if row is not None:
        return _row(header, row, scope, sink)
    entries = _entries(header, sink)
    nodes = _nodes(entries or [], scope, sink)
    ends = Ends(nodes, entries is not None, _doubt_of(nodes))
    if not (entries is None or ends.doubt.entered):
        _check_input(header, nodes, sink)
    written = header.body.get("edges")
    if written is None and len(nodes) > 1:
        if not header.body.faulty:
            missing(f"`{header.name}`", "edges", "edges:", header.span, sink)
        ends.doubt.all = True
    return _draft(header, nodes, _arrows(written, ends, broken, sink), ends)


def _draft(
    header: Header, nodes: dict[str, Node], found: tuple[Arrow, ...], ends: Ends
) -> Draft:
    inputs = tuple([name for name, one in nodes.items() if one.is_input])
    outputs = tuple([name for name, one in nodes.items() if one.is_output])
    strangers = _strangers(ends)
    every = nodes | strangers if strangers else nodes
    return Draft(header, nodes, every, found, ends, inputs, outputs)


def _doubt_of(nodes: dict[str, Node]) -> Doubt:
    """Return the doubt about nodes that could not be read."""
    doubt = Doubt()
    for name, one in nodes.items():
        if not is_read(one):
            doubt.around(name)
    return doubt


def _nodes(entries: list[Entry], scope: Scope, sink: Sink) -> dict[str, Node]:
    sharing = {
        entry.name: one
        for entry in entries
        if (one := same_as(entry.value)) is not None
    }
    own = {
        entry.name: node(entry, scope, sink)
        for entry in entries
        if entry.name not in sharing
    }
    if not sharing:
        return own
    every = own | twins(entries, sharing, own, sink)
    return {entry.name: every[entry.name] for entry in entries}


def _row(header: Header, label: Entry, scope: Scope, sink: Sink) -> Draft:
    nodes = row_nodes(label, scope, sink)
    ends = Ends(nodes, complete=True, doubt=_doubt_of(nodes))
    return _draft(header, nodes, row_arrows(label), ends)


def _arrows(
    written: YamlNode | None, ends: Ends, broken: set[str], sink: Sink
) -> tuple[Arrow, ...]:
    """Return the arrows, without sizes that depend on what has no value."""
    found = arrows(written, ends, sink)
    if not broken:
        return found
    return tuple(replace(one, shape=settled(one.shape, broken)) for one in found)


def _entries(header: Header, sink: Sink) -> list[Entry] | None:
    """Return the nodes as written; None, and a finding, if they cannot be read."""
    written = header.body.get("nodes")
    if written is None:
        if not header.body.faulty:
            missing(f"`{header.name}`", "nodes", "nodes:", header.span, sink)
        return None
    if is_empty(written):
        return []
    found = mapping(written, "`nodes`", sink)
    if found is None:
        return None
    for entry in found.entries:
        if not entry.name.strip() and not entry.key.faulty:
            message = "a node needs a name"
            sink.add(Diagnostic(Code.GC105, message, Place(entry.key.span)))
    return [entry for entry in found.entries if entry.name and not entry.key.faulty]


def _check_input(header: Header, nodes: dict[str, Node], sink: Sink) -> None:
    if any(one.is_input for one in nodes.values()):
        return
    lacks = "input" if nodes else "nodes"
    message = f"`{header.name}` has no {lacks}"
    example = node_text(header.span, "image", "Input")
    remedy = (f"write a node such as `{example}`",)
    sink.add(Diagnostic(Code.GC114, message, Place(header.span), help=remedy))


def _strangers(ends: Ends) -> dict[str, Node]:
    """Return nodes that say nothing, for the names that no node has."""
    return {
        name: Node(name, (stand_in(name, places[0]),), places[0], places[0])
        for name, places in ends.strangers.items()
    }
