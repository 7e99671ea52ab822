"""Findings as text for people: the line at fault, with what is wrong drawn below it."""

from collections.abc import Iterable, Iterator

from graphc.diagnostics.diagnostic import Diagnostic, Severity
from graphc.diagnostics.display import counted, visible
from graphc.diagnostics.frame import Frame
from graphc.diagnostics.marks import Mark, primary, secondary, style_of
from graphc.diagnostics.style import Piece, Style, paint
from graphc.source import Source

Row = list[Piece]


def render_text(
    diagnostics: Iterable[Diagnostic], *, color: bool = False, encoding: str = "utf-8"
) -> str:
    r"""Return the findings in the given order, one blank line between two of them.

    Each has its headline, a frame for each source it points into, its notes and its
    help. What is quoted from a spec is escaped where a terminal would act on it; what
    ``encoding`` cannot hold is written ``\u1234``, with the marks still in place.
    """
    reports = [_report(diagnostic, encoding) for diagnostic in diagnostics]
    return "\n".join(
        "".join(paint(row, color=color) + "\n" for row in report) for report in reports
    )


def count(diagnostics: Iterable[Diagnostic]) -> str:
    """Return how many there are, as in ``2 errors, 1 warning, 1 note``."""
    found = [diagnostic.severity for diagnostic in diagnostics]
    parts = [
        counted(number, severity.value)
        for severity in Severity
        if (number := found.count(severity))
    ]
    return ", ".join(parts) or "no errors"


def _report(diagnostic: Diagnostic, encoding: str) -> Iterator[Row]:
    frames = _frames(diagnostic, encoding)
    gutter = frames[0].gutter if frames else 1
    yield _headline(diagnostic, encoding)
    if diagnostic.place is None and diagnostic.file is not None:
        name = visible(diagnostic.file, encoding)
        yield [Piece(f"{'':{gutter}}--> ", Style.FRAME), Piece(name)]
    for index, frame in enumerate(frames):
        first = index == 0 and diagnostic.place is not None
        if index > 0:
            yield [Piece(f"{'':{gutter}} |", Style.FRAME)]
        yield _location(frame, "-->" if first else ":::", encoding)
        yield [Piece(f"{'':{gutter}} |", Style.FRAME)]
        yield from frame.rows()
    remarks = list(_remarks(diagnostic, gutter, encoding))
    if frames and remarks:
        yield [Piece(f"{'':{gutter}} |", Style.FRAME)]
    yield from remarks


def _headline(diagnostic: Diagnostic, encoding: str) -> Row:
    label = f"{diagnostic.severity.value}[{diagnostic.code.name}]"
    message = visible(diagnostic.message, encoding)
    return [
        Piece(label, style_of(diagnostic.severity)),
        Piece(f": {message}", Style.STRONG),
    ]


def _frames(diagnostic: Diagnostic, encoding: str) -> list[Frame]:
    """Return a frame for each source, that of the primary place first."""
    marked: dict[Source, list[Mark]] = {}
    if diagnostic.place is not None:
        mark = primary(diagnostic.place, diagnostic.severity)
        marked[diagnostic.place.span.source] = [mark]
    for place in diagnostic.related:
        marked.setdefault(place.span.source, []).append(secondary(place))
    lines = [mark.last_line for marks in marked.values() for mark in marks]
    gutter = len(str(max(lines, default=1)))
    return [
        Frame(source, tuple(marks), gutter, encoding)
        for source, marks in marked.items()
    ]


def _location(frame: Frame, arrow: str, encoding: str) -> Row:
    mark = frame.marks[0]
    name = visible(frame.source.name, encoding)
    return [
        Piece(f"{'':{frame.gutter}}{arrow} ", Style.FRAME),
        Piece(f"{name}:{mark.first_line}:{mark.start + 1}"),
    ]


def _remarks(diagnostic: Diagnostic, gutter: int, encoding: str) -> Iterator[Row]:
    """Yield the notes, then the help; lines after a first one stand below it."""
    remarks = [("note", note) for note in diagnostic.notes]
    remarks += [("help", remedy) for remedy in diagnostic.help]
    for label, text in remarks:
        first, *more = text.split("\n")
        sign = Piece(f"{'':{gutter}} = ", Style.FRAME)
        said = Piece(f": {visible(first, encoding)}")
        yield [sign, Piece(label, Style.STRONG), said]
        for line in more:
            indent = " " * (gutter + len(" = : ") + len(label))
            yield [Piece(indent + visible(line, encoding))]
