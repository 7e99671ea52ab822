"""What a plain scalar means: the core schema of YAML 1.2."""

import re
from typing import TypeAlias

Value: TypeAlias = bool | int | float | str | None

LONGEST_NUMBER = 1000
"""Characters of the longest integer that is one."""

_MAY_BE_OTHER = frozenset("+-.0123456789~nNtTfF")
_WORDS: dict[str, Value] = {
    "": None,
    "~": None,
    **dict.fromkeys(("null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(
    r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
    r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
)


def plain_value(text: str) -> Value:
    """Return what the plain scalar ``text`` means in YAML 1.2's core schema.

    Words like ``yes`` and ``None`` are text, ``010`` is ten and ``1e-3`` a number. An
    integer of more than 1,000 characters, which Python would refuse to print, is text.
    """
    if text and text[0] not in _MAY_BE_OTHER:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text):
        if len(text) > LONGEST_NUMBER:
            return text
        return int(text, _base(text))
    if _FLOAT.fullmatch(text):
        return float(text.lower().replace(".inf", "inf").replace(".nan", "nan"))
    return text


def _base(text: str) -> int:
    return {"0o": 8, "0x": 16}.get(text[:2], 10)
