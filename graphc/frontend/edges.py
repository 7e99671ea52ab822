"""Edges as written: which ends they join, with which sizes."""

from itertools import pairwise

from graphc.diagnostics import Code, Diagnostic, Place, Sink
from graphc.frontend.arrow import Arrow
from graphc.frontend.ends import End, Ends
from graphc.frontend.fields import is_empty, refuse_kind
from graphc.frontend.sizes import size_of, sizes
from graphc.lang import EdgeText, parse_edge, plain_pair
from graphc.reading import Mapping, Node, Scalar, Sequence
from graphc.source import Span


def arrows(node: Node | None, ends: Ends, sink: Sink) -> tuple[Arrow, ...]:
    """Return the arrows that stand under ``edges``.

    ``ends`` finds the nodes, and learns of what cannot be read. Codes: GC014, GC103,
    GC107, GC109, GC115, GC116.
    """
    if node is None or is_empty(node):
        return ()
    reading = _Reading(ends, sink)
    if isinstance(node, Sequence):
        for item in node.items:
            reading.item(item)
        return tuple(reading.found)
    refuse_kind(node, "`edges` is a list, each item behind `- `", sink)
    if isinstance(node, Mapping):
        for entry in node.entries:
            reading.chain(entry.key, entry.value)
    else:
        ends.doubt.all = True
    return tuple(reading.found)


class _Reading:
    """The arrows that were found so far."""

    def __init__(self, ends: Ends, sink: Sink) -> None:
        self.found: list[Arrow] = []
        self._ends = ends
        self._sink = sink

    def item(self, item: Node) -> None:
        if isinstance(item, Mapping):
            if len(item.entries) != 1:
                self._sink.add(_not_one(item))
            for entry in item.entries:
                self.chain(entry.key, entry.value)
        elif isinstance(item, Sequence) or is_empty(item):
            what = "an edge is a text such as `a -> b: 64*32*32`"
            refuse_kind(item, what, self._sink)
            self._ends.doubt.all = True
        else:
            self.chain(item, None)

    def chain(self, key: Scalar, size: Node | None) -> None:
        pair = None if key.faulty else plain_pair(key.text)
        if pair is not None:
            source, target = self._ends.known(pair[0]), self._ends.known(pair[1])
            if source is not None and target is not None:
                shape = size_of(size, self._sink)
                self.found.append(Arrow(source, target, shape, key.fragment))
                return
        text = None if key.faulty else parse_edge(key.fragment, self._sink)
        if text is None:
            self._ends.doubt.all = True
            return
        ends = self._in_between([self._ends.find(end) for end in text.ends], text)
        shapes = sizes(size, len(ends) - 1, self._sink)
        written = (
            EdgeText(two, two[0].span.to(two[1].span)) for two in pairwise(text.ends)
        )
        rows = zip(pairwise(ends), shapes, written, strict=True)
        self.found += [Arrow(*pair, shape, two) for pair, shape, two in rows]

    def _in_between(self, ends: list[End], text: EdgeText) -> list[End]:
        """Return the ends of a chain; a port between two arrows is refused (GC109)."""
        for number in range(1, len(ends) - 1):
            if ends[number].port is not None:
                self._sink.add(_between(ends[number], text.ends[number].span))
                ends[number] = ends[number].without_port()
        return ends


def _not_one(item: Mapping) -> Diagnostic:
    if not item.entries:
        return Diagnostic(Code.GC107, "the edge is empty", Place(item.span))
    return Diagnostic(
        Code.GC107,
        "an item of `edges` is one edge",
        Place(item.entries[1].key.span, "this is another"),
        help=("begin each edge with `- ` on a line of its own",),
    )


def _between(end: End, span: Span) -> Diagnostic:
    message = f"`{end}` stands between two arrows of a chain"
    remedy = ("write the two arrows as two edges, with the port in one of them",)
    return Diagnostic(Code.GC109, message, Place(span), help=remedy)
