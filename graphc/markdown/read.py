"""The diagrams of a document, each under its title."""

import re
from pathlib import PurePosixPath

from graphc.diagnostics import Code, Diagnostic, Place, Severity, Sink
from graphc.markdown.bare import BareDiagram, begins_diagram
from graphc.markdown.document import Block, Document
from graphc.markdown.elements import Blank, Element, Fenced, Text
from graphc.markdown.pieces import Pieces
from graphc.markdown.scan import scan
from graphc.markdown.standing import Titles
from graphc.source import Fragment, Source, Span

_HIDDEN_FENCE = re.compile(r"^[ \t>]*(?:`{3,}|~{3,})[ \t]*\{?mermaid\b.*", re.MULTILINE)


def read_document(source: Source, sink: Sink) -> Document:
    """Return the diagrams of the Markdown document ``source``, in their order.

    Taken are Mermaid's: between fences, as CommonMark has them, or fences of colons
    (``:::mermaid``); in an element of HTML with the class ``mermaid``; and bare, where
    a line begins with ``graph TD`` or the like and statements follow. What comments
    and other fences hold is none. Code: GC505 a fence is not closed (a warning).
    """
    reader = _Reader(source, sink)
    for element in scan(source):
        reader.take(element)
    return reader.finish()


def as_diagram(source: Source) -> Document:
    """Return ``source`` as one diagram; its title is the stem of the file's name."""
    text = source.text
    pieces = Pieces(source, 0)
    start = 0
    for end in re.finditer(r"\r\n?", text):
        pieces.add(start, end.start())
        pieces.line_end(*end.span())
        start = end.end()
    pieces.add(start, len(text))
    stem = PurePosixPath(source.name).stem
    named = stem and not stem.startswith("<")
    name = Fragment(stem, Span(source, 0, 0), (0,) * (len(stem) + 1)) if named else None
    return Document(source, name, (Block(pieces.fragment(), name, None),))


class _Reader:
    """The diagrams that were met so far, and one that may go on."""

    def __init__(self, source: Source, sink: Sink) -> None:
        self._source = source
        self._sink = sink
        self._titles = Titles(source)
        self._blocks: list[Block] = []
        self._bare: BareDiagram | None = None
        self._commented = False
        self._behind_fence = False

    def finish(self) -> Document:
        """Return the document; it ends here."""
        self._end_bare()
        return Document(self._source, self._titles.document, tuple(self._blocks))

    def take(self, element: Element) -> None:
        """Take what comes next."""
        if isinstance(element, Text):
            self._text(element)
            return
        self._commented = False
        if isinstance(element, Blank):
            if self._bare:
                self._bare.skip(element)
            self._titles.end_paragraph()
            return
        self._end_bare()
        if isinstance(element, Fenced):
            self._fenced(element)
        else:
            self._titles.take(element)

    def _text(self, line: Text) -> None:
        text = self._source.text
        begins = begins_diagram(text, line) and not self._behind_fence
        # In indented code a fence is text, and so is the diagram behind it.
        self._behind_fence = text.startswith(("```", "~~~"), line.start)
        goes_on = self._bare is not None and not (line.item or begins)
        if goes_on and self._bare and self._bare.take(line):
            return
        self._end_bare()
        if self._in_comment(line):
            return
        if begins:
            self._bare = BareDiagram(self._source, line, self._titles.current())
        else:
            self._titles.text(line)

    def _in_comment(self, line: Text) -> bool:
        """Whether the line begins in a comment; one ends with its paragraph."""
        text = self._source.text
        began = self._commented
        opened = text.rfind("<!--", line.start, line.end)
        closed = text.rfind("-->", line.start, line.end)
        if opened >= 0 or closed >= 0:
            self._commented = opened > closed
        return began

    def _end_bare(self) -> None:
        if self._bare is None:
            return
        fragment = self._bare.fragment()
        if fragment:
            self._blocks.append(Block(fragment, self._bare.title, None))
            self._titles.end_block()
        self._bare = None

    def _fenced(self, fenced: Fenced) -> None:
        if not fenced.closed:
            self._report(fenced)
        if fenced.mermaid:
            title = self._titles.current()
            self._blocks.append(Block(fenced.content, title, fenced.opening))
        self._titles.end_block()

    def _report(self, fenced: Fenced) -> None:
        """Report an open fence that holds a diagram, or hides diagrams behind it."""
        related: tuple[Place, ...] = ()
        what = "a diagram is never closed"
        if not fenced.mermaid:
            hidden = _HIDDEN_FENCE.search(fenced.content.text) if fenced.last else None
            if not hidden:
                return
            what = "a fence is never closed, and hides a diagram"
            place = fenced.content.slice(*hidden.span())
            related = (Place(place, "text, since the fence above is open"),)
        reach = "the document" if fenced.last else "the list item or quotation"
        where = Place(fenced.opening, f"runs to the end of {reach}")
        self._sink.add(
            Diagnostic(
                Code.GC505, what, where, related=related, severity=Severity.WARNING
            )
        )
