"""From YAML's events to a tree of nodes, without recursion."""

import re
from dataclasses import dataclass, field

from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    ScalarEvent,
)

from graphc.diagnostics import Code, Diagnostic, Place, Sink
from graphc.reading.anchors import DEPTH_LIMIT, Anchor, Anchors, too_deep
from graphc.reading.fragments import block_fragment, flow_fragment
from graphc.reading.merge import is_broken, settled
from graphc.reading.nodes import Entry, Mapping, Node, Scalar, Sequence
from graphc.reading.scalars import plain_value
from graphc.reading.syntax import lone_question
from graphc.source import Fragment, Source, Span

_PROPERTIES = re.compile(
    r"(?:!<[^>\s]*>|![^\s\[\]{},]*|&[0-9A-Za-z_-]*|\s+(?:#[^\r\n]*)?)*"
)
_TAG = re.compile(r"!<[^>\s]*>|![^\s\[\]{},]*")
_TO_VALUE = re.compile(r"(?:\s|#[^\r\n]*+)*+:")


@dataclass(slots=True)
class _Frame:
    """A collection being read; ``key`` is None after a key that was refused."""

    start: int
    mapping: bool
    flow: bool
    size_before: int
    anchor: Anchor | None
    end: int
    height: int = 1
    keyed: bool = False
    key: Scalar | None = None
    entries: list[Entry] = field(default_factory=list)
    items: list[Node] = field(default_factory=list)


