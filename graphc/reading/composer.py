"""From YAML's events to a tree of nodes, without recursion."""

import re
from collections.abc import Callable, Iterable

from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from graphc.diagnostics import Code, Diagnostic, Place, Sink
from graphc.reading.anchors import DEPTH_LIMIT, Anchor, Anchors, too_deep
from graphc.reading.fragments import block_fragment, flow_fragment
from graphc.reading.frames import Frame, MappingFrame, SequenceFrame
from graphc.reading.nodes import Mapping, Node, Scalar
from graphc.reading.syntax import lone_question
from graphc.source import Source, Span

_PROPERTIES = re.compile(
    r"(?:!<[^>\s]*>|![^\s\[\]{},]*|&[0-9A-Za-z_-]*|\s+(?:#[^\r\n]*)?)*"
)
_TAG = re.compile(r"!<[^>\s]*>|![^\s\[\]{},]*")
_TO_VALUE = re.compile(r"(?:\s|#[^\r\n]*+)*+:")


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
        self._frames: list[Frame] = []
        self._anchors = Anchors()
        self._size = 0
        self._steps: dict[type[Event], Callable[..., None]] = {
            ScalarEvent: self._scalar,
            MappingStartEvent: self._begin,
            SequenceStartEvent: self._begin,
            MappingEndEvent: self._finish,
            SequenceEndEvent: self._finish,
            AliasEvent: self._alias,
            DocumentStartEvent: self._document,
        }

    def take(self, events: Iterable[Event]) -> None:
        """Add events to the tree, as far as it should be read.

        Most are scalars that stand in the text as they are; those are added on the
        spot, as calling a method would take as long as all that is to be done.
        """
        steps, frames, source = self._steps, self._frames, self._source
        for event in events:
            if (
                isinstance(event, ScalarEvent)
                and frames
                and event.value
                and not (event.style or event.anchor or event.tag)
            ):
                start, end = self._extent(event)
                text: str = event.value
                if len(text) == end - start and source.text.startswith(text, start):
                    node = Scalar(text, Span(source, start, end), plain=True)
                    frames[-1].add(node, end)
                    self._size += 1
                    continue
            step = steps.get(type(event))
            if step is not None:
                step(event)
                if self.done:
                    return

    @property
    def bracket(self) -> int | None:
        """Offset of the innermost bracket that is still open, if there is one."""
        frame = self._frames[-1] if self._frames else None
        return frame.start if frame and frame.flow else None

    def _at(self, offset: int) -> str:
        return self._source.text[offset : offset + 1]

    def _scalar(self, event: ScalarEvent) -> None:
        """Add any scalar: it may be empty, quoted, folded, tagged or anchored."""
        start, end = self._extent(event)
        anchor = None
        if event.anchor is not None or event.tag is not None:
            anchor, start = self._properties(event, start, end)
        elif start == end:
            start = end = self._gap(start)
        node = self._read(event, start, end)
        self._size += 1
        if anchor:
            anchor.node, anchor.size = node, 1
        self._place(node, node.span, 0)

    def _read(self, event: ScalarEvent, start: int, end: int) -> Scalar:
        style = event.style or ""
        if style in ("|", ">"):
            fragment = block_fragment(self._source, start, end, event.value)
            span = fragment.span
        else:
            span = Span(self._source, start, end)
            fragment = flow_fragment(span, style)
        tagged = event.tag is not None  # what it means without the tag was not asked
        return Scalar(fragment.text, span, not style, fragment, tagged)

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
        begins = self._at(start) if event.flow_style else ""
        if mapping and begins == "?" and self.bracket is not None:
            self._sink.add(lone_question(Span(self._source, start, start + 1)))
            self.done = self.failed = True
            return
        flow = begins == ("{" if mapping else "[")
        kind = MappingFrame if mapping else SequenceFrame
        self._frames.append(kind(start, end, flow, self._size, anchor))
        self._size += 1

    def _finish(self, event: CollectionEndEvent) -> None:
        frame = self._frames.pop()
        end = self._extent(event)[1] if frame.flow else frame.end
        span = Span(self._source, frame.start, end)
        node = frame.node(span, self._sink)
        if frame.anchor:
            frame.anchor.node = node
            frame.anchor.size = self._size - frame.size_before
            frame.anchor.height = frame.height
        self._place(node, span, frame.height)

    def _alias(self, event: AliasEvent) -> None:
        span = Span(self._source, *self._extent(event))
        frame = self._frames[-1] if self._frames else None
        if isinstance(frame, MappingFrame) and not frame.keyed:
            self._unused(span, f"the alias `{span.text}` stands as a key", "an alias")
            frame.refuse(span.end)
            return
        found = self._anchors.follow(event.anchor or "", span, len(self._frames))
        if isinstance(found, Anchor) and found.node is not None:
            self._size += found.size
            self._place(found.node, span, found.height)
            return
        if isinstance(found, Diagnostic):
            self._sink.add(found)
        node = Scalar(span.text, span, plain=False, faulty=True)
        self._place(node, span, 0)

    def _place(self, node: Node, written: Span, height: int) -> None:
        """Put a node where it belongs; ``written`` is its alias, if it came by one."""
        if not self._frames:
            self.root = node
            return
        frame = self._frames[-1]
        if height >= frame.height:
            frame.height = height + 1
        if not frame.add(node, written.end):
            kind = "mapping" if isinstance(node, Mapping) else "list"
            self._unused(written, f"a {kind} stands as a key", f"a {kind}")

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

    def _document(self, event: DocumentStartEvent) -> None:
        if self.root is None:
            return
        start, end = self._extent(event)
        span = Span(self._source, start, max(end, start + 1))
        remedy = "keep one document a file"
        self._unused(span, "a second document begins", "not read", remedy)
        self.done = True

    def _gap(self, mark: int) -> int:
        """Return where an empty scalar stands: behind its ``:``, if it has one."""
        frame = self._frames[-1] if self._frames else None
        if not isinstance(frame, MappingFrame) or not frame.keyed:
            return mark
        found = _TO_VALUE.match(self._source.text, frame.end, mark)
        return found.end() if found else frame.end

    def _extent(self, event: Event) -> tuple[int, int]:
        """Return the event's start and end as offsets in the source."""
        start, end = event.start_mark, event.end_mark
        if start is None or end is None:
            return self._shift, self._shift
        return start.index + self._shift, end.index + self._shift
