"""Stretches of a document whose lines are no Markdown: between fences, and HTML."""

from typing import Protocol

from graphc.markdown.elements import Blank, Element, Fenced, Html
from graphc.markdown.fences import Fence, closes
from graphc.markdown.html import (
    Kind,
    Opening,
    closing_tag,
    diagram_tag,
    give_html,
    html_ends,
)
from graphc.markdown.line import Line
from graphc.markdown.pieces import Pieces
from graphc.source import Span

_PLAIN_KINDS = frozenset({Kind.RAW, Kind.BLOCK, Kind.TAG})
_UNREAD = ("<script", "<style", "<textarea")


class Verbatim(Protocol):
    """A stretch that is open."""

    def take(self, line: Line, found: list[Element]) -> "Verbatim | None":
        """Take a line that stands in it; return what is open behind the line."""

    def end(self, found: list[Element], *, last: bool) -> None:
        """End it where what holds it ends; ``last``: at the end of the document."""


class OpenFence:
    """What stands behind an opening fence."""

    def __init__(self, fence: Fence, line: Line) -> None:
        self._fence = fence
        self._indent = line.indent
        self._opening = Span(line.source, line.first, line.end)
        self._content = Pieces(line.source, line.next)

    def take(self, line: Line, found: list[Element]) -> Verbatim | None:
        """Take a line of the content, or the closing fence."""
        if closes(line, self._fence):
            self._give(found, closed=True, last=False)
            return None
        line.skip(self._indent)
        line.give(self._content)
        return self

    def end(self, found: list[Element], *, last: bool) -> None:
        """End it without a closing fence."""
        self._give(found, closed=False, last=last)

    def _give(self, found: list[Element], *, closed: bool, last: bool) -> None:
        content = self._content.fragment()
        found.append(Fenced(self._opening, self._fence.mermaid, content, closed, last))


class OpenHtml:
    """A block of HTML."""

    def __init__(self, kind: Kind) -> None:
        self._kind = kind
        self._read = kind in _PLAIN_KINDS
        self._inner = False

    def take(self, line: Line, found: list[Element]) -> Verbatim | None:
        """Take a line of it, or the blank line that ends it."""
        if line.blank and self._kind in (Kind.BLOCK, Kind.TAG):
            found.append(Blank(line.at, line.end, line.next))
            return None
        text = line.source.text
        if text.startswith(_UNREAD, line.first):
            self._read = False
        opening = self._read and diagram_tag(text, line.first, line.end)
        if opening:
            return OpenElement(opening, line).take_first(line, found)
        found.append(Html(line.first, line.end, not self._read, self._inner))
        self._inner = self._kind not in (Kind.BLOCK, Kind.TAG)
        return None if html_ends(self._kind, text, line.first, line.end) else self

    def end(self, found: list[Element], *, last: bool) -> None:
        """End it: nothing is left to be given."""


class OpenElement:
    """An element of HTML that holds a diagram."""

    def __init__(self, opening: Opening, line: Line) -> None:
        self._closing = closing_tag(opening.name)
        self._opening = Span(line.source, opening.start, opening.end)
        self._content = Pieces(line.source, opening.end)

    def take_first(self, line: Line, found: list[Element]) -> Verbatim | None:
        """Take the rest of the line with the opening tag."""
        return self._take(line, self._opening.end, found)

    def take(self, line: Line, found: list[Element]) -> Verbatim | None:
        """Take a line of the content, perhaps with the closing tag."""
        return self._take(line, line.at, found)

    def _take(self, line: Line, start: int, found: list[Element]) -> Verbatim | None:
        source = line.source
        closing = self._closing.search(source.text, start, line.end)
        end = closing.start() if closing else line.end
        give_html(self._content, source, start, end)
        if not closing:
            self._content.line_end(line.end, line.next)
            return self
        self._give(found, closed=True, last=False)
        return OpenHtml(Kind.BLOCK)

    def end(self, found: list[Element], *, last: bool) -> None:
        """End it without a closing tag."""
        self._give(found, closed=False, last=last)

    def _give(self, found: list[Element], *, closed: bool, last: bool) -> None:
        content = self._content.fragment()
        found.append(
            Fenced(
                self._opening, mermaid=True, content=content, closed=closed, last=last
            )
        )
