"""What was written and where: a text, and a stretch of it."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from enum import Enum
from functools import cached_property

from graphc.record import record

_LINE_END = re.compile(r"\r\n|[\r\n]")


class Language(Enum):
    """The language of a network's text, in which remedies for it are written."""

    YAML = "YAML"
    MERMAID = "Mermaid"


@record
class Position:
    """A place between two characters: line and column, both from 1."""

    line: int
    column: int


@record(eq=False, slots=False)
class Source:
    """A text as it was read, and the name that reports show for it.

    Two sources are the same only if they are the same object: a file read twice may
    have changed in between. ``language`` is MERMAID for a Markdown document too, whose
    networks are drawn in it.
    """

    name: str
    text: str
    language: Language = Language.YAML

    @cached_property
    def line_starts(self) -> list[int]:
        r"""Offsets, from 0, at which the lines begin.

        ``\n``, ``\r\n`` and ``\r`` end a line, as in YAML 1.2; U+0085, U+2028 and the
        other characters of ``str.splitlines`` do not.
        """
        return [0, *(end.end() for end in _LINE_END.finditer(self.text))]

    def position(self, offset: int) -> Position:
        """Line and column, in characters from 1, of the character at ``offset``."""
        line = bisect_right(self.line_starts, offset)
        return Position(line, offset - self.line_starts[line - 1] + 1)

    def line(self, number: int) -> str:
        """Return the text of line ``number``, from 1, without its line end."""
        starts = self.line_starts
        end = starts[number] if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end].rstrip("\r\n")


@record
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


@record
class Fragment:
    """A run of characters as the language sees it, and where each was written.

    ``offsets`` is None where ``text`` stands in ``span`` letter by letter; otherwise it
    holds the source offset (from 0) of each character and, last, the offset behind the
    text: ``len(text) + 1`` numbers that never fall. A quoted, escaped or folded scalar
    is such a fragment.
    """

    text: str
    span: Span
    offsets: tuple[int, ...] | None = None

    @property
    def places(self) -> Sequence[int]:
        """The source offset of each character, and that behind the last."""
        if self.offsets is not None:
            return self.offsets
        return range(self.span.start, self.span.start + len(self.text) + 1)

    def slice(self, start: int, end: int) -> Span:
        """Return where the characters ``start`` to ``end`` of ``text`` were written."""
        source = self.span.source
        if self.offsets is None:
            return Span(source, self.span.start + start, self.span.start + end)
        return Span(source, self.offsets[start], self.offsets[end])

    def cut(self, start: int, end: int) -> "Fragment":
        """Return the characters ``start`` to ``end`` as a fragment of their own."""
        offsets = self.offsets and self.offsets[start : end + 1]
        return Fragment(self.text[start:end], self.slice(start, end), offsets)
