"""Titles of diagrams as the names of modules."""

import keyword
import re
from unicodedata import normalize

_WORD = re.compile(r"[^\W_]+")
_DEFAULT = "Block"
_DIGITS_FIRST = "Net"


def class_name(title: str) -> str:
    """Return the title as an identifier that begins with a capital.

    ``Inception-ResNet-A`` is ``InceptionResNetA``, ``Inception-ResNet v1`` is
    ``InceptionResNetV1``. Every word gets a capital; what no identifier has is left
    out, ``Net`` stands before digits, and a title without letters is ``Block``.
    """
    words = [_capital(word) for word in _WORD.findall(normalize("NFKC", title))]
    name = "".join(_kept(words))
    if not name:
        return _DEFAULT
    if not name[0].isidentifier():
        name = _DIGITS_FIRST + name
    if not name[0].isupper() or not name.isidentifier() or keyword.iskeyword(name):
        name = _DIGITS_FIRST + _letters(name)
    return name


def _capital(word: str) -> str:
    return word[0].title() + word[1:]


def _kept(words: list[str]) -> list[str]:
    """Return the words with a ``_`` between two that would make one number."""
    kept: list[str] = []
    for word in words:
        joint = bool(kept) and kept[-1][-1].isdigit() and word[0].isdigit()
        kept.append("_" + word if joint else word)
    return kept


def _letters(name: str) -> str:
    return "".join(letter for letter in name if ("_" + letter).isidentifier())
