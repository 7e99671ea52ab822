"""A line of a document, read from the left: blanks, tabs and columns."""

import re
from collections.abc import Iterator

from graphc.markdown.pieces import Pieces
from graphc.source import Source

_LINE = re.compile(r"[^\r\n]*(\r\n|[\r\n]|\Z)")
_BLANKS = re.compile(r"[ \t]*")
_TAB = 4


class Line:
    """A line and how far it has been read.

    ``at`` is the offset of the first character that is not read yet, ``end`` that of
    the line end, ``next`` that of the next line. ``indent`` is the width of the blanks
    at ``at``, where a tab leads to the next of the columns 4, 8, ... of the line, and
    ``first`` the offset of what follows them. A tab may be read in part, as CommonMark
    has it.
    """

    __slots__ = (
        *("_column", "_part", "_plain"),
        *("at", "end", "first", "indent", "next", "source"),
    )

    def __init__(self, source: Source, at: int, end: int, following: int) -> None:
        self.source = source
        self.at = at
        self.end = end
        self.next = following
        self._column = 0
        self._part = False
        self._look()

    @property
    def blank(self) -> bool:
        """Whether nothing but blanks is left of it."""
        return self.first == self.end

    @property
    def char(self) -> str:
        """The first character behind the blanks, or nothing."""
        return self.source.text[self.first] if self.first < self.end else ""

    def match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Return how ``pattern`` fits what follows the blanks, up to the line end."""
        return pattern.match(self.source.text, self.first, self.end)

    def skip(self, width: int) -> None:
        """Read on by ``width`` columns of blanks, or as many as there are."""
        if not width or self.at == self.first:
            return
        if self._plain:
            step = min(width, self.indent)
            self.at += step
            self.indent -= step
            self._column += step
            return
        text = self.source.text
        while width and self.at < self.first:
            step = 1
            if text[self.at] == "\t":
                step = _TAB - self._column % _TAB
            self._part = step > width
            self._column += min(step, width)
            width -= min(step, width)
            self.at += not self._part
        self._look()

    def read(self, to: int) -> None:
        """Read on to the offset ``to`` behind the blanks."""
        self._column += self.indent + to - self.first
        self._part = False
        self.at = to
        self._look()

    def give(self, pieces: Pieces) -> None:
        """Give what is left, with the line end; what is left of a tab as blanks."""
        at = self.at
        if self._part:
            blanks = " " * (_TAB - self._column % _TAB)
            pieces.stand_in(blanks, at, at + 1)
            at += 1
        pieces.add(at, self.end)
        pieces.line_end(self.end, self.next)

    def _look(self) -> None:
        text = self.source.text
        self.first = self.at
        if text.startswith((" ", "\t"), self.at):
            found = _BLANKS.match(text, self.at, self.end)
            self.first = found.end() if found else self.at
        self.indent = self.first - self.at
        self._plain = not self._part and text.find("\t", self.at, self.first) < 0
        if not self._plain:
            column = self._column
            for char in text[self.at : self.first]:
                column += _TAB - column % _TAB if char == "\t" else 1
            self.indent = column - self._column


def lines(source: Source, start: int = 0) -> Iterator[Line]:
    """Return the lines from ``start`` on; nothing behind the last line end is none."""
    for found in _LINE.finditer(source.text, start):
        if found.start() < len(source.text):
            yield Line(source, found.start(), found.start(1), found.end())
