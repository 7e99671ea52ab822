"""The lines of a source with the marks drawn below them."""

from collections.abc import Iterator

from graphc.diagnostics.display import CUT, Quoted, quote
from graphc.diagnostics.lanes import Lanes
from graphc.diagnostics.marks import Mark
from graphc.diagnostics.style import Piece, Style
from graphc.diagnostics.underline import said, underline
from graphc.record import record
from graphc.source import Source

_WHOLE = 6
"""A mark over at most so many lines shows all of them."""

Row = list[Piece]


@record
class Frame:
    """The marked lines of one source; ``gutter`` is the width of a line number.

    A mark within a line is underlined. One over several lines has a lane at the left,
    from a corner at its start to a corner at its end, where its message stands.
    """

    source: Source
    marks: tuple[Mark, ...]
    gutter: int
    encoding: str = "utf-8"

    def rows(self) -> Iterator[Row]:
        """Yield the frame from top to bottom; distant lines have ``...`` between."""
        lanes = Lanes(self.marks)
        before: int | None = None
        for number in _numbers(self.marks):
            if before is not None and number > before + 1:
                gap = Piece(CUT.ljust(self.gutter + 3), Style.FRAME)
                yield [gap, *lanes.canvas().pieces()]
            yield from self._line(number, lanes)
            before = number

    def _line(self, number: int, lanes: Lanes) -> Iterator[Row]:
        quoted = self._quoted(number)
        label = Piece(f"{number:>{self.gutter}} | ", Style.FRAME)
        yield [label, *self._beside(number, lanes), Piece(quoted.text)]
        blank = Piece(f"{'':{self.gutter}} | ", Style.FRAME)
        for row in self._below(number, quoted, lanes):
            yield [blank, *row]

    def _quoted(self, number: int) -> Quoted:
        points: set[int] = set()
        for mark in self.marks:
            points |= {mark.start} if mark.first_line == number else set()
            points |= {mark.end} if mark.last_line == number else set()
        return quote(self.source.line(number), points, self.encoding)

    def _beside(self, number: int, lanes: Lanes) -> Row:
        """Return the lanes beside a line; a mark that begins the line begins here."""
        canvas = lanes.canvas()
        for mark in lanes.starting(number):
            if self._begins_line(mark):
                canvas.put(lanes.lane(mark), "/", mark.style)
                lanes.enter(mark)
        return canvas.pieces(lanes.margin)

    def _below(self, number: int, quoted: Quoted, lanes: Lanes) -> Iterator[Row]:
        """Yield the rows of the marks within a line, of those ending, then starting."""
        here = [mark for mark in self.marks if mark.single]
        here = [mark for mark in here if mark.first_line == number]
        yield from underline(here, quoted, lanes, self.encoding)
        for mark in lanes.ending(number):
            corner = quoted.cells(max(mark.end - 1, 0), mark.end).stop - 1
            yield [*_corner(mark, corner, lanes), *said(mark, self.encoding)]
            lanes.leave(mark)
        for mark in lanes.starting(number):
            if not self._begins_line(mark):
                yield _corner(mark, quoted.begins[mark.start], lanes)
                lanes.enter(mark)

    def _begins_line(self, mark: Mark) -> bool:
        return not self.source.line(mark.first_line)[: mark.start].strip()


def _corner(mark: Mark, cell: int, lanes: Lanes) -> Row:
    """Return the row that leads from the lane of a mark to its first or last cell."""
    canvas = lanes.canvas()
    corner = lanes.margin + cell
    canvas.put(corner, mark.sign, mark.style)
    canvas.underlay(range(lanes.lane(mark) + 1, corner), "_", mark.style)
    return canvas.pieces()


def _numbers(marks: tuple[Mark, ...]) -> list[int]:
    """Return the lines to show, from 1; a gap of one line is no gap."""
    shown: set[int] = set()
    for mark in marks:
        shown |= {mark.first_line, mark.last_line}
        if mark.last_line - mark.first_line < _WHOLE:
            shown |= set(range(mark.first_line, mark.last_line))
    return sorted(shown | {line + 1 for line in shown if line + 2 in shown})
