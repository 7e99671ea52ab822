"""Subgraphs.

    subgraph = "subgraph" _ title ("[" text "]")? separator statement* "end"

The title is the id too, unless brackets follow it or a blank is within it.
"""

from graphc.mermaid.chart import Chart
from graphc.mermaid.labels import mended, read_text, stripped
from graphc.mermaid.stream import Stream
from graphc.mermaid.tokens import ENDS, TITLE, Kind, Token
from graphc.mermaid.wrong import faulty, quoted
from graphc.record import record
from graphc.source import Fragment


@record
class Title:
    """A title without the blanks around it, and with them; and where it begins."""

    fragment: Fragment
    raw: str
    start: int


class Boxes:
    """Reads the beginnings and ends of subgraphs."""

    def __init__(self, stream: Stream, chart: Chart) -> None:
        self._stream = stream
        self._chart = chart

    def begin(self) -> bool:
        """Read ``subgraph name [title]``; it begins whatever can be read of it."""
        stream = self._stream
        word = stream.take()
        span = stream.span(word.start, word.end)
        if stream.peek.kind in ENDS:
            remedy = ("write `subgraph name`",)
            message = "a subgraph has no name"
            stream.report(faulty(span, message, "a name is expected", remedy))
            self._chart.open(None, Fragment("", span), span)
            return True
        title = self._title() if stream.accept(Kind.SPACE) else None
        if title is None:
            stream.wrong("a name behind `subgraph`")
            self._chart.open(None, Fragment("", span), span)
            return False
        name = title.fragment.text
        if stream.at(Kind.OPEN) and stream.peek.value == "[":
            return self._named(name, word)
        blank = any(character.isspace() for character in title.raw)
        self._chart.open(None if blank else name, title.fragment, span)
        return self._separator(title, word)

    def _named(self, name: str, word: Token) -> bool:
        """Read the title in brackets behind a name."""
        stream = self._stream
        span = stream.span(word.start, word.end)
        opening = stream.take()
        text = read_text(stream)
        if text is not None and stream.at(Kind.CLOSE) and stream.peek.value == "]":
            stream.take()
        else:
            text = mended(stream, opening, "]", name)
        title = Fragment("", span) if text is None else text.fragment
        self._chart.open(name, title, span)
        return text is not None and self._separated()

    def _separated(self) -> bool:
        stream = self._stream
        if stream.peek.kind in ENDS:
            return True
        stream.wrong("`;` or the end of the line")
        return False

    def _separator(self, title: Title, word: Token) -> bool:
        stream = self._stream
        if stream.peek.kind in ENDS:
            return True
        end = stream.line_end(word.start)
        right = quoted(stream.text(title.start, end))
        remedies = (f"write `subgraph {right}`",) if title.start < end else ()
        stream.wrong("a title of letters and numbers, or one in quotes", *remedies)
        return False

    def _title(self) -> Title | None:
        """Return the words behind ``subgraph``."""
        stream = self._stream
        first = stream.accept(*TITLE, Kind.STRING, Kind.MARKDOWN)
        if first is None:
            return None
        end = first.end
        while token := stream.accept(*TITLE):
            end = token.end
        if first.kind in (Kind.STRING, Kind.MARKDOWN):
            text = stream.cut(first.start, first.end)
            behind = stream.text(first.end + 1, end) if end > first.end else ""
            return Title(stripped(text), text.text + behind, first.start)
        written = stream.cut(first.start, end)
        return Title(stripped(written), written.text, first.start)
