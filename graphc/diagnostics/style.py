"""How printed text is coloured, and whether it is."""

from collections.abc import Iterable, Mapping
from enum import Enum
from itertools import groupby
from typing import TextIO

from graphc.record import record


class Style(Enum):
    """The part a piece of a report plays; its value is the ANSI rendition for it."""

    PLAIN = ""
    STRONG = "1"
    ERROR = "1;31"
    WARNING = "1;33"
    NOTE = "1;36"
    FRAME = "1;34"


@record
class Piece:
    """Text to be printed in one style."""

    text: str
    style: Style = Style.PLAIN


def paint(row: Iterable[Piece], *, color: bool) -> str:
    """Return the row as one string without blanks at its end, in colour if asked."""
    pieces = _trimmed(row)
    if not color:
        return "".join(piece.text for piece in pieces)
    runs = groupby(pieces, key=lambda piece: piece.style)
    return "".join(
        _rendition(style, "".join(piece.text for piece in run)) for style, run in runs
    )


def use_color(stream: TextIO, environ: Mapping[str, str]) -> bool:
    """Whether reports on ``stream`` are coloured.

    ``NO_COLOR`` (set and not empty) says no, else ``FORCE_COLOR`` says yes (``0``: no),
    else ``TERM=dumb`` says no, else a terminal is coloured and nothing else is.
    """
    if environ.get("NO_COLOR"):
        return False
    if forced := environ.get("FORCE_COLOR"):
        return forced != "0"
    return environ.get("TERM") != "dumb" and stream.isatty()


def _trimmed(row: Iterable[Piece]) -> list[Piece]:
    pieces = list(row)
    while pieces and not pieces[-1].text.rstrip(" "):
        pieces.pop()
    if pieces:
        last = pieces.pop()
        pieces.append(Piece(last.text.rstrip(" "), last.style))
    return pieces


def _rendition(style: Style, text: str) -> str:
    return f"\x1b[{style.value}m{text}\x1b[0m" if style.value else text
