"""Labels that would be read if one word of theirs were the name of an op."""

from graphc.diagnostics import nearest
from graphc.ingest.notation.label import Modules, read_label
from graphc.ops import OP_NAMES
from graphc.source import Fragment, Source, Span

_FEWEST = 4
"""Letters of a word that may be a slip: shorter ones are like too many names."""
_MOST_LETTERS = 80
_MOST_WORDS = 8


def respelt(text: str, modules: Modules) -> str | None:
    """Return a label with a misspelt op put right, None if that gives no label.

    ``Covn k=3`` is ``Conv k=3``.
    """
    words = text.split()
    if len(text) > _MOST_LETTERS or len(words) > _MOST_WORDS:
        return None
    for at, word in enumerate(words):
        if len(word) < _FEWEST or not word.isalpha():
            continue
        near = nearest(word, OP_NAMES)
        if near is None or near.lower() == word.lower():
            continue
        told = " ".join([*words[:at], near, *words[at + 1 :]])
        span = Span(Source("", told), 0, len(told))
        if read_label(Fragment(told, span), modules).label is not None:
            return told
    return None
