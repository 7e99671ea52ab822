"""The words, numbers and signs of a label."""

import re
from collections.abc import Sequence
from enum import Enum
from itertools import pairwise

from graphc.record import record


class Sort(Enum):
    """What a token is."""

    WORD = "letters"
    NUMBER = "a number"
    CROSS = "numbers with x between them"
    COUNT = "a number with commas, a 0 before it or no end, which is no value"
    SIGN = "any other character"


@record
class Token:
    """A run of characters: ``start`` to ``end`` are offsets from 0 into the label.

    ``glued`` tells that nothing stands between it and the token before.
    """

    sort: Sort
    text: str
    start: int
    end: int
    glued: bool

    def is_sign(self, *signs: str) -> bool:
        """Whether this is one of the signs."""
        return self.sort is Sort.SIGN and self.text in signs


_TOKEN = re.compile(
    r"(?P<COUNT>[0-9]{1,3}(?:,[0-9]{3})+(?![0-9,]))"
    r"|(?P<CROSS>[0-9]+(?:\s?[x\u00d7*]\s?[0-9]+)+(?![0-9.]))"
    r"|(?P<NUMBER>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)"
    r"|(?P<WORD>[^\W\d_]+)"
    r"|(?P<SIGN>->|\S)"
)
_ODD = re.compile(r"(?:^|[^0-9.])(?:0[0-9]|[0-9]{19})")
_PAIRS = {"(": ")", "[": "]"}
_HUMP = re.compile(r"(?<=[^\W\d_])(?=[A-Z][a-z])|(?<=[a-z])(?=[A-Z])")


def tokens_of(text: str, start: int, end: int) -> tuple[Token, ...]:
    """Return the tokens of a stretch of a label; any has some, or is blank.

    A word ends before a capital that follows a small letter, or that a small letter
    follows: ``MaxPool`` is two. ``->`` is the sign of an arrow. Linear in the text.
    """
    tokens: list[Token] = []
    behind = -1
    for found in _TOKEN.finditer(text, start, end):
        sort = Sort[found.lastgroup or "SIGN"]
        glued = found.start() == behind
        behind = found.end()
        if sort in (Sort.NUMBER, Sort.CROSS) and _ODD.search(found[0]):
            sort = Sort.COUNT
        if sort is Sort.WORD:
            tokens += _humps(text, found.start(), found.end(), glued=glued)
            continue
        sign = "\u2192" if found[0] == "->" else found[0]
        tokens.append(Token(sort, sign, found.start(), found.end(), glued))
    return tuple(tokens)


def _humps(text: str, start: int, end: int, *, glued: bool) -> list[Token]:
    """Return the words that ``text[start:end]``, letters alone, is made of."""
    cuts = [start, *(cut.start() for cut in _HUMP.finditer(text, start, end)), end]
    cuts = sorted(set(cuts))
    return [
        Token(Sort.WORD, text[first:last], first, last, glued or first > start)
        for first, last in pairwise(cuts)
    ]


def brackets_of(tokens: Sequence[Token]) -> dict[int, int]:
    """Return the brackets that are closed, and by which tokens."""
    closing: dict[int, int] = {}
    opened: list[int] = []
    for at, token in enumerate(tokens):
        if token.is_sign(*_PAIRS):
            opened.append(at)
        elif token.is_sign(*_PAIRS.values()):
            if opened and _PAIRS[tokens[opened[-1]].text] == token.text:
                closing[opened.pop()] = at
            else:
                opened.clear()
    return closing
