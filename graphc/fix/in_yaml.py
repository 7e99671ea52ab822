"""Where a missing size stands in a spec: behind its edge."""

from collections.abc import Iterator
from itertools import pairwise

from graphc.diagnostics import Edit, Sink
from graphc.fix.missing import Arrows, Missing
from graphc.lang import parse_edge, shape_with
from graphc.reading import Mapping, Node, Scalar, Sequence, compose
from graphc.source import Source, Span

_LONGEST_KEY = 1000
"""YAML takes 1024 characters before the colon of a key without a question mark."""


def yaml_edits(source: Source, arrows: Arrows) -> tuple[Edit, ...]:
    """Return the edits that write sizes on edges of a spec.

    ``- a -> b`` becomes ``- a -> b: 64*9*9``, a chain gets a list with a size for each
    arrow. An edge over several lines cannot be a key, and stays as it is.
    """
    root = compose(source, Sink())
    found = (edit for item in _items(root) for edit in _of(item, arrows))
    return tuple(dict.fromkeys(found))


def _items(root: Node | None) -> Iterator[Node]:
    if not isinstance(root, Mapping):
        return
    modules = root.get("modules")
    inner = modules.entries if isinstance(modules, Mapping) else ()
    for graph in (root, *(entry.value for entry in inner)):
        edges = graph.get("edges") if isinstance(graph, Mapping) else None
        if isinstance(edges, Sequence):
            yield from edges.items


def _of(item: Node, arrows: Arrows) -> Iterator[Edit]:
    if isinstance(item, Scalar):
        yield from _behind(item, _sizes(item, arrows))
    elif isinstance(item, Mapping) and len(item.entries) == 1:
        (entry,) = item.entries
        yield from _within(entry.value, _sizes(entry.key, arrows))


def _sizes(edge: Scalar, arrows: Arrows) -> list[Missing]:
    """Return what is missing on each arrow of an item, nothing where a size is."""
    text = parse_edge(edge.fragment, Sink())
    spans = [] if text is None else [end.span for end in text.ends]
    return [arrows.get((a.start, b.end), ()) for a, b in pairwise(spans)]


def _behind(edge: Scalar, sizes: list[Missing]) -> Iterator[Edit]:
    """Yield the edit that writes sizes behind an edge that has none."""
    written = edge.span.text
    one_line = "\n" not in written and "\r" not in written
    if any(sizes) and one_line and len(written) <= _LONGEST_KEY:
        texts = [_text(size) for size in sizes]
        told = texts[0] if len(texts) == 1 else f"[{', '.join(texts)}]"
        yield Edit(Span(edge.span.source, edge.span.end, edge.span.end), f": {told}")


def _within(value: Node, sizes: list[Missing]) -> Iterator[Edit]:
    """Yield the edits that put sizes where ``_`` leaves an arrow without."""
    items: tuple[Node, ...] = (value,) if len(sizes) == 1 else ()
    if len(sizes) > 1 and isinstance(value, Sequence):
        items = value.items
    for item, size in zip(items, sizes, strict=False):
        if size and isinstance(item, Scalar) and item.text.strip() == "_":
            yield Edit(item.span, _text(size))


def _text(size: Missing) -> str:
    return shape_with(size) if size else "_"
