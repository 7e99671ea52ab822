"""The tokens of the notation: numbers, names, quoted texts and symbols."""

import re
from enum import Enum

from graphc.record import record


class Kind(Enum):
    """What a token is."""

    NUMBER = "a number"
    NAME = "a name"
    TEXT = "a quoted text"
    SYMBOL = "a symbol"
    MALFORMED = "what begins like a number and is none"
    UNCLOSED = "a quoted text without its end"
    STRAY = "a character that the notation does not use"
    END = "the end of the text"


@record
class Token:
    """A run of characters: ``start`` to ``end`` are offsets from 0 into the text.

    ``spaced`` tells whether the text begins or a blank stands before it.
    """

    kind: Kind
    text: str
    start: int
    end: int
    spaced: bool

    def is_symbol(self, *symbols: str) -> bool:
        """Whether this is one of the symbols."""
        return self.kind is Kind.SYMBOL and self.text in symbols

    @property
    def is_operand(self) -> bool:
        """Whether this is a value by itself: a number, a name or a quoted text."""
        return self.kind in (Kind.NUMBER, Kind.NAME, Kind.TEXT)

    @property
    def is_repeat_mark(self) -> bool:
        """Whether this may be the ``x`` of ``5 x Name``."""
        return self.is_symbol("\u00d7") or (self.kind is Kind.NAME and self.text == "x")


_BLANK = re.compile(r"\s+")
_NUMBER = re.compile(r"(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_TEXT = re.compile(r'"(?:[^"\\]|\\.)*+"|' r"'(?:[^'\\]|\\.)*+'", re.DOTALL)
_SYMBOL = re.compile(r"//|\*\*|[-+*/%()\[\],=@\u00d7]")
_LEADING_ZERO = re.compile(r"0[0-9]")


_PLAIN = re.compile(
    r"(?:(?P<name>[A-Za-z_][A-Za-z0-9_]*)|(?P<number>0|[1-9][0-9]*))"
    r"(?![\w.]|[^\x00-\x7f])"
    r"|(?P<symbol>//|\*\*|[-+*/%()\[\],=@\u00d7])"
)
_PLAIN_KINDS = {"name": Kind.NAME, "number": Kind.NUMBER, "symbol": Kind.SYMBOL}
"""Names, integers and symbols of ASCII that nothing behind them makes longer."""


def tokenize(text: str) -> tuple[Token, ...]:
    """Return the tokens of a text, an END last; any text has tokens.

    number    = digits ["." digits] [("e" | "E") ["+" | "-"] digits], no leading zero
    name      = a Python identifier, or several joined by "." without blanks
    text      = in double or single quotes; a backslash before a quote or backslash
                makes it literal
    symbol    = + - * / // % ( ) [ ] , = @ and the sign of multiplication; ** is one
                symbol so that it can be refused as a whole

    ``5x`` is a number and the name ``x``; every other number with letters behind it
    (``3x3``, ``1_000``, ``0x10``) is malformed. Linear in the text.
    """
    tokens = []
    at = 0
    end = len(text)
    while at < end:
        blank = _BLANK.match(text, at) if text[at].isspace() else None
        spaced = blank is not None or at == 0
        if blank is not None:
            at = blank.end()
            if at == end:
                break
        plain = _PLAIN.match(text, at)
        if plain is not None:
            kind, stop = _PLAIN_KINDS[plain.lastgroup or ""], plain.end()
        else:
            kind, stop = scan(text, at)
        tokens.append(Token(kind, text[at:stop], at, stop, spaced))
        at = stop
    tokens.append(Token(Kind.END, "", end, end, spaced=True))
    return tuple(tokens)


def text_value(token: str) -> str:
    """Return what a quoted text says: without its quotes and their escapes."""
    return re.sub(r"""\\(["'\\])""", r"\1", token[1:-1])


def scan(text: str, at: int) -> tuple[Kind, int]:
    """Return the kind of the token at ``at``, and where it stops."""
    if number := _NUMBER.match(text, at):
        return _scan_number(text, at, number.end())
    if text[at].isidentifier():
        return Kind.NAME, _scan_name(text, at)
    if quoted := _TEXT.match(text, at):
        return Kind.TEXT, quoted.end()
    if text[at] in "\"'":
        return Kind.UNCLOSED, len(text)
    if symbol := _SYMBOL.match(text, at):
        return Kind.SYMBOL, symbol.end()
    return Kind.STRAY, at + 1


def _scan_number(text: str, at: int, stop: int) -> tuple[Kind, int]:
    """Look behind the number ``text[at:stop]``, whether letters make it malformed."""
    end = len(text)
    tail = stop
    while tail < end and (_continues_name(text[tail]) or text[tail] == "."):
        tail += 1
    if text[stop:tail] not in ("", "x"):
        return Kind.MALFORMED, tail
    if _LEADING_ZERO.match(text, at, stop):
        return Kind.MALFORMED, stop
    return Kind.NUMBER, stop


def _scan_name(text: str, at: int) -> int:
    """Return where the name that begins at ``at`` stops, its dotted parts included."""
    end = len(text)
    while at < end:
        at += 1
        while at < end and _continues_name(text[at]):
            at += 1
        if not (at + 1 < end and text[at] == "." and text[at + 1].isidentifier()):
            return at
        at += 1
    return at


def _continues_name(character: str) -> bool:
    return ("_" + character).isidentifier()
