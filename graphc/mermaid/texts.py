"""The text within a link, ``-- text -->``, and links that are not what they seem."""

import re

from graphc.diagnostics import Edit
from graphc.mermaid.chart import Drawn
from graphc.mermaid.labels import read_text, stripped
from graphc.mermaid.links import INVALID, Line, line
from graphc.mermaid.modes import BLANKS
from graphc.mermaid.stream import Stream
from graphc.mermaid.tokens import ID, Kind, Token
from graphc.mermaid.wrong import faulty, misleading, unquoted
from graphc.source import Span

_ENDS = {
    "-": re.compile(r"[xo<]?--+[->xo]"),
    "=": re.compile(r"[xo<]?==+[=>xo]"),
    ".": re.compile(r"[xo<]?-?(?<!\.)\.++-[>xo]?"),
}
_LONGER = {"--": "---", "==": "===", "-.": "-.-"}


def between(stream: Stream, begin: int, name: str | None) -> tuple[Line, Drawn]:
    """Return the link that a start, its text and its end make.

    Reports GC501 where the text cannot be read: a link without one is assumed.
    """
    start = stream.take()
    first = stream.peek
    text = read_text(stream, Kind.EDGE_TEXT)
    if text is None or not stream.at(Kind.LINK):
        return _mended(stream, start, name)
    end = stream.take()
    opening = stream.text(start.start, start.end).strip(BLANKS)
    closing = stream.text(end.start, end.end).strip(BLANKS)
    drawn = line(closing, opening)
    span = _span(stream, begin, end.end)
    if first.kind is Kind.EDGE_TEXT:
        _swallowed(stream, text.fragment.text, end)
        if "\n" in stream.text(first.start, end.start).strip(BLANKS):
            _runs_on(stream, start)
    if drawn.arrow == INVALID:
        message = "the two ends of a link do not match"
        label = f"`{opening}` begins another link than `{closing}` ends"
        stream.report(misleading(span, message, label, ()))
    misread(stream, end, ended=True)
    return drawn, Drawn(text.fragment, span, name, text.markdown)


def _span(stream: Stream, begin: int, end: int) -> Span:
    text = stream.text(begin, end)
    return stream.span(
        begin + len(text) - len(text.lstrip(BLANKS)), begin + len(text.rstrip(BLANKS))
    )


def _mended(stream: Stream, start: Token, name: str | None) -> tuple[Line, Drawn]:
    """Report a text that cannot be read, and go on behind the link."""
    opening = stream.text(start.start, start.end).strip(BLANKS)
    line_end = stream.line_end(max(start.start, start.end - 1))
    semicolon = stream.body.text.find(";", start.end, line_end)
    line_end = semicolon if semicolon >= 0 else line_end
    bad = stream.peek.start
    mark = next(mark for mark in ".=-" if mark in opening)
    at = bad if start.end <= bad < line_end else start.end
    found = _ENDS[mark].search(stream.body.text, at, line_end)
    span = _span(stream, start.start, start.end)
    if found is None:
        longer = opening.replace(opening[-2:], _LONGER[opening[-2:]])
        message = f"`{opening}` begins a text that no link ends"
        remedy = f"for a link without a text write `{longer}`"
        stream.report(
            faulty(span, message, "no end of the link on this line", (remedy,))
        )
        stream.resume(start.end)
        return line(longer), Drawn(None, span, name, markdown=False)
    inner = stripped(stream.cut(start.end, found.start()))
    whole = _span(stream, start.start, found.end())
    written = stream.text(start.end, found.start())
    end = start.end + len(written.rstrip(BLANKS))
    place = stream.span(start.end, max(start.end, end))
    closing = f" {found[0].strip(BLANKS)}"
    stream.report(unquoted(whole, place, inner.text, f"{opening} ", closing))
    stream.resume(found.end())
    while stream.accept(Kind.SPACE):
        pass
    return line(found[0], opening), Drawn(inner, whole, name, markdown=False)


def _runs_on(stream: Stream, start: Token) -> None:
    span = _span(stream, start.start, start.end)
    message = "the text of a link runs on to the next line"
    longer = stream.text(start.start, start.end).strip(BLANKS)
    remedy = f"for a link without a text write `{_LONGER.get(longer, longer)}`"
    label = "the text that begins here ends on a later line"
    stream.report(misleading(span, message, label, (remedy,)))


def _swallowed(stream: Stream, text: str, end: Token) -> None:
    """Report a last letter of a text that Mermaid takes for the tail of the arrow."""
    letter = stream.text(end.start, end.start + 1)
    if letter not in ("x", "o") or not stream.text(end.start - 1, end.start).isalnum():
        return
    arrow = stream.text(end.start + 1, end.end).strip(BLANKS)
    place = stream.span(end.start, end.start + 1)
    message = f"the `{letter}` before `{arrow}` is part of the arrow, not of the text"
    gap = stream.span(end.start + 1, end.start + 1)
    stream.report(
        misleading(
            place,
            message,
            f"the text is `{text}`",
            (f"write a blank: `{text}{letter} {arrow}`",),
            (Edit(gap, " "),),
        )
    )


def misread(stream: Stream, link: Token, *, ended: bool = False) -> None:
    """Report GC502: an ``x`` or ``o`` at a link is its head, and seems to be a letter.

    ``A--ok-->B`` is a link to ``k``, ``A---oB`` one to ``B``.
    """
    text = stream.text(link.start, link.end)
    arrow = text.strip(BLANKS)
    if arrow[-1] in "xo" and text[-1] == arrow[-1] and stream.peek.kind in ID:
        _head(stream, link, arrow)
    tail = arrow[0]
    if tail in "xo" and arrow[-1] != tail and not ended:
        start = link.start + text.index(arrow)
        place = stream.span(start, start + 1)
        message = f"the `{tail}` of `{arrow}` is no head and no node"
        label = "Mermaid takes it as a part of the line"
        remedies = (f"for a node `{tail}` write `{tail} {arrow[1:]}`",)
        stream.report(misleading(place, message, label, remedies))


def _head(stream: Stream, link: Token, arrow: str) -> None:
    head, bare = arrow[-1], arrow[:-1]
    target = stream.peek
    name = stream.text(target.start, target.end)
    place = stream.span(link.end - 1, target.end)
    message = f"the `{head}` of `{head}{name}` is the head of the link, not a letter"
    plain = bare if len(bare.lstrip("xo<")) > 2 else f"{bare}{bare[-1]}"
    remedies = (
        f"for a text write `{bare} {head}{name} {bare}>`",
        f"for a node write `{plain} {head}{name}`",
    )
    label = f"Mermaid links to `{name}`"
    stream.report(misleading(place, message, label, remedies))
