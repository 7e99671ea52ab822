"""What was written and where: a text, and a stretch of it."""

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Position:
    """A place between two characters: line and column, both from 1."""

    line: int
    column: int


@dataclass(frozen=True, eq=False)
class Source:
    """A text as it was read, and the name that reports show for it.

    Two sources are the same only if they are the same object: a file read twice may
    have changed in between.
    """

    name: str
    text: str

    @cached_property
    def line_starts(self) -> list[int]:
        r"""Offsets, from 0, at which the lines begin; ``\n``, ``\r\n``, ``\r`` end one."""
        starts = [0]
        text = self.text
        at = 0
        while True:
            newline, carriage = text.find("\n", at), text.find("\r", at)
            ends = [end for end in (newline, carriage) if end >= 0]
            if not ends:
                return starts
            at = min(ends) + 1
            if text.startswith("\r\n", at - 1):
                at += 1
            starts.append(at)

    def position(self, offset: int) -> Position:
        """Line and column, in characters from 1, of the character at ``offset``."""
        line = bisect_right(self.line_starts, offset)
        return Position(line, offset - self.line_starts[line - 1] + 1)

    def line(self, number: int) -> str:
        """Return the text of line ``number``, from 1, without its line end."""
        starts = self.line_starts
        end = starts[number] if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end].rstrip("\r\n")


@dataclass(frozen=True, slots=True)
class Span:
    """The characters ``start`` to ``end`` (offsets from 0, end not included)."""

    source: Source
    start: int
    end: int

    @property
    def text(self) -> str:
        """The characters themselves."""
        return self.source.text[self.start : self.end]

    @property
    def first(self) -> Position:
        """Where the stretch begins."""
        return self.source.position(self.start)

    @property
    def last(self) -> Position:
        """The place just behind its last character."""
        return self.source.position(self.end)

    def to(self, other: "Span") -> "Span":
        """Return the stretch from the start of this one to the end of ``other``."""
        return Span(self.source, self.start, other.end)
