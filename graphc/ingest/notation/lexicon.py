"""Ops by what people call them."""

from collections.abc import Iterator, Sequence

from graphc.ingest.notation.phrases import (
    EXACT,
    KINDS,
    PHRASES,
    RANKS,
    SYNONYMS,
    UNCLEAR,
    UNDRAWN,
)
from graphc.ingest.notation.words import Sort, Token
from graphc.ops import OP_NAMES, find
from graphc.record import record

_MOST_TOKENS = 8


@record
class Called:
    """What tokens are called after: ``label`` is a row of ops in the notation of specs.

    ``unclear`` tells what is wrong with a phrase that says too little, ``undrawn`` that
    the row begins with a Linear nobody draws. ``count`` is how many tokens were read,
    words that tell nothing new included; ``name`` how many of them are the name.
    """

    label: str
    count: int
    name: int
    undrawn: bool = False
    unclear: str = ""


def _names() -> dict[str, str]:
    ops = {name.lower(): op.name for name in OP_NAMES if (op := find(name))}
    return {**ops, **PHRASES}


_NAMES = _names()
_EXACT = {name.lower(): name for name in EXACT}


def called(tokens: Sequence[Token], at: int) -> Called | None:
    """Return the longest name of an op that begins at a token, or None."""
    found: Called | None = None
    for key, count in _keys(tokens, at):
        written = "".join(token.text for token in tokens[at : at + count])
        if _EXACT.get(key, written) != written and not _is_member(tokens, at):
            continue
        if key in UNCLEAR:
            found = Called("", count, count, unclear=UNCLEAR[key])
        elif key in UNDRAWN:
            found = Called(UNDRAWN[key], count, count, undrawn=True)
        elif key in _NAMES:
            found = Called(_NAMES[key], count, count)
    return found and _with_kinds(found, tokens, at)


def _is_member(tokens: Sequence[Token], at: int) -> bool:
    """Whether the token is a name in a module of Python, as in ``torch.cat``."""
    return at > 0 and tokens[at].glued and tokens[at - 1].is_sign(".")


def key_of(tokens: Sequence[Token]) -> str:
    """Return the tokens as one key: small letters, no blanks, in the words of ops."""
    words = [token.text.lower() for token in tokens if token.sort is not Sort.SIGN]
    return "".join(SYNONYMS.get(word, word) for word in words)


def _keys(tokens: Sequence[Token], at: int) -> Iterator[tuple[str, int]]:
    """Return the keys of the tokens from one on, and of how many each is."""
    if at >= len(tokens) or tokens[at].sort is not Sort.WORD:
        return
    for end in range(at + 1, min(at + _MOST_TOKENS, len(tokens)) + 1):
        last = tokens[end - 1]
        if last.sort is Sort.WORD or (last.sort is Sort.NUMBER and last.glued):
            yield key_of(tokens[at:end]), end - at
        elif not last.is_sign("-", "_"):
            return


def _with_kinds(found: Called, tokens: Sequence[Token], at: int) -> Called:
    """Return what was found with the words behind it that tell nothing new."""
    end = at + found.count
    while end < len(tokens):
        if tokens[end].sort is Sort.WORD and tokens[end].text.lower() in KINDS:
            end += 1
        elif key_of(tokens[end : end + 2]) in RANKS and len(tokens) > end + 1:
            end += 2
        else:
            break
    return Called(found.label, end - at, found.name, found.undrawn, found.unclear)
