"""A row of cells to draw signs and lines on."""

from itertools import groupby

from graphc.diagnostics.style import Piece, Style

_BLANK = (" ", Style.PLAIN)


class Canvas:
    """One row under a quoted line, drawn cell by cell; cells count from 0."""

    def __init__(self) -> None:
        self._cells: dict[int, tuple[str, Style]] = {}

    def put(self, cell: int, sign: str, style: Style) -> None:
        """Draw ``sign`` in a cell, over whatever is there."""
        self._cells[cell] = (sign, style)

    def fill(self, cells: range, sign: str, style: Style) -> None:
        """Draw ``sign`` in every cell of a range, over whatever is there."""
        for cell in cells:
            self.put(cell, sign, style)

    def underlay(self, cells: range, sign: str, style: Style) -> None:
        """Draw ``sign`` in those cells of a range that are still blank."""
        for cell in cells:
            self._cells.setdefault(cell, (sign, style))

    def pieces(self, width: int = 0) -> list[Piece]:
        """Return the row, filled with blanks up to ``width`` cells."""
        end = max([width, *(cell + 1 for cell in self._cells)])
        cells = [self._cells.get(cell, _BLANK) for cell in range(end)]
        runs = groupby(cells, key=lambda cell: cell[1])
        return [Piece("".join(sign for sign, _ in run), style) for style, run in runs]
