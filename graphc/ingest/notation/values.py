"""Values of arguments as people write them."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from graphc.ingest.notation.parts import Part
from graphc.ingest.notation.words import Sort, Token
from graphc.ir import Argument, Kind
from graphc.record import record

_LISTS = (Kind.AXES, Kind.PADDING, Kind.INTEGERS, Kind.PARTS, Kind.FACTORS)
_WORDS = ("true", "false")
_CLOSING: Mapping[str, str] = {"(": ")", "[": "]"}


@record
class Valued:
    """A value in the notation of specs, and how many tokens it is."""

    part: Part
    count: int


def value_at(tokens: Sequence[Token], at: int, argument: Argument) -> Valued | None:
    """Return the value for an argument that stands at a token, or None.

    value = number ["%"] | cross | "(" numbers ")" | "[" numbers "]" | word

    A cross or list of equal numbers is one of them for what has a value for each axis.
    """
    if at >= len(tokens):
        return None
    token = tokens[at]
    if token.sort is Sort.NUMBER:
        return _number(tokens, at, argument)
    if token.sort is Sort.CROSS and argument.kind in _LISTS:
        return Valued(Part(listed(numbers_of(token)), token.start, token.end), 1)
    if token.is_sign(*_CLOSING) and argument.kind in _LISTS:
        return _list(tokens, at)
    word = token.text.lower()
    if token.sort is Sort.WORD and word in (*_WORDS, *argument.choices):
        return Valued(Part(word, token.start, token.end), 1)
    return None


def numbers_of(cross: Token) -> list[str]:
    """Return the numbers of a cross: 3 and 3 of ``3x3``."""
    text = cross.text.replace("\u00d7", "x").replace("*", "x")
    return [number.strip() for number in text.split("x")]


def listed(numbers: Sequence[str]) -> str:
    """Return numbers as one, where they are equal, or as a list."""
    return numbers[0] if len(set(numbers)) == 1 else f"[{','.join(numbers)}]"


def _number(tokens: Sequence[Token], at: int, argument: Argument) -> Valued | None:
    token = tokens[at]
    if argument.kind is Kind.NUMBER:
        if at + 1 < len(tokens) and tokens[at + 1].is_sign("%"):
            share = str(float(Fraction(token.text) / 100))
            return Valued(Part(share, token.start, tokens[at + 1].end), 2)
        return Valued(Part(token.text, token.start, token.end), 1)
    if not token.text.isdigit() or argument.kind in (Kind.FLAG, Kind.WORD):
        return None
    return Valued(Part(token.text, token.start, token.end), 1)


def _list(tokens: Sequence[Token], at: int) -> Valued | None:
    """Return the flat list of numbers whose bracket stands at a token."""
    closing = _CLOSING[tokens[at].text]
    numbers: list[str] = []
    for end in range(at + 1, len(tokens)):
        token = tokens[end]
        if token.is_sign(closing):
            return _closed(numbers, tokens[at], token, end - at + 1)
        if token.sort is Sort.NUMBER and token.text.isdigit():
            numbers.append(token.text)
        elif token.sort is Sort.CROSS:
            numbers += numbers_of(token)
        elif not token.is_sign(","):
            return None
    return None


def _closed(
    numbers: Sequence[str], first: Token, last: Token, count: int
) -> Valued | None:
    if not numbers:
        return None
    return Valued(Part(listed(numbers), first.start, last.end), count)
