"""Diagrams that graphc wrote, or that say as much: read letter by letter.

The grammar is that of ``graphc.emit.mermaid``.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from graphc.diagnostics import Sink
from graphc.ingest.text import (
    edge,
    end,
    mapping,
    nothing,
    number,
    scalar,
    size,
    word,
)
from graphc.mermaid import Flowchart, Link, Vertex, plain
from graphc.reading import Entry, Node, Scalar, compose
from graphc.reading import Mapping as YamlMapping
from graphc.reading import Sequence as YamlSequence
from graphc.record import record
from graphc.source import Fragment, Source, Span

_PREFIX = "graphc:"
_BEFORE = ("source", "about", "reported", "checkpoint", "where", "params")
"""The keys of a comment that are entries of a spec or module as they stand."""
_DRAWN = frozenset(("graphc", "nodes", "edges", "label", "modules"))
_NAMING = frozenset(("model", "module", "part", "notes", "row"))
"""The keys of a comment that tell how its diagram is to be read."""


@record
class Stated:
    """What the comments of a diagram say of it.

    ``module`` tells that it is a module and no model; ``part`` is its number.
    """

    name: str
    span: Span
    module: bool
    part: int
    keys: Mapping[str, Node]


def said(chart: Flowchart, sink: Sink) -> dict[str, Entry]:
    """Return the entries that stand in the comments of a diagram, by their keys."""
    keys: dict[str, Entry] = {}
    for comment in chart.comments:
        if comment.text.startswith(_PREFIX):
            keys |= {entry.name: entry for entry in _entries(comment, sink)}
    return keys


def beside(keys: Mapping[str, Entry]) -> list[Entry]:
    """Return the entries of comments that a spec has beside its graph."""
    return [entry for key, entry in keys.items() if key not in _NAMING | _DRAWN]


def stated(keys: Mapping[str, Entry]) -> Stated | None:
    """Return what the comments of a diagram say, None if they do not name it."""
    name = keys.get("model") or keys.get("module")
    if name is None or not isinstance(name.value, Scalar):
        return None
    part = keys["part"].value if "part" in keys else None
    first = part.items[0] if isinstance(part, YamlSequence) and part.items else None
    count = first.value if isinstance(first, Scalar) else 1
    return Stated(
        name.value.text,
        name.value.span,
        "model" not in keys,
        count if isinstance(count, int) else 1,
        {key: entry.value for key, entry in keys.items()},
    )


def _entries(comment: Fragment, sink: Sink) -> tuple[Entry, ...]:
    """Return the entry that stands in a comment, in places of the document."""
    text = comment.text[len(_PREFIX) :]
    span = comment.slice(len(_PREFIX), len(comment.text))
    root = compose(Source(span.source.name, text, span.source.language), sink)
    return _entries_at(root, span) if isinstance(root, YamlMapping) else ()


def _entries_at(node: YamlMapping, to: Span) -> tuple[Entry, ...]:
    return tuple(
        Entry(_scalar_at(one.key, to), _moved(one.value, to)) for one in node.entries
    )


def _scalar_at(node: Scalar, to: Span) -> Scalar:
    span, inner = node.span, node.fragment.span
    place = Span(to.source, to.start + span.start, to.start + span.end)
    written = Span(to.source, to.start + inner.start, to.start + inner.end)
    offsets = node.fragment.offsets
    moved = offsets and tuple(to.start + at for at in offsets)
    fragment = Fragment(node.text, written, moved)
    return Scalar(node.text, place, node.plain, fragment, node.faulty)


def _moved(node: Node, to: Span) -> Node:
    """Return a tree that was read from a text alone, at the place of that text."""
    span = Span(to.source, to.start + node.span.start, to.start + node.span.end)
    if isinstance(node, YamlSequence):
        return YamlSequence(tuple(_moved(item, to) for item in node.items), span)
    if isinstance(node, YamlMapping):
        return YamlMapping(_entries_at(node, to), span, node.faulty)
    return _scalar_at(node, to)


def spec(
    model: Sequence[tuple[Stated, Flowchart]] | None,
    modules: Sequence[Sequence[tuple[Stated, Flowchart]]],
    span: Span,
) -> YamlMapping:
    """Return the tree of a spec whose model and modules are drawn in parts."""
    entries: list[tuple[str, Node]] = [("graphc", number(1, span))]
    if model is not None:
        entries.append(("model", word(model[0][0].name, model[0][0].span)))
        entries.extend(_body(model))
    parts = tuple(
        Entry(word(one[0][0].name, one[0][0].span), mapping(_body(one), one[0][1].span))
        for one in modules
    )
    if parts:
        entries.append(("modules", YamlMapping(parts, span)))
    return mapping(entries, span)


def _body(parts: Sequence[tuple[Stated, Flowchart]]) -> list[tuple[str, Node]]:
    keys = parts[0][0].keys
    found = [(key, keys[key]) for key in _BEFORE if key in keys]
    span = parts[0][1].span
    names = _names(parts)
    edges = [_edge(link, names) for _, chart in parts for link in chart.links]
    nodes = list(_nodes(parts, names))
    row = keys.get("row")
    if isinstance(row, Scalar) and row.value is True and len(nodes) == 3:
        return [*found, ("label", _row(nodes[1].value, edges[1:]))]
    found.append(("nodes", YamlMapping(tuple(nodes), span)))
    if edges:
        found.append(("edges", YamlSequence(tuple(edges), span)))
    return found


def _names(parts: Sequence[tuple[Stated, Flowchart]]) -> dict[str, str]:
    """Return the true names of nodes whose ids differ from them."""
    found: dict[str, str] = {}
    for said, _ in parts:
        named = said.keys.get("nodes")
        for entry in named.entries if isinstance(named, YamlMapping) else ():
            if isinstance(entry.value, Scalar):
                found[entry.name] = entry.value.text
    return found


def _nodes(
    parts: Sequence[tuple[Stated, Flowchart]], names: Mapping[str, str]
) -> Iterator[Entry]:
    for said, chart in parts:
        notes = said.keys.get("notes")
        for vertex in chart.vertices.values():
            if vertex.label is None:
                continue
            key = word(names.get(vertex.id, vertex.id), vertex.span)
            note = notes.get(vertex.id) if isinstance(notes, YamlMapping) else None
            label = _label(vertex)
            if note is not None:
                label = mapping([("label", label), ("note", note)], vertex.label_span)
            yield Entry(key, label)


def _label(vertex: Vertex) -> Node:
    if vertex.label is None:
        return nothing(vertex.id, vertex.span)
    text = plain(vertex.label)
    items = [_item(line) for line in lines_of(text)]
    if len(items) == 1 and isinstance(items[0], Scalar):
        return items[0]
    return YamlSequence(tuple(items), vertex.label_span)


def lines_of(text: Fragment) -> Iterator[Fragment]:
    """Yield the lines of a label, without blanks around them."""
    start = 0
    for line in text.text.split("\n"):
        lead = len(line) - len(line.lstrip())
        yield text.cut(start + lead, start + max(lead, len(line.rstrip())))
        start += len(line) + 1


def _item(line: Fragment) -> Node:
    label, colon, _ = line.text.rpartition(": ")
    if not colon:
        return scalar(line)
    key = scalar(line.cut(0, len(label)))
    shape = size(line.cut(len(label) + 2, len(line.text)))
    return YamlMapping((Entry(key, shape),), line.span)


def _row(label: Node, edges: Sequence[Node]) -> Node:
    """Return the label of a row, with the size that stands on the edge behind it."""
    behind = edges[0] if edges else None
    if not isinstance(behind, YamlMapping) or not isinstance(
        label, Scalar | YamlSequence
    ):
        return label
    shape = behind.entries[0].value
    if isinstance(label, Scalar):
        sized = YamlMapping((Entry(label, shape),), label.span)
        return YamlSequence((sized,), label.span)
    last = label.items[-1]
    if isinstance(last, Scalar):
        sized = YamlMapping((Entry(last, shape),), last.span)
        return YamlSequence((*label.items[:-1], sized), label.span)
    return label


def _edge(link: Link, names: Mapping[str, str]) -> Node:
    ports, shape = _on_edge(None if link.label is None else plain(link.label))
    source = end(names.get(link.source, link.source), ports[0], link.source_span)
    target = end(names.get(link.target, link.target), ports[1], link.target_span)
    return edge(source, target, shape, link.span)


_Ports: TypeAlias = tuple[str | None, str | None]


def _on_edge(text: Fragment | None) -> tuple[_Ports, Fragment | None]:
    """Return the ports that a link's label names, and the size on it."""
    if text is None:
        return (None, None), None
    if not text.text.lstrip().startswith((".", "-> .")):
        return (None, None), text if text.text.strip() else None
    ports, colon, _ = text.text.partition(": ")
    shape = text.cut(len(ports) + 2, len(text.text)) if colon else None
    source, _, target = ports.partition("-> ")
    named = [one.strip().removeprefix(".") or None for one in (source, target)]
    return (named[0], named[1]), shape
