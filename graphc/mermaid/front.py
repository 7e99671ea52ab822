"""The front matter of a diagram: YAML between two lines of ``---``."""

from graphc.diagnostics import Sink
from graphc.mermaid.wrong import faulty
from graphc.reading import Mapping, Scalar, compose
from graphc.source import Fragment, Source, Span


def read_title(front: Fragment, sink: Sink) -> Fragment | None:
    """Return the title in the front matter, None without one.

    Reports GC501 where it is no YAML: Mermaid then refuses the diagram.
    """
    if not front.text.strip():
        return None
    found = Sink()
    root = compose(Source(front.span.source.name, front.text), found)
    if found.failed:
        first = found.sorted()[0]
        place = first.place.span if first.place else None
        at = front.slice(place.start, place.end) if place else front.span
        sink.add(faulty(at, "the front matter cannot be read", first.message))
        return None
    title = root.get("title") if isinstance(root, Mapping) else None
    if not isinstance(title, Scalar) or not title.text:
        return None
    inner = title.fragment
    start = inner.span.start
    places = inner.offsets or range(start, start + len(inner.text) + 1)
    offsets = tuple(front.slice(place, place).start for place in places)
    span = Span(front.span.source, offsets[0], offsets[-1])
    return Fragment(inner.text, span, offsets)
