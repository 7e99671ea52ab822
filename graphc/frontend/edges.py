"""Edges as written: which nodes they join, at which ports, with which sizes."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from graphc.diagnostics import Code, Diagnostic, Place, Sink, nearest
from graphc.frontend.fields import refuse_kind, sequence
from graphc.frontend.sizes import sizes
from graphc.lang import EndText, ShapeText, parse_edge, split_port
from graphc.reading import Mapping, Scalar
from graphc.reading import Node as YamlNode
from graphc.source import Span


@dataclass(frozen=True, slots=True)
class End:
    """One end of an arrow: a node of the graph, and the port if one is written."""

    node: str
    port: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Arrow:
    """One arrow between two nodes, and the size written on it."""

    source: End
    target: End
    shape: ShapeText | None

    @property
    def span(self) -> Span:
        """Where the arrow is written, with both ends."""
        return self.source.span.to(self.target.span)


@dataclass(slots=True)
class Doubt:
    """What must not be said of a graph since some of its edges could not be read.

    ``nodes`` may have edges that are not known; ``all`` of them may.
    """

    nodes: set[str] = field(default_factory=set)
    all: bool = False

    def about(self, name: str) -> bool:
        """Return whether a node may have edges that are not known."""
        return self.all or name in self.nodes


def arrows(
    body: Mapping, nodes: Collection[str], doubt: Doubt, sink: Sink
) -> Iterator[Arrow]:
    """Return the arrows that stand under ``edges``.

    Codes: GC103, GC107 to GC109, GC115, GC116. ``doubt`` learns of what is left out.
    """
    node = body.get("edges")
    items = None if node is None else sequence(node, "`edges`", sink)
    doubt.all |= node is not None and items is None
    for item in items.items if items is not None else ():
        yield from _item(item, nodes, doubt, sink)


def _item(
    item: YamlNode, nodes: Collection[str], doubt: Doubt, sink: Sink
) -> Iterator[Arrow]:
    if isinstance(item, Scalar):
        yield from _chain(item, None, nodes, doubt, sink)
    elif isinstance(item, Mapping):
        if len(item.entries) > 1:
            message = "an item of `edges` is one edge"
            second = Place(item.entries[1].key.span, "this is another")
            remedy = ("begin each edge with `- ` on a line of its own",)
            sink.add(Diagnostic(Code.GC107, message, second, help=remedy))
        for entry in item.entries:
            yield from _chain(entry.key, entry.value, nodes, doubt, sink)
    else:
        refuse_kind(item, "an edge is a text such as `a -> b: 64*32*32`", sink)
        doubt.all = True


def _chain(
    key: Scalar,
    size: YamlNode | None,
    nodes: Collection[str],
    doubt: Doubt,
    sink: Sink,
) -> Iterator[Arrow]:
    text = None if key.faulty else parse_edge(key.fragment, sink)
    if text is None:
        doubt.all = True
        return
    ends = [_end(end, nodes, doubt, sink) for end in text.ends]
    if None in ends:
        doubt.nodes.update(end.node for end in ends if end is not None)
    for end in ends[1:-1]:
        if end is not None and end.port is not None:
            sink.add(_between(end))
    shapes = sizes(size, len(ends) - 1, sink)
    for (source, target), shape in zip(pairwise(ends), shapes, strict=True):
        if source is not None and target is not None:
            yield Arrow(source, target, shape)


def _between(end: End) -> Diagnostic:
    message = f"`{end.node}.{end.port}` stands between two arrows of a chain"
    remedy = ("write the two arrows as two edges, with the port in one of them",)
    return Diagnostic(Code.GC109, message, Place(end.span), help=remedy)


def _end(end: EndText, nodes: Collection[str], doubt: Doubt, sink: Sink) -> End | None:
    """Return the node of an end; a dot in it may be part of the node's name."""
    if end.name in nodes:
        return End(end.name, None, end.span)
    name, port = split_port(end.name)
    if port is not None and name in nodes:
        return End(name, port, end.span)
    meant = nearest(name, nodes) or nearest(end.name, nodes)
    remedy: tuple[str, ...] = ()
    if meant is not None:
        doubt.nodes.add(meant)
        remedy = (f"did you mean `{meant}`?",)
    message = f"there is no node `{end.name}`"
    sink.add(Diagnostic(Code.GC108, message, Place(end.span), help=remedy))
    return None
