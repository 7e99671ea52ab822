"""Text as a terminal shows it: escaped where it must be, measured in cells."""

import unicodedata
from collections.abc import Iterable, Sequence
from typing import TextIO

from graphc.diagnostics.number import numeral
from graphc.record import record

TAB = 4
"""Cells from one tab stop to the next."""

LIMIT = 120
"""Characters of a quoted line that are shown without a cut."""

CONTEXT = 30
"""Characters shown on each side of a mark's ends where a line is cut."""

CUT = "..."
"""What stands for the characters, or lines, left out."""

_UNSAFE = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
_ESCAPES = {"\t": r"\t", "\n": r"\n", "\r": r"\r"}


@record
class Quoted:
    """A line of a source as it is shown.

    ``text`` has its tabs expanded, its control characters escaped, and ``...`` for what
    is cut. ``begins`` and ``ends`` give, for the shown characters of the line (indices
    from 0), the cells (from 0) at which they begin and behind which they end.
    """

    text: str
    begins: dict[int, int]
    ends: dict[int, int]

    def cells(self, start: int, end: int) -> range:
        """Return the cells of the characters ``start`` to ``end``, one at the least."""
        first = self.begins[start]
        return range(first, max(self.ends[end - 1] if end > start else 0, first + 1))


def visible(text: str, encoding: str = "utf-8") -> str:
    r"""Return ``text`` with all that a terminal would act upon or hide escaped.

    Escaped are control and format characters (``\x1b``, ``\u202e``), line and paragraph
    separators, blanks that look like a space and are none, lone surrogates, characters
    without a meaning that all agree on, and what ``encoding`` cannot hold. Wide and
    accented letters stay.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(character, encoding) for character in text)


def width(text: str) -> int:
    """Return the cells that ``text``, free of control characters, takes."""
    if text.isascii():
        return len(text)
    return sum(_cells(character) for character in text)


def quote(line: str, points: Iterable[int], encoding: str = "utf-8") -> Quoted:
    """Return ``line`` as shown, cut if it is long; what is near ``points`` stays.

    Points are indices of characters, from 0; the length of the line is one too.
    """
    shown = ""
    begins: dict[int, int] = {}
    ends: dict[int, int] = {}
    column = 0
    for kept in _kept(len(line), sorted(points)):
        if kept.start not in (0, len(line)):
            shown, column = shown + CUT, column + len(CUT)
        for index in kept:
            character = line[index]
            cell = _expanded(character, column, encoding)
            wide = width(cell)
            begins[index] = column if wide else max(column - 1, 0)
            shown, column = shown + cell, column + wide
            ends[index] = column
        begins[kept.stop] = column
    if kept.stop < len(line):
        shown += CUT
    return Quoted(shown, begins, ends)


def write(stream: TextIO, text: str) -> None:
    r"""Write ``text``; what the stream's encoding lacks goes out as ``\u1234``."""
    encoding = stream.encoding or "utf-8"
    stream.write(text.encode(encoding, "backslashreplace").decode(encoding))


def _kept(length: int, points: Sequence[int]) -> list[range]:
    """Return the stretches of a line to show, in order, one at the least."""
    if length <= LIMIT:
        return [range(length)]
    if not points:
        return [range(LIMIT)]
    stretches: list[range] = []
    for point in points:
        start, stop = max(point - CONTEXT, 0), min(point + CONTEXT, length)
        if stretches and start <= stretches[-1].stop + len(CUT):
            start = stretches.pop().start
        stretches.append(range(start, stop))
    return stretches


def _expanded(character: str, column: int, encoding: str) -> str:
    if character == "\t":
        return " " * (TAB - column % TAB)
    return _shown(character, encoding)


def _shown(character: str, encoding: str) -> str:
    if " " <= character <= "~":
        return character
    if _safe(character) and _encodable(character, encoding):
        return character
    return _ESCAPES.get(character) or _escape(ord(character))


def _safe(character: str) -> bool:
    category = unicodedata.category(character)
    if category == "Zs":
        return character in " \u3000"
    return category not in _UNSAFE


def _encodable(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _escape(point: int) -> str:
    if point <= 0xFF:
        return f"\\x{point:02x}"
    return f"\\u{point:04x}" if point <= 0xFFFF else f"\\U{point:08x}"


def _cells(character: str) -> int:
    """Return 0, 1 or 2, by Unicode's East Asian Width (UAX 11) and category."""
    if unicodedata.category(character) in {"Mn", "Me"}:
        return 0
    if "\u1160" <= character <= "\u11ff":  # the vowels and finals of a Hangul syllable
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def counted(number: int, noun: str) -> str:
    """Return a number of things in words: ``1 size``, ``1,000 sizes``."""
    return f"{numeral(number)} {noun}{'' if number == 1 else 's'}"
