"""The text between the brackets of a node, or on a link.

    text = (string | markdown | text) text*        what a quote leaves over is text too

Reports GC501. A label that only lacks its quotes is read as it is meant.
"""

import re

from graphc.mermaid.modes import BLANKS
from graphc.mermaid.stream import Stream
from graphc.mermaid.tokens import Kind, Token
from graphc.mermaid.wrong import faulty, quoted, unquoted
from graphc.record import record
from graphc.source import Fragment

# What may stand behind the bracket that ends a label.
_BEHIND = r"(?=\s*(?:$|\n|;|&|:::|@\{|[^\s\"]+@|[xo<]?(?:--|==|-?\.+-)|~~~))"
_BEHIND_BAR = r"(?=\s*[^\s|;\])}])"


@record
class Text:
    """A label without its quotes and the blanks around it."""

    fragment: Fragment
    markdown: bool = False


def read_text(stream: Stream, kind: Kind = Kind.TEXT) -> Text | None:
    """Return the text at which the stream is, None if it is at none."""
    if not stream.at(Kind.STRING, Kind.MARKDOWN, kind):
        return None
    pieces = [stream.take()]
    markdown = pieces[0].kind is Kind.MARKDOWN
    while stream.at(kind):
        pieces.append(stream.take())
    return Text(_joined(stream, pieces), markdown)


def _joined(stream: Stream, pieces: list[Token]) -> Fragment:
    first, *rest = pieces
    if not rest or first.kind not in (Kind.STRING, Kind.MARKDOWN):
        return stripped(stream.cut(first.start, pieces[-1].end))
    quoted = stream.cut(first.start, first.end)
    behind = stream.cut(rest[0].start, rest[-1].end)
    if not behind.text.strip(BLANKS):
        return stripped(quoted)
    offsets = (*quoted.places[:-1], *behind.places)
    span = quoted.span.to(behind.span)
    return stripped(Fragment(quoted.text + behind.text, span, offsets))


def stripped(fragment: Fragment) -> Fragment:
    """Return a label without blanks around it, and without quotes around all of it."""
    text = fragment.text
    start = len(text) - len(text.lstrip(BLANKS))
    end = max(start, len(text.rstrip(BLANKS)))
    if end - start > 1 and text[start] == '"' and text[end - 1] == '"':
        start, end = start + 1, end - 1
    return fragment.cut(start, end)


def mended(stream: Stream, opening: Token, closing: str, before: str) -> Text | None:
    """Report a label that cannot be read; return it if it is clear what is meant.

    The stream is at the token that does not fit. Behind a label that is clear it goes
    on; otherwise it stays, behind the line of the bracket that opens the label.
    ``before`` is what stands before the brackets.
    """
    line_end = stream.line_end(opening.end)
    found = _ending(stream, opening, closing, line_end)
    if found is None:
        _unclosed(stream, opening, closing, line_end)
        return None
    text = stream.text(opening.end, found.start())
    span = stream.span(opening.start, found.end())
    inner = stream.span(opening.end, found.start())
    meant = stripped(stream.cut(opening.end, found.start()))
    shown = f"{before}{opening.value}"
    if text.count('"') == 1:
        _half_quoted(stream, opening, text, shown, closing)
        start = opening.end + len(text) - len(text.lstrip(' "'))
        inner_end = found.start() - (len(text) - len(text.rstrip(' "')))
        stream.resume(found.end())
        return Text(stripped(stream.cut(start, max(start, inner_end))))
    if not text.strip(BLANKS):
        _empty(stream, opening, found.end(), shown, closing)
    else:
        stream.report(unquoted(span, inner, meant.text, shown, closing))
    stream.resume(found.end())
    return Text(meant)


def _ending(
    stream: Stream, opening: Token, closing: str, line_end: int
) -> re.Match[str] | None:
    """Return where a label is meant to end, on the line on which it begins.

    That is the first closing bracket, behind what does not fit, that something follows
    which may follow a label; at once where only one quote stands before it.
    """
    behind = _BEHIND_BAR if closing == "|" else _BEHIND
    pattern = re.compile(re.escape(closing) + behind)
    body = stream.body.text
    first = pattern.search(body, opening.end, line_end)
    if first is None or body.count('"', opening.end, first.start()) == 1:
        return first
    bad = stream.peek.start
    if opening.end <= bad < line_end:
        return pattern.search(body, bad, line_end)
    return first


def _half_quoted(
    stream: Stream, opening: Token, text: str, shown: str, closing: str
) -> None:
    at = opening.end + text.index('"')
    right = quoted(text.replace('"', ""))
    remedy = (f"write `{shown}{right}{closing}`",)
    message = "a quote is never closed"
    label = "no other quote follows in these brackets"
    stream.report(faulty(stream.span(at, at + 1), message, label, remedy))


def _empty(stream: Stream, opening: Token, end: int, shown: str, closing: str) -> None:
    span = stream.span(opening.start, end)
    remedy = (f'write `{shown}" "{closing}`',)
    label = "nothing stands in the brackets"
    stream.report(faulty(span, "a label is empty", label, remedy))


def _unclosed(stream: Stream, opening: Token, closing: str, line_end: int) -> None:
    bad = stream.peek
    span = stream.span(opening.start, opening.end)
    if bad.kind is Kind.CLOSE and bad.end <= line_end:
        place = stream.span(bad.start, bad.end)
        message = f"`{opening.value}` is closed by `{bad.value}`"
        stream.report(faulty(place, message, f"expected `{closing}`"))
    else:
        message = f"`{opening.value}` is never closed"
        label = f"no `{closing}` ends the label on this line"
        stream.report(faulty(span, message, label))
    stream.resume(line_end)
