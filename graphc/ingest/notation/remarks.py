"""What stands in labels beside layers and says nothing of them."""

import re
import unicodedata
from collections.abc import Sequence

from graphc.ingest.notation.keys import KEYS, NEGATED, TAKEN
from graphc.ingest.notation.lexicon import called, key_of
from graphc.ingest.notation.words import Sort, Token

_LATIN = "\u024f"

_TELLING = frozenset(
    (
        "depthwise",
        "pointwise",
        "separable",
        "dilated",
        "grouped",
        "strided",
        "causal",
        "masked",
        "transpose",
        "bidirectional",
        "shared",
        "optional",
        "max",
        "avg",
        "kernel",
        "stride",
        "bias",
        *KEYS,
        *NEGATED,
        *TAKEN,
    )
) - {"in", "hidden", "classes", "outputs"}
"""Words that tell of a layer what is not read beside it."""

_COUNTED = (
    r"(?:number of )?(?:total |trainable )?"
    r"(?:params?|parameters|elements|weights|flops|macs|memory|latency|activations)"
)
_REMARKS: tuple[re.Pattern[str], ...] = (
    re.compile(rf"{_COUNTED}\s*[:=].*", re.IGNORECASE),
    re.compile(rf"[\d.,]+\s*[kKMGBT]?\s*{_COUNTED}", re.IGNORECASE),
    re.compile(r"[A-Za-z][\w\u2080-\u2089]?:\s*\(.*\)"),
    re.compile(r"[\w\u2080-\u2089]+\([^()]*\)\s*=\s*\S.*"),
    re.compile(r".*[\u2208\u03a3\u2211\u2248\u2264\u2265].*"),
    re.compile(r"\(?call_\w+\)?"),
    re.compile(r"\(?(?:(?:nn|torch\.nn|torch|F)\.)?\w*Module\)?"),
    re.compile(r"\w+ \d[dD] \u2192 \d[dD]"),
)
"""Whole lines, or texts in brackets, that are remarks, whatever words they have."""


def is_remark(text: str) -> bool:
    """Whether a line or a text in brackets says nothing of what a layer does."""
    body = text.strip()
    return not body or any(remark.fullmatch(body) for remark in _REMARKS)


def is_mute(token: Token) -> bool:
    """Whether a token says nothing: an emoji, or a word in letters that are not Latin.

    What is read is written in Latin letters; units in other letters are read before.
    """
    if token.sort is Sort.WORD:
        return all(letter > _LATIN for letter in token.text)
    if token.sort is not Sort.SIGN or token.text <= "\x7f":
        return False
    return unicodedata.category(token.text) in ("So", "Sk", "Mn", "Cf", "Cn", "Po")


def is_idle(tokens: Sequence[Token]) -> bool:
    """Whether tokens are words that tell nothing of a layer: no number, no op."""
    plain = all(
        token.sort is Sort.WORD or token.is_sign(*"-,_.'!&") or is_mute(token)
        for token in tokens
    )
    named = any(called(tokens, at) for at in range(len(tokens)))
    return plain and not named and _TELLING.isdisjoint(key_of([t]) for t in tokens)
