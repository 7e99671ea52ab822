"""What stands in ``@{ shape: rect, label: "..." }`` behind a node."""

from graphc.diagnostics import Sink, nearest
from graphc.mermaid.chart import Label
from graphc.mermaid.labels import stripped
from graphc.mermaid.shapes import NAMES
from graphc.mermaid.stream import Stream
from graphc.mermaid.wrong import faulty
from graphc.reading import Mapping, Scalar, compose
from graphc.record import record
from graphc.source import Fragment, Source, Span


@record
class _Wrapped:
    """A text as it is read as YAML, and the offset of each of its characters."""

    text: str
    offsets: tuple[int, ...]

    def fragment(self, inner: Fragment, source: Source) -> Fragment:
        """Return a fragment of the text as one of the diagram."""
        start = inner.span.start
        places = inner.offsets or range(start, start + len(inner.text) + 1)
        offsets = tuple(self.offsets[place] for place in places)
        return Fragment(inner.text, Span(source, offsets[0], offsets[-1]), offsets)


def read_data(stream: Stream, start: int, end: int) -> Label | None:
    """Return the label and shape in the data from ``start`` to ``end``.

    None where they cannot be read, which is reported as GC501. Data on one line is
    within braces; on several it is a block of YAML, and a quoted text that goes on on
    the next line has a break there.
    """
    whole = stream.span(start, end)
    wrapped = _wrap(stream.cut(start, end))
    sink = Sink()
    root = compose(Source(whole.source.name, wrapped.text), sink)
    if not isinstance(root, Mapping) or sink.failed:
        found = sink.sorted()
        why = found[0].message if found else "keys and values are expected"
        message = "the data of a node cannot be read"
        stream.report(faulty(whole, message, why))
        return None
    shape = _shape(root, wrapped, stream, whole)
    label = _label(root, wrapped, whole)
    return Label(label, shape, whole, markdown=bool(label and label.text))


def _shape(root: Mapping, wrapped: _Wrapped, stream: Stream, whole: Span) -> str | None:
    node = root.get("shape")
    if not isinstance(node, Scalar) or not node.text:
        return None
    if node.text in NAMES:
        return node.text
    span = wrapped.fragment(node.fragment, whole.source).span
    near = nearest(node.text.lower().replace("_", "-"), NAMES)
    remedy = (f"did you mean `{near}`?",) if near else ()
    message = f"Mermaid has no shape `{node.text}`"
    stream.report(faulty(span, message, "unknown shape", remedy))
    return None


def _label(root: Mapping, wrapped: _Wrapped, whole: Span) -> Fragment | None:
    node = root.get("label")
    if isinstance(node, Scalar) and node.text and node.value not in (False, 0, None):
        return wrapped.fragment(node.fragment, whole.source)
    if any(_told(root, key) for key in ("icon", "img")):
        return stripped(Fragment("", Span(whole.source, whole.start, whole.start)))
    return None


def _told(root: Mapping, key: str) -> bool:
    node = root.get(key)
    return isinstance(node, Scalar) and bool(node.text)


def _wrap(inner: Fragment) -> _Wrapped:
    """Return the text that Mermaid reads as YAML."""
    start = inner.span.start
    offsets = inner.offsets or range(start, start + len(inner.text) + 1)
    characters: list[str] = []
    places: list[int] = []
    within = False
    at = 0
    text = inner.text
    while at < len(text):
        character = text[at]
        end = at + 1
        if character == '"':
            within = not within
        elif character == "\n" and within:
            end += len(text[end:]) - len(text[end:].lstrip())
            character = "<br/>"
        characters.append(character)
        places.extend([offsets[at]] * len(character))
        at = end
    last = offsets[len(text)]
    body = "".join(characters)
    if "\n" in body:
        return _Wrapped(f"{body}\n", (*places, last, last))
    return _Wrapped(f"{{{body}}}", (offsets[0], *places, last, last))
