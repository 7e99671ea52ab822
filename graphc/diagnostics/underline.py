"""The marks within one line, laid out so that no message hides another."""

from collections.abc import Iterator, Sequence

from graphc.diagnostics.display import Quoted, visible
from graphc.diagnostics.lanes import Lanes
from graphc.diagnostics.marks import Mark
from graphc.diagnostics.style import Piece, Style
from graphc.record import record


@record
class Underline:
    """A mark and the cells below the quoted line that it takes."""

    mark: Mark
    cells: range


def underline(
    marks: Sequence[Mark], quoted: Quoted, lanes: Lanes, encoding: str
) -> Iterator[list[Piece]]:
    """Yield the rows below a quoted line.

    The underlines share the first row. The message of the one furthest to the right
    stands behind them; each other message hangs on a line of its own below its mark.
    """
    if not marks:
        return
    lines = [Underline(mark, _shifted(mark, quoted, lanes.margin)) for mark in marks]
    inline = max(lines, key=_rightmost)
    yield [*_signs(lines, lanes), *said(inline.mark, encoding)]
    hanging = sorted(
        (line for line in lines if line is not inline and line.mark.message),
        key=lambda line: line.cells.start,
        reverse=True,
    )
    if hanging:
        yield _strings(hanging, lanes)
    for index, line in enumerate(hanging):
        left = [one for one in hanging[index:] if one.cells.start < line.cells.start]
        row = _strings(left, lanes, width=line.cells.start)
        yield [*row, Piece(visible(line.mark.message, encoding), line.mark.style)]


def said(mark: Mark, encoding: str) -> list[Piece]:
    """Return the message of a mark, to stand behind its underline."""
    if not mark.message:
        return []
    return [Piece(" "), Piece(visible(mark.message, encoding), mark.style)]


def _shifted(mark: Mark, quoted: Quoted, margin: int) -> range:
    cells = quoted.cells(mark.start, mark.end)
    return range(cells.start + margin, cells.stop + margin)


def _rightmost(line: Underline) -> tuple[int, int, bool]:
    return (line.cells.stop, line.cells.start, _primary(line))


def _primary(line: Underline) -> bool:
    return line.mark.style is not Style.FRAME


def _signs(lines: Sequence[Underline], lanes: Lanes) -> list[Piece]:
    """Return the row of underlines; a short one shows on top of a long one."""
    canvas = lanes.canvas()
    for line in sorted(lines, key=lambda one: (-len(one.cells), _primary(one))):
        canvas.fill(line.cells, line.mark.sign, line.mark.style)
    return canvas.pieces()


def _strings(
    lines: Sequence[Underline], lanes: Lanes, *, width: int = 0
) -> list[Piece]:
    """Return a row with the lines that lead from the marks down to their messages."""
    canvas = lanes.canvas()
    for line in lines:
        canvas.put(line.cells.start, "|", line.mark.style)
    return canvas.pieces(width)
