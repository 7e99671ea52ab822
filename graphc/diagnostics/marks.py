"""The marks of a frame: the places of a finding as lines and characters."""

from graphc.diagnostics.diagnostic import Place, Severity
from graphc.diagnostics.style import Style
from graphc.record import record
from graphc.source import Source, Span


@record
class Mark:
    """A stretch to underline: ``first_line``, ``start`` to ``last_line``, ``end``.

    Lines count from 1, characters in a line from 0, ``end`` is not included.
    """

    first_line: int
    start: int
    last_line: int
    end: int
    message: str
    sign: str
    style: Style

    @property
    def single(self) -> bool:
        """Whether it stays within one line."""
        return self.first_line == self.last_line


def primary(place: Place, severity: Severity) -> Mark:
    """Return the mark of the place where the user would edit."""
    return _mark(place, "^", style_of(severity))


def style_of(severity: Severity) -> Style:
    """Return how findings of a severity are printed."""
    return Style[severity.name]


def secondary(place: Place) -> Mark:
    """Return the mark of a related place."""
    return _mark(place, "-", Style.FRAME)


def _mark(place: Place, sign: str, style: Style) -> Mark:
    source, start, end = place.span.source, place.span.start, _shown_end(place.span)
    first_line, first = _inside(source, start)
    last_line, last = _inside(source, end - 1) if end > start else (first_line, first)
    if end > start and last < len(source.line(last_line)):
        last += 1
    return Mark(first_line, first, last_line, last, place.message, sign, style)


def _shown_end(span: Span) -> int:
    """Return where the underline ends.

    YAML's block nodes end where the next one begins, lines below their last character:
    blanks at the end are left out. A stretch of blanks alone stays within its line.
    """
    written = span.text.rstrip()
    if written:
        return span.start + len(written)
    line = span.text.splitlines()
    return span.start + (len(line[0]) if line else 0)


def _inside(source: Source, offset: int) -> tuple[int, int]:
    """Return the line and the index in it; a line end counts as behind the line."""
    position = source.position(min(offset, len(source.text)))
    length = len(source.line(position.line))
    return position.line, min(position.column - 1, length)
