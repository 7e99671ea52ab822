"""The graphs of a spec, connected and checked: the model's and those of its modules."""

from collections.abc import Mapping
from functools import partial

from graphc.diagnostics import Sink
from graphc.frontend.connect import connect
from graphc.frontend.counts import Fits, check_counts
from graphc.frontend.draft import Draft
from graphc.frontend.fields import text
from graphc.frontend.modules import finite
from graphc.frontend.ports import Interface, Interfaces
from graphc.frontend.settle import settle, stand_in, usable
from graphc.frontend.structure import acyclic, check_flow
from graphc.ir import Edge, Graph, Module, Node
from graphc.record import record
from graphc.source import Source


@record(eq=False, slots=False)
class _Joined:
    """A graph with edges; what the nodes in ``broken`` take is not known.

    One that is ``sound`` has every edge of the text, and every node gets what it takes.
    """

    draft: Draft
    nodes: dict[str, Node]
    edges: list[Edge]
    broken: set[str]
    sound: bool

    @property
    def interface(self) -> Interface:
        """What the module takes and gives, as ``graphc.ir.Module`` tells it."""
        outputs = self.draft.outputs
        if not outputs:
            read = {edge.source for edge in self.edges}
            outputs = tuple(name for name in self.nodes if name not in read)
        return Interface(self.draft.inputs, outputs)


def modules_of(drafts: Mapping[str, Draft], sink: Sink) -> dict[str, Module]:
    """Connect the arrows of all graphs; return them by name, the model's too.

    Whatever is wrong, each graph that is returned is free of cycles, and every node in
    it gets what it takes. Codes: GC012, GC103, GC108 to GC113, GC117.
    """
    _report_strangers(drafts, sink)
    every = finite(drafts, sink)
    fits = Fits(Interfaces({name: one.interface for name, one in every.items()}))
    joined = {name: _join(one, fits, sink) for name, one in every.items()}
    if all(one.sound for one in joined.values()):
        graphs = {
            name: Graph(tuple(one.nodes.values()), one.edges)
            for name, one in joined.items()
        }
    else:
        final = Fits(Interfaces({name: one.interface for name, one in joined.items()}))
        graphs = {
            name: settle(one.nodes, one.edges, one.broken, final)
            for name, one in joined.items()
        }
    return {
        name: _module(name, every[name], graph, sink) for name, graph in graphs.items()
    }


def _report_strangers(drafts: Mapping[str, Draft], sink: Sink) -> None:
    """Report the names in edges that no node of the same graph has (GC108)."""
    doubtful = [one for one in drafts.values() if one.ends.is_doubtful]
    elsewhere: dict[tuple[Source, str], str] = {}
    for one in drafts.values() if doubtful else ():
        for node in one.written:
            elsewhere.setdefault((one.header.span.source, node), one.name)
    for one in doubtful:
        targets = {arrow.target.node for arrow in one.arrows}
        one.ends.report(targets, partial(_hint, elsewhere, one), sink)


def _hint(
    elsewhere: Mapping[tuple[Source, str], str], one: Draft, name: str
) -> str | None:
    """Return where else in the file a name is a node's."""
    module = elsewhere.get((one.header.span.source, name))
    if module is None:
        return None
    return f"`{name}` is a node of `{module}`, and is not seen outside it"


def _join(one: Draft, fits: Fits, sink: Sink) -> _Joined:
    connected = connect(one.arrows, one.nodes, fits.interfaces, one.doubt, sink)
    nodes = dict(one.nodes)
    for name, arrow in connected.strangers.items():
        span = arrow.source_span
        nodes[name] = Node(name, (stand_in(str(arrow.source), span),), span, span)
        one.doubt.stranger(name)
    kept = usable(one.inputs, one.outputs, connected.edges)
    flowing = acyclic(nodes, kept, one.doubt, sink)
    # An edge that closes a cycle was reported: it is not one too many besides.
    closing = _without(kept, flowing)
    counted = _without(connected.edges, closing)
    filled = check_counts(nodes, counted, fits, one.doubt, sink)
    one.doubt.left.update(edge.source for edge in _without(connected.edges, kept))
    if one.inputs:
        check_flow(nodes, flowing, one.doubt, sink)
    whole = one.interface.certain and not (connected.strangers or connected.broken)
    sound = whole and filled and flowing == connected.edges
    return _Joined(one, nodes, flowing, connected.broken, sound)


def _without(edges: list[Edge], others: list[Edge]) -> list[Edge]:
    """Return the edges that are not among others."""
    if edges == others:
        return []
    gone = frozenset(others)
    return [edge for edge in edges if edge not in gone] if gone else edges


def _module(name: str, one: Draft, graph: Graph, sink: Sink) -> Module:
    header = one.header
    about = header.body.get("about")
    said = None if about is None else text(about, "`about`", sink)
    return Module(name, graph, header.parameters, header.span, said, header.row)