class Composer:
    """Takes the events of a text and holds the tree they make.

    ``shift`` is the offset in the source at which the parser's count begins. ``root``
    is None before the first node; ``done`` turns true where reading should stop: behind
    the first document, or (then ``failed`` too) at the depth limit and at a ``?`` that
    begins an item between brackets. Codes: GC010, GC011, GC012, GC013, GC015, GC103.
    """

    def __init__(self, source: Source, sink: Sink, shift: int) -> None:
        self.root: Node | None = None
        self.done = False
        self.failed = False
        self._source = source
        self._sink = sink
        self._shift = shift
        self._frames: list[_Frame] = []
        self._anchors = Anchors()
        self._size = 0

    def take(self, event: Event) -> None:
        """Add one event to the tree."""
        if isinstance(event, ScalarEvent):
            self._scalar(event)
        elif isinstance(event, CollectionStartEvent):
            self._begin(event)
        elif isinstance(event, CollectionEndEvent):
            self._finish(event)
        elif isinstance(event, AliasEvent):
            self._alias(event)
        elif isinstance(event, DocumentStartEvent) and self.root is not None:
            self._second_document(event)

    @property
    def bracket(self) -> int | None:
        """Offset of the innermost bracket that is still open, if there is one."""
        frame = self._frames[-1] if self._frames else None
        return frame.start if frame and frame.flow else None

    def _at(self, offset: int) -> str:
        return self._source.text[offset : offset + 1]

    def _scalar(self, event: ScalarEvent) -> None:
        start, end = self._extent(event)
        anchor = None
        if event.anchor is not None or event.tag is not None:
            anchor, start = self._properties(event, start, end)
        elif start == end:
            start = end = self._gap(start)
        fragment, span = self._fragment(event, start, end)
        plain = not event.style
        value = plain_value(fragment.text) if plain else fragment.text
        tagged = event.tag is not None  # what it means without the tag was not asked
        node = Scalar(fragment.text, fragment, span, plain, value, faulty=tagged)
        self._size += 1
        if anchor:
            anchor.node, anchor.size = node, 1
        self._place(node, span, 0)

    def _fragment(
        self, event: ScalarEvent, start: int, end: int
    ) -> tuple[Fragment, Span]:
        style = event.style or ""
        if style in ("|", ">"):
            fragment = block_fragment(self._source, start, end, event.value)
            return fragment, fragment.span
        span = Span(self._source, start, end)
        return flow_fragment(span, style), span

    def _begin(self, event: CollectionStartEvent) -> None:
        start, end = self._extent(event)
        anchor = None
        if event.anchor is not None or event.tag is not None:
            anchor, start = self._properties(event, start, len(self._source.text))
        if len(self._frames) == DEPTH_LIMIT:
            self._sink.add(too_deep(Span(self._source, start, max(end, start + 1))))
            self.done = self.failed = True
            return
        mapping = isinstance(event, MappingStartEvent)
        if mapping and self.bracket is not None and self._at(start) == "?":
            self._sink.add(lone_question(Span(self._source, start, start + 1)))
            self.done = self.failed = True
            return
        flow = self._at(start) == ("{" if mapping else "[")
        self._frames.append(_Frame(start, mapping, flow, self._size, anchor, end))
        self._size += 1

    def _finish(self, event: CollectionEndEvent) -> None:
        frame = self._frames.pop()
        end = self._extent(event)[1] if frame.flow else frame.end
        span = Span(self._source, frame.start, end)
        node: Node
        if frame.mapping:
            entries = settled(frame.entries, self._sink)
            node = Mapping(entries, span, is_broken(frame.entries))
        else:
            node = Sequence(tuple(frame.items), span)
        if frame.anchor:
            frame.anchor.node = node
            frame.anchor.size = self._size - frame.size_before
            frame.anchor.height = frame.height
        self._place(node, span, frame.height)

    def _alias(self, event: AliasEvent) -> None:
        span = Span(self._source, *self._extent(event))
        frame = self._frames[-1] if self._frames else None
        if frame and frame.mapping and not frame.keyed:
            self._unused(span, f"the alias `{span.text}` stands as a key", "an alias")
            self._key(frame, None, span.end)
            return
        found = self._anchors.follow(event.anchor or "", span, len(self._frames))
        if isinstance(found, Anchor) and found.node is not None:
            self._size += found.size
            self._place(found.node, span, found.height)
            return
        if isinstance(found, Diagnostic):
            self._sink.add(found)
        text = Fragment(span.text, span)
        node = Scalar(text.text, text, span, plain=False, value=text.text, faulty=True)
        self._place(node, span, 0)

    def _place(self, node: Node, written: Span, height: int) -> None:
        """Put a node where it belongs; ``written`` is its alias, if it came by one."""
        if not self._frames:
            self.root = node
            return
        frame = self._frames[-1]
        frame.height = max(frame.height, height + 1)
        if not frame.mapping:
            frame.items.append(node)
            frame.end = written.end
        elif frame.keyed:
            if frame.key is not None:
                frame.entries.append(Entry(frame.key, node))
            frame.keyed = False
            frame.end = written.end
        elif isinstance(node, Scalar):
            self._key(frame, node, written.end)
        else:
            kind = "mapping" if isinstance(node, Mapping) else "list"
            self._unused(written, f"a {kind} stands as a key", f"a {kind}")
            self._key(frame, None, written.end)

    def _key(self, frame: _Frame, key: Scalar | None, end: int) -> None:
        frame.key, frame.keyed, frame.end = key, True, end

    def _unused(self, span: Span, message: str, label: str, *remedy: str) -> None:
        self._sink.add(Diagnostic(Code.GC015, message, Place(span, label), help=remedy))

    def _properties(
        self, event: ScalarEvent | CollectionStartEvent, start: int, end: int
    ) -> tuple[Anchor | None, int]:
        """Return the anchor, and where the node itself begins; report a tag."""
        found = _PROPERTIES.match(self._source.text, start, end)
        content = found.end() if found else start
        if event.tag is not None:
            self._tag(start, content)
        if event.anchor is None:
            return None, content
        span = Span(self._source, start, start + len(event.anchor) + 1)
        return self._anchors.open(event.anchor, span), content

    def _tag(self, start: int, end: int) -> None:
        found = _TAG.search(self._source.text, start, end)
        span = Span(self._source, *(found.span() if found else (start, end)))
        remedy = "delete it, or quote the value if `!` is meant as text"
        message = f"the tag `{span.text}` cannot be used in a spec"
        self._unused(span, message, "a tag", remedy)

    def _second_document(self, event: DocumentStartEvent) -> None:
        start, end = self._extent(event)
        span = Span(self._source, start, max(end, start + 1))
        remedy = "keep one document a file"
        self._unused(span, "a second document begins", "not read", remedy)
        self.done = True

    def _gap(self, mark: int) -> int:
        """Return where an empty scalar stands: behind its ``:``, if it has one."""
        frame = self._frames[-1] if self._frames else None
        if not frame or not frame.keyed:
            return mark
        found = _TO_VALUE.match(self._source.text, frame.end, mark)
        return found.end() if found else frame.end

    def _extent(self, event: Event) -> tuple[int, int]:
        """Return the event's start and end as offsets in the source."""
        start, end = event.start_mark, event.end_mark
        if start is None or end is None:
            return self._shift, self._shift
        return start.index + self._shift, end.index + self._shift
