"""A flowchart as its statements build it, by the rules of Mermaid's own."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from graphc.diagnostics import Sink
from graphc.mermaid.flowchart import Link, Subgraph, Vertex
from graphc.mermaid.links import Line
from graphc.mermaid.wrong import two_labels
from graphc.record import record
from graphc.source import Fragment, Span


@record
class Name:
    """An id as it stands in a statement."""

    id: str
    span: Span


@record
class Label:
    """A label with its brackets; ``text`` is None where only the shape is told."""

    text: Fragment | None
    shape: str | None
    span: Span
    markdown: bool = False


@record
class Drawn:
    """What is written on a link, and where it stands."""

    label: Fragment | None
    span: Span
    id: str | None
    markdown: bool


@dataclass(slots=True)
class Frame:
    """A subgraph that is not closed yet; the chart itself is one, without a title."""

    id: str | None
    title: Fragment
    span: Span
    members: dict[str, None] = field(default_factory=dict)
    nested: set[str] = field(default_factory=set)
    direction: str | None = None


class Chart:
    """Gathers the nodes, links and subgraphs of a flowchart.

    Reports GC504 for a node that is given two labels.
    """

    def __init__(self, whole: Span, sink: Sink) -> None:
        self._sink = sink
        self._vertices: dict[str, Vertex] = {}
        self._links: list[Link] = []
        self._link_ids: set[str] = set()
        self._subgraphs: list[Subgraph] = []
        self._nested: list[set[str]] = []
        self._claimed: set[str] = set()
        self._frames = [Frame(None, Fragment("", whole), whole)]

    def mention(self, name: Name) -> None:
        """Take note of an id that stands in a statement."""
        self._frames[-1].members.setdefault(name.id)
        self.style(name)

    def style(self, name: Name) -> None:
        """Take note of an id that a style names: it makes a node, but no member."""
        if name.id not in self._vertices and name.id not in self._link_ids:
            vertex = Vertex(name.id, None, None, name.span, name.span)
            self._vertices[name.id] = vertex

    def label(self, name: Name, label: Label) -> None:
        """Give a node its label and shape; the last ones count."""
        vertex = self._vertices.get(name.id)
        if vertex is None or name.id in self._link_ids:
            return
        shape = vertex.shape if label.shape is None else label.shape
        text, span, markdown = label.text, label.span, label.markdown
        if text is None:
            text, span, markdown = vertex.label, vertex.label_span, vertex.markdown
        elif vertex.label is not None and vertex.label.text != text.text:
            self._sink.add(two_labels(vertex, text.text, label.span))
        self._vertices[name.id] = Vertex(
            name.id, text, shape, vertex.span, span, markdown
        )

    def link(
        self,
        sources: Sequence[Name],
        targets: Sequence[Name],
        line: Line,
        drawn: Drawn,
    ) -> None:
        """Link each of the sources with each of the targets.

        An id is that of one of them: from the last source to the first target.
        """
        for source in sources:
            for target in targets:
                own = source.id == sources[-1].id and target.id == targets[0].id
                name = drawn.id if own and drawn.id not in self._link_ids else None
                if name is not None:
                    self._link_ids.add(name)
                self._links.append(
                    Link(
                        source.id,
                        target.id,
                        drawn.label,
                        line.stroke,
                        line.arrow,
                        line.length,
                        drawn.span,
                        source.span,
                        target.span,
                        name,
                        drawn.markdown,
                    )
                )

    @property
    def links(self) -> int:
        """How many links there are so far."""
        return len(self._links)

    @property
    def depth(self) -> int:
        """How many subgraphs are open."""
        return len(self._frames) - 1

    def open(self, name: str | None, title: Fragment, span: Span) -> None:
        """Begin a subgraph; without a name it gets Mermaid's when it ends."""
        self._frames.append(Frame(name, title, span))

    def turn(self, direction: str) -> None:
        """Take note of a ``direction``."""
        self._frames[-1].direction = "TB" if direction == "TD" else direction

    def close(self, end: Span) -> Frame:
        """End the innermost subgraph, and return what it was."""
        frame = self._frames.pop()
        name = frame.id
        if name is None:
            name = f"subGraph{len(self._subgraphs)}"
        members = tuple(one for one in frame.members if one not in self._claimed)
        self._claimed.update(members)
        span = frame.span.to(end)
        self._subgraphs.append(
            Subgraph(name, frame.title, members, frame.direction, span)
        )
        self._nested.append(frame.nested)
        self._frames[-1].members.setdefault(name)
        self._frames[-1].nested.add(name)
        return frame

    def vertices(self) -> dict[str, Vertex]:
        """Return the nodes; a subgraph that stands at the end of a link is none."""
        boxes = {one.id for one in self._subgraphs}
        return {name: one for name, one in self._vertices.items() if name not in boxes}

    def finished_links(self) -> tuple[Link, ...]:
        """Return the links in their order."""
        return tuple(self._links)

    def subgraphs(self) -> tuple[Subgraph, ...]:
        """Return the subgraphs in the order of their ends, with members that are there.

        A subgraph that a link names within another one is a member of it, unless the
        one would then be within itself.
        """
        boxes = {one.id for one in self._subgraphs}
        parents: dict[str, str] = {}
        for within in (True, False):
            for box, nested in zip(self._subgraphs, self._nested, strict=True):
                for one in box.members:
                    fits = one in boxes and (one in nested) is within
                    if fits and not _leads(parents, box.id, one):
                        parents[one] = box.id
        nodes = self._vertices.keys() - boxes
        return tuple(
            replace(
                box,
                members=tuple(
                    one
                    for one in box.members
                    if one in nodes or parents.get(one) == box.id
                ),
            )
            for box in self._subgraphs
        )


def _leads(parents: dict[str, str], start: str, end: str) -> bool:
    """Whether ``end`` is ``start`` or one of the subgraphs that it is within."""
    at: str | None = start
    while at is not None and at != end:
        at = parents.get(at)
    return at is not None
