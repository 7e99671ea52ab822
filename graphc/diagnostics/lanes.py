"""The lanes at the left of a frame: where marks over several lines run down."""

from collections.abc import Iterable

from graphc.diagnostics.canvas import Canvas
from graphc.diagnostics.marks import Mark


class Lanes:
    """A lane for each mark that spans lines, and which of them are open by now.

    Lanes count from 0 at the left; a mark around another one runs left of it, and a
    lane is used again below the mark that had it.
    """

    def __init__(self, marks: Iterable[Mark]) -> None:
        self._lanes = _assigned([mark for mark in marks if not mark.single])
        self._open: set[Mark] = set()
        self.margin = max(self._lanes.values()) + 2 if self._lanes else 0
        """The cells that the lanes and the blank behind them take."""

    def starting(self, line: int) -> list[Mark]:
        """Return the marks that start on a line, outer ones first."""
        return [mark for mark in self._lanes if mark.first_line == line]

    def ending(self, line: int) -> list[Mark]:
        """Return the marks that end on a line, inner ones first."""
        ending = [mark for mark in self._lanes if mark.last_line == line]
        return sorted(ending, key=self.lane, reverse=True)

    def lane(self, mark: Mark) -> int:
        """Return the lane, from 0, of a mark."""
        return self._lanes[mark]

    def enter(self, mark: Mark) -> None:
        """Draw the lane of a mark from here on."""
        self._open.add(mark)

    def leave(self, mark: Mark) -> None:
        """Draw the lane of a mark no more."""
        self._open.discard(mark)

    def canvas(self) -> Canvas:
        """Return a row with the open lanes drawn."""
        canvas = Canvas()
        for mark in self._open:
            canvas.put(self._lanes[mark], "|", mark.style)
        return canvas


def _assigned(marks: list[Mark]) -> dict[Mark, int]:
    lanes: dict[Mark, int] = {}
    for mark in sorted(marks, key=_outer):
        taken = {
            lane for other, lane in lanes.items() if other.last_line >= mark.first_line
        }
        lanes[mark] = min(set(range(len(taken) + 1)) - taken)
    return lanes


def _outer(mark: Mark) -> tuple[int, int, int, int]:
    return (mark.first_line, mark.start, -mark.last_line, -mark.end)
