"""Nodes and the links between them.

    statement = names (link names)*
    names     = node (data? blank+ "&" blank+ node)*
    node      = id shape? (":::" id)?
    link      = edge-id? (line ("|" text "|")? | start text line)

Reports GC501, GC502 and GC503.
"""

from graphc.mermaid.chart import Chart, Drawn, Label, Name
from graphc.mermaid.data import read_data
from graphc.mermaid.labels import Text, mended, read_text
from graphc.mermaid.links import Line, line
from graphc.mermaid.modes import BLANKS
from graphc.mermaid.shapes import BRACKETS
from graphc.mermaid.stream import Stream
from graphc.mermaid.texts import between, misread
from graphc.mermaid.tokens import ENDS, ID, Kind, Token
from graphc.mermaid.wrong import faulty, missing_semicolon

_LINKS = (Kind.LINK, Kind.LINK_START, Kind.LINK_ID)


class Nodes:
    """Reads statements of nodes and links into a chart."""

    def __init__(self, stream: Stream, chart: Chart) -> None:
        self._stream = stream
        self._chart = chart
        self._behind = 0  # where the last bracket of a node was closed

    def statement(self) -> bool:
        """Read a statement; whether it could be."""
        begin = self._stream.peek.start
        self._behind = -1
        sources = self._names()
        while sources is not None:
            if not self._stream.at(*_LINKS):
                return self._end(begin)
            drawn = self._link()
            targets = self._names() if drawn is not None else None
            if drawn is not None and targets is not None:
                self._chart.link(sources, targets, *drawn)
            sources = targets
        return False

    def _end(self, begin: int) -> bool:
        """Whether the statement ends here, or another one begins at once (GC503)."""
        stream = self._stream
        token = stream.peek
        if token.kind in ENDS:
            return True
        gap = stream.text(self._behind, token.start) if self._behind >= 0 else "?"
        if gap.strip(BLANKS) or token.kind not in ID:
            stream.wrong("a link, `;` or the end of the line")
            return False
        before = stream.text(begin, self._behind).split("\n")[-1]
        after = stream.text(token.start, token.end)
        span = stream.span(self._behind, max(token.start, self._behind + 1))
        stream.report(missing_semicolon(span, before, after))
        return True

    def _names(self) -> list[Name] | None:
        """Return the nodes at one end of a link."""
        names: list[Name] = []
        while True:
            name = self._node()
            if name is None:
                return None
            names.append(name)
            data = self._stream.at(Kind.DATA)
            if data and not self._data(name):
                return None
            spaced = self._blanks()
            if not (spaced and self._stream.at(Kind.AND)):
                return names
            self._stream.take()
            if not self._blanks():
                self._stream.wrong("a blank behind `&`")
                return None

    def _blanks(self) -> bool:
        found = False
        while self._stream.accept(Kind.SPACE):
            found = True
        return found

    def _node(self) -> Name | None:
        name = self._id("the id of a node")
        if name is None:
            return None
        self._chart.mention(name)
        if self._stream.at(Kind.OPEN):
            label = self._shape(name)
            if label is None:
                return None
            self._chart.label(name, label)
        if self._stream.accept(Kind.CLASS_MARK):
            if self._id("the name of a class") is None:
                return None
            self._behind = -1
        return name

    def _id(self, expected: str) -> Name | None:
        stream = self._stream
        first = stream.peek
        if first.kind not in ID:
            stream.wrong(expected, *self._remedies(first))
            return None
        last = first
        while stream.peek.kind in ID:
            last = stream.take()
        text = stream.text(first.start, last.end)
        return Name(text, stream.span(first.start, last.end))

    def _remedies(self, token: Token) -> tuple[str, ...]:
        """Return what to do about a word that cannot be an id."""
        text = self._stream.text(token.start, token.end).strip(BLANKS)
        if token.kind is Kind.END:
            return ('`end` ends a subgraph; write `End`, or `last["end"]`',)
        if text.isalpha():
            return (f'`{text}` is a word of Mermaid; write `{text}_["{text}"]`',)
        if token.kind is Kind.LINK and text[0] in "xo":
            return (f"write a blank: `{text[0]} {text[1:]}`",)
        return ()

    def _shape(self, name: Name) -> Label | None:
        """Return the label in the brackets behind an id."""
        stream = self._stream
        opening = stream.take()
        value = opening.value
        if value in ("(", "{") and stream.at(Kind.OPEN) and stream.peek.value == value:
            doubled = stream.take()
            value += value
            opening = Token(Kind.OPEN, opening.start, doubled.end, value)
        closings = BRACKETS[value]
        if value == "[|" and not self._property():
            return None
        text = read_text(stream)
        closing = self._closing(value) if text is not None else None
        if closing not in closings:
            closing = next(iter(closings))
            text = mended(stream, opening, closing, name.id)
            if text is None:
                return None
            self._behind = stream.peek.start
        return self._labelled(text, closings[closing], opening.start)

    def _labelled(self, text: Text | None, shape: str, start: int) -> Label:
        span = self._stream.span(start, self._behind)
        fragment = None if text is None else text.fragment
        markdown = text is not None and text.markdown
        return Label(fragment, shape, span, markdown)

    def _closing(self, opening: str) -> str | None:
        """Take the closing bracket; None where there is none, or half of one."""
        stream = self._stream
        if not stream.at(Kind.CLOSE):
            return None
        if stream.peek.value not in ("}", ")") or len(opening) == 1 or opening == "(((":
            token = stream.peek
            if token.value in BRACKETS[opening]:
                self._behind = stream.take().end
            return token.value
        value = stream.peek.value
        stream.take()
        if not (stream.at(Kind.CLOSE) and stream.peek.value == value):
            return None
        self._behind = stream.take().end
        return value * 2

    def _property(self) -> bool:
        """Take ``borders:lt|`` behind the bracket of ``[|borders:lt|text]``."""
        for kind in (Kind.NAME, Kind.COLON, Kind.NAME, Kind.BAR):
            if self._stream.accept(kind) is None:
                self._stream.wrong("`name:value|`")
                return False
        return True

    def _data(self, name: Name) -> bool:
        stream = self._stream
        first = stream.take()
        last = first
        while stream.at(Kind.DATA):
            last = stream.take()
        if stream.body.text[last.end : last.end + 1] != "}":
            span = stream.span(first.start, first.end)
            stream.report(faulty(span, "`@{` is never closed", "no `}` ends it"))
            stream.resume(stream.line_end(first.start))
            return False
        label = read_data(stream, first.end, last.end)
        if label is not None:
            self._chart.label(name, label)
        self._behind = last.end + 1
        return True

    def _link(self) -> tuple[Line, Drawn] | None:
        """Return the link at which the stream is."""
        stream = self._stream
        own = stream.accept(Kind.LINK_ID)
        start = own or stream.peek
        name = None if own is None else own.value.replace("@", "", 1)
        if stream.at(Kind.LINK_START):
            return between(stream, start.start, name)
        token = stream.accept(Kind.LINK)
        if token is None:
            stream.wrong("a link behind its id")
            return None
        misread(stream, token)
        text, end = None, token.end
        if stream.at(Kind.BAR):
            text, end = self._on_bar(token)
            if text is None:
                return None
        written = stream.text(start.start, end)
        blank = len(written) - len(written.lstrip(BLANKS))
        span = stream.span(
            start.start + blank, start.start + len(written.rstrip(BLANKS))
        )
        fragment = None if text is None else text.fragment
        markdown = text is not None and text.markdown
        value = stream.text(token.start, token.end)
        return line(value), Drawn(fragment, span, name, markdown)

    def _on_bar(self, link: Token) -> tuple[Text | None, int]:
        """Return the text in ``|text|`` and where it ends."""
        stream = self._stream
        opening = stream.take()
        text = read_text(stream)
        if text is not None and stream.at(Kind.BAR):
            end = stream.take().end
        else:
            arrow = stream.text(link.start, link.end).strip(BLANKS)
            text = mended(stream, opening, "|", arrow)
            end = stream.peek.start
        self._blanks()
        return text, end
