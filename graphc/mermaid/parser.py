"""Reads a flowchart.

    flowchart = ("graph" | "flowchart" | "flowchart-elk") direction? separator line*
    line      = statement separator | separator
    statement = nodes and links | looks | subgraph | "direction" word | accessible texts

A separator is a line end or ``;``. After a mistake the next statement is read.
"""

from collections.abc import Callable

from graphc.diagnostics import Sink
from graphc.mermaid.boxes import Boxes
from graphc.mermaid.chart import Chart
from graphc.mermaid.clean import Body, clean
from graphc.mermaid.flowchart import Flowchart
from graphc.mermaid.front import read_title
from graphc.mermaid.kinds import kind
from graphc.mermaid.modes import BLANKS
from graphc.mermaid.nodes import Nodes
from graphc.mermaid.stream import Stream
from graphc.mermaid.styles import Styles
from graphc.mermaid.tokens import ENDS, ID, Kind, Token
from graphc.mermaid.wrong import faulty, missing_semicolon
from graphc.source import Fragment, Span

_DIRECTIONS = {"TD": "TB", "v": "TB", "^": "BT", "<": "RL", ">": "LR"}
_WORDS = "`TB`, `BT`, `LR` or `RL`"
_BREAKS = frozenset({Kind.NEWLINE, Kind.SEMICOLON, Kind.SPACE})
_LEADING = (
    *(Kind.SUBGRAPH, Kind.STYLE, Kind.LINK_STYLE, Kind.CLASS_DEF, Kind.CLASS),
    *(Kind.CLICK, Kind.DIRECTION),
)


def parse(fragment: Fragment, sink: Sink) -> Flowchart | None:
    """Return the flowchart that a text draws, or None if it is none.

    After a mistake it is what can be read. Reports GC501 for what Mermaid refuses,
    GC502 for what it reads otherwise than it seems, GC503 for a missing ``;``, GC504
    for a node with two labels.
    """
    if kind(fragment) != "flowchart":
        return None
    return _Parser(clean(fragment), fragment.span, sink).flowchart()


class _Parser:
    """Reads the statements of one flowchart."""

    def __init__(self, body: Body, whole: Span, sink: Sink) -> None:
        self._body = body
        self._whole = whole
        self._sink = sink
        self._stream = Stream(body, sink)
        self._chart = Chart(whole, sink)
        self._nodes = Nodes(self._stream, self._chart)
        self._boxes = Boxes(self._stream, self._chart)
        styles = Styles(self._stream, self._chart)
        self._statements: dict[Kind, Callable[[], bool]] = {
            Kind.SUBGRAPH: self._boxes.begin,
            Kind.STYLE: styles.style,
            Kind.LINK_STYLE: styles.link_style,
            Kind.CLASS_DEF: styles.class_def,
            Kind.CLASS: styles.class_of,
            Kind.CLICK: styles.click,
        }

    def flowchart(self) -> Flowchart:
        """Return the flowchart."""
        direction = self._header()
        while not self._stream.at(Kind.FINISH):
            self._line()
        while self._chart.depth:
            span = self._chart.close(self._end_of_text()).span
            message = "a subgraph is never closed"
            remedy = ("write `end` on a line of its own behind its last node",)
            self._sink.add(faulty(span, message, "no `end` closes it", remedy))
        front = self._body.front
        return Flowchart(
            direction,
            self._chart.vertices(),
            self._chart.finished_links(),
            self._chart.subgraphs(),
            None if front is None else read_title(front, self._sink),
            front,
            self._body.comments,
            self._whole,
        )

    def _end_of_text(self) -> Span:
        size = len(self._body.text)
        return self._body.span(size, size)

    def _header(self) -> str:
        """Return the direction of the chart, and read what follows it."""
        stream = self._stream
        while stream.accept(Kind.SPACE, Kind.NEWLINE):
            pass
        if not stream.accept(Kind.GRAPH):
            stream.wrong("`graph` or `flowchart` as a word of its own")
            self._skip(stream.peek)
            return "TB"
        if stream.accept(Kind.NO_DIR):
            return "TB"
        word = stream.accept(Kind.DIR)
        if word is None:
            stream.wrong(f"{_WORDS}, or the end of the line")
            self._skip(stream.peek)
            return "TB"
        self._behind_direction(word)
        text = stream.text(word.start, word.end).strip(BLANKS)
        return _DIRECTIONS.get(text, text)

    def _behind_direction(self, word: Token) -> None:
        """Take the separator behind the direction; blanks only before a line end."""
        stream = self._stream
        if stream.accept(Kind.SEMICOLON):
            return
        while stream.accept(Kind.SPACE):
            pass
        if stream.accept(Kind.NEWLINE) or stream.at(Kind.FINISH):
            return
        token = stream.peek
        if token.kind not in (*ID, *_LEADING):
            stream.wrong("the end of the line")
            self._skip(token)
            return
        before = stream.text(0, word.end)
        after = stream.text(token.start, token.end)
        span = stream.span(word.end, token.start)
        self._sink.add(missing_semicolon(span, before, after))

    def _line(self) -> None:
        stream = self._stream
        token = stream.peek
        if token.kind in _BREAKS:
            stream.pass_breaks()
        elif token.kind is Kind.END:
            self._close()
        elif token.kind is Kind.DIRECTION:
            self._chart.turn(stream.take().value)
        elif token.kind is Kind.ACC_KEY:
            stream.take()
            stream.accept(Kind.ACC_VALUE)
        elif token.kind is Kind.ACC_LINES:
            stream.take()
        else:
            self._statement(token)

    def _statement(self, token: Token) -> None:
        read = self._statements.get(token.kind)
        if read is None:
            if not self._nodes.statement():
                self._skip(token)
        elif not read():
            self._skip(token)
        elif self._stream.peek.kind not in ENDS:
            self._stream.wrong("`;` or the end of the line")
            self._skip(token)

    def _close(self) -> None:
        stream = self._stream
        token = stream.take()
        span = stream.span(token.start, token.start + len("end"))
        if self._chart.depth:
            self._chart.close(span)
        else:
            message = "`end` closes no subgraph"
            self._sink.add(faulty(span, message, "no subgraph is open here"))

    def _skip(self, first: Token) -> None:
        """Go on behind a statement, begun at ``first``, that cannot be read.

        A word that begins a statement and stands first in its line is the next one.
        """
        stream = self._stream
        token = stream.peek
        text = self._body.text
        if token.kind is Kind.FINISH or token.kind in ENDS:
            return
        written = text[token.start : token.end]
        start = token.start + len(written) - len(written.lstrip(BLANKS))
        begins = token.kind in (*_LEADING, Kind.END)
        line = text.rfind("\n", 0, start) + 1
        if begins and start > first.start and not text[line:start].strip(BLANKS):
            return
        stream.resume(_statement_end(text, start, token.end))


def _statement_end(text: str, start: int, end: int) -> int:
    """Return where the statement ends in which a token from ``start`` on stands.

    The first character of the token, which ends at ``end``, ends no statement.
    """
    quoted = text[start : start + 1] == '"'
    at = start + 1 if start < end else start
    while at < len(text) and text[at] != "\n" and (quoted or text[at] != ";"):
        quoted ^= text[at] == '"'
        at += 1
    return at
