"""Markers in a document: comments between which graphc keeps a text true.

A marker is ``<!-- graphc: WORD... -->`` on a line of its own, and what it holds goes on
to ``<!-- /graphc -->``. A word is ``key=value`` or a value alone; a value with blanks
stands in double quotes. Markers between fences, in other comments and in a line of text
are text.
"""

import re
from collections.abc import Iterator

from graphc.diagnostics import Code, Diagnostic, Place, Sink
from graphc.markdown.elements import Html
from graphc.markdown.scan import scan
from graphc.record import record
from graphc.source import Source, Span

_MARKER = re.compile(r"<!--[ \t]*(?:graphc:|/graphc\b)[^\r\n]*")
_OPENING = re.compile(r"<!--[ \t]*graphc:(.*?)-->[ \t]*$")
_CLOSING = re.compile(r"<!--[ \t]*/graphc[ \t]*-->[ \t]*$")
_WORD = re.compile(r'(?:([a-z]+)=)?(?:"([^"]*)"|([^\s"]+))(?=\s|$)|\S+')
_NO_MARK = re.compile(r"[^>\t]")


@record
class Word:
    """A word of a marker; ``key`` is None for a value alone."""

    key: str | None
    value: str
    span: Span


@record
class Marker:
    """A marker and what it holds.

    ``body`` is what stands between the line of the opening comment and that of the
    closing one. ``before`` is what lines in it begin with: the blanks and ``>`` before
    the opening comment; ``line_end`` ends them.
    """

    span: Span
    words: tuple[Word, ...]
    body: Span
    before: str
    line_end: str


def find_markers(source: Source, sink: Sink) -> tuple[Marker, ...]:
    """Return the markers of a document in their order.

    Codes: GC521 one that cannot be read; GC522 one that is not closed, stands within
    another, or closes nothing.
    """
    found: list[Marker] = []
    opened: Span | None = None
    for span in _comments(source):
        if _CLOSING.match(span.text):
            if opened is None:
                sink.add(_alone(span))
            else:
                found += _marker(opened, span, sink)
            opened = None
        elif not _OPENING.match(span.text):
            sink.add(_unreadable(span))
        else:
            if opened is not None:
                sink.add(_open(opened, span))
            opened = span
    if opened is not None:
        sink.add(_open(opened))
    return tuple(found)


def _comments(source: Source) -> Iterator[Span]:
    """Yield the comments that mean graphc and begin a line."""
    for element in scan(source):
        if not isinstance(element, Html) or element.inner:
            continue
        found = _MARKER.match(source.text, element.start, element.end)
        if found:
            yield Span(source, found.start(), len(found[0].rstrip()) + found.start())


def _marker(opened: Span, closed: Span, sink: Sink) -> Iterator[Marker]:
    source = opened.source
    number = opened.first.line
    start = source.line_starts[number]
    end = source.line_starts[closed.first.line - 1]
    line = source.text[source.line_starts[number - 1] : start]
    line_end = line[len(line.rstrip("\r\n")) :]
    before = _NO_MARK.sub(" ", line[: opened.first.column - 1])
    words = tuple(_words(opened, sink))
    yield Marker(opened, words, Span(source, start, end), before, line_end)


def _words(opened: Span, sink: Sink) -> Iterator[Word]:
    source, found = opened.source, _OPENING.match(opened.text)
    start, end = found.span(1) if found else (0, 0)
    for word in _WORD.finditer(opened.text, start, end):
        span = Span(source, opened.start + word.start(), opened.start + word.end())
        key, quoted, plain = word.groups()
        if quoted is None and plain is None:
            sink.add(_unreadable(span))
            continue
        yield Word(key, plain if quoted is None else quoted, span)


def _unreadable(span: Span) -> Diagnostic:
    remedy = "write `<!-- graphc: SPEC as=table -->`, and `<!-- /graphc -->` below"
    place = Place(span, "no marker")
    return Diagnostic(Code.GC521, "a marker cannot be read", place, help=(remedy,))


def _alone(span: Span) -> Diagnostic:
    place = Place(span, "closes nothing")
    return Diagnostic(Code.GC522, "a marker is closed that was not opened", place)


def _open(span: Span, inner: Span | None = None) -> Diagnostic:
    related = () if inner is None else (Place(inner, "another one begins within it"),)
    return Diagnostic(
        Code.GC522,
        "a marker is never closed",
        Place(span, "opened here"),
        related=related,
        help=("write `<!-- /graphc -->` on a line of its own below it",),
    )
