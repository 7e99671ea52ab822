"""Edges as written: which ends they join, with which sizes."""

from collections.abc import Iterator
from itertools import pairwise

from graphc.diagnostics import Code, Diagnostic, Place, Sink
from graphc.frontend.arrow import Arrow
from graphc.frontend.ends import End, Ends
from graphc.frontend.fields import is_empty, refuse_kind
from graphc.frontend.sizes import size_of, sizes
from graphc.lang import EdgeText, parse_edge, plain_pair
from graphc.reading import Mapping, Node, Scalar, Sequence
from graphc.source import Span


def arrows(node: Node | None, ends: Ends, sink: Sink) -> Iterator[Arrow]:
    """Return the arrows that stand under ``edges``.

    ``ends`` finds the nodes, and learns of what cannot be read. Codes: GC014, GC103,
    GC107, GC109, GC115, GC116.
    """
    if node is None or is_empty(node):
        return
    if isinstance(node, Sequence):
        for item in node.items:
            yield from _item(item, ends, sink)
        return
    refuse_kind(node, "`edges` is a list, each item behind `- `", sink)
    if isinstance(node, Mapping):
        for entry in node.entries:
            yield from _chain(entry.key, entry.value, ends, sink)
    else:
        ends.doubt.all = True


def _item(item: Node, ends: Ends, sink: Sink) -> Iterator[Arrow]:
    if isinstance(item, Sequence) or is_empty(item):
        refuse_kind(item, "an edge is a text such as `a -> b: 64*32*32`", sink)
        ends.doubt.all = True
    elif isinstance(item, Scalar):
        yield from _chain(item, None, ends, sink)
    else:
        if len(item.entries) != 1:
            sink.add(_not_one(item))
        for entry in item.entries:
            yield from _chain(entry.key, entry.value, ends, sink)


def _not_one(item: Mapping) -> Diagnostic:
    if not item.entries:
        return Diagnostic(Code.GC107, "the edge is empty", Place(item.span))
    return Diagnostic(
        Code.GC107,
        "an item of `edges` is one edge",
        Place(item.entries[1].key.span, "this is another"),
        help=("begin each edge with `- ` on a line of its own",),
    )


def _chain(key: Scalar, size: Node | None, ends: Ends, sink: Sink) -> Iterator[Arrow]:
    pair = None if key.faulty else plain_pair(key.text)
    if pair is not None:
        source, target = ends.known(pair[0]), ends.known(pair[1])
        if source is not None and target is not None:
            yield Arrow(source, target, size_of(size, sink), key.fragment)
            return
    text = None if key.faulty else parse_edge(key.fragment, sink)
    if text is None:
        ends.doubt.all = True
        return
    found = [ends.find(end) for end in text.ends]
    for number in range(1, len(found) - 1):
        if found[number].port is not None:
            sink.add(_between(found[number], text.ends[number].span))
            found[number] = found[number].without_port()
    shapes = sizes(size, len(found) - 1, sink)
    written = (
        EdgeText(two, two[0].span.to(two[1].span)) for two in pairwise(text.ends)
    )
    for (source, target), shape, two in zip(
        pairwise(found), shapes, written, strict=True
    ):
        yield Arrow(source, target, shape, two)


def _between(end: End, span: Span) -> Diagnostic:
    message = f"`{end}` stands between two arrows of a chain"
    remedy = ("write the two arrows as two edges, with the port in one of them",)
    return Diagnostic(Code.GC109, message, Place(span), help=remedy)
