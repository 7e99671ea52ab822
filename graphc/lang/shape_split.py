"""Where an ``x`` parts the dims of a shape, and where it belongs to a name."""

import re

from graphc.record import record


@record
class Piece:
    """The characters ``start`` to ``end`` of a text, offsets from 0."""

    start: int
    end: int


_SIGN = re.compile(r"([\u00d7@]|(?<=\s)x(?=\s))\s*")
_PART = re.compile(r"[0-9]+|[^\W\d][0-9]*")
_LOWER = re.compile(r"[a-z]")
_OTHER = re.compile(r"[*,+\-/%()\[\]]")


def split_shape(text: str) -> tuple[Piece, ...] | None:
    """Return the dims of ``3x224x224``, ``CxHxW``, ``tokens x dim``, ``64@112x112``.

    None if the text is not of that form: it holds other signs, or its ``x`` belong to
    names. A multiplication sign and an ``x`` between blanks part any names. An ``x``
    without blanks parts integers, ``_`` and single letters with or without digits
    (``C``, ``H2``); but two letters alone, one of them in lower case, are a name
    (``exp``), and so is every longer word (``max``, ``text``). At most one ``@``,
    behind the first dim. Linear in the text.
    """
    if _OTHER.search(text):
        return None
    start = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    pieces: list[Piece] = []
    for sign in _SIGN.finditer(text, start, end):
        if sign[1] == "x" and sign.start() == start:
            continue  # the blank before it belongs to another sign
        if sign[1] == "@" and pieces:
            return None
        before = len(text[start : sign.start()].rstrip())
        pieces.extend(_split_tight(text, Piece(start, start + before)))
        start = sign.end()
    pieces.extend(_split_tight(text, Piece(start, end)))
    return tuple(pieces) if len(pieces) > 1 else None


def _split_tight(text: str, piece: Piece) -> list[Piece]:
    """Return the parts between the ``x`` of a run without blanks, or it as a whole."""
    word = text[piece.start : piece.end]
    parts = word.split("x")
    if not all(_PART.fullmatch(part) for part in parts) or _is_name(word, parts):
        return [piece]
    pieces = []
    at = piece.start
    for part in parts:
        pieces.append(Piece(at, at + len(part)))
        at += len(part) + 1
    return pieces


def _is_name(word: str, parts: list[str]) -> bool:
    """Whether a word that could be parted is read as a name: ``exp``, not ``CxH``."""
    has_lower = any(_LOWER.match(part) for part in parts)
    return len(parts) == 2 and word.isidentifier() and has_lower
