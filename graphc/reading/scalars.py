"""Where YAML 1.1 reads another value than 1.2 in a plain scalar."""

import re
from functools import lru_cache

from graphc.reading.nodes import Scalar
from graphc.reading.values import LONGEST_NUMBER, Value

_OLD_WORDS = {
    **{word: True for low in ("yes", "on") for word in (low, low.title(), low.upper())},
    **{
        word: False for low in ("no", "off") for word in (low, low.title(), low.upper())
    },
}
_OLD_INT = re.compile(
    r"(?P<sign>[-+]?)(?:0b(?P<two>[01_]+)|0(?P<eight>[0-7_]+)|0x(?P<sixteen>[0-9a-fA-F_]+)"
    r"|(?P<ten>0|[1-9][0-9_]*)|(?P<sixty>[1-9][0-9_]*(?::[0-5]?[0-9])+))"
)
_OLD_FLOAT = re.compile(
    r"[-+]?(?:(?:[0-9][0-9_]*\.[0-9_]*|\.[0-9][0-9_]*)(?:[eE][-+][0-9]+)?"
    r"|[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*)"
)
_MOST_KEPT = 10_000
_BASES = {"two": 2, "eight": 8, "ten": 10, "sixteen": 16}


def ambiguity(scalar: Scalar) -> str | None:
    """Return both readings of a scalar that readers of YAML 1.1 take for another value.

    None if they agree, or if only 1.2 sees a number (``1e-3``): nobody means text by
    that. Whoever needs a number or truth value here reports GC014 with these words.
    """
    if not scalar.plain or len(scalar.text) > LONGEST_NUMBER:
        return None
    old = _old_value(scalar.text)
    if old is None:
        return None
    new = scalar.value
    if type(old) is type(new) and old == new:
        return None
    return f"{_shown(new)} in YAML 1.2, {_shown(old)} in YAML 1.1"


@lru_cache(_MOST_KEPT)
def _old_value(text: str) -> bool | int | float | None:
    """Return the number or truth value YAML 1.1 reads, None for all else."""
    if text in _OLD_WORDS:
        return _OLD_WORDS[text]
    if matched := _OLD_INT.fullmatch(text):
        return _old_int(matched)
    if _OLD_FLOAT.fullmatch(text):
        return _old_float(text.replace("_", ""))
    return None


def _old_int(matched: re.Match[str]) -> int | None:
    name = matched.lastgroup or "ten"
    digits = matched[name].replace("_", "")
    if not digits:  # `0_` is zero, `0b_` nothing
        return 0 if name == "eight" else None
    size = _sixties(digits) if name == "sixty" else int(digits, _BASES[name])
    return -int(size) if matched["sign"] == "-" else int(size)


def _old_float(text: str) -> float:
    if ":" not in text:
        return float(text)
    size = _sixties(text.lstrip("+-"))
    return -size if text.startswith("-") else size


def _sixties(digits: str) -> float:
    """Return the value of base 60 digits: ``1:30`` is 90."""
    *places, last = digits.split(":")
    size = 0
    for place in places:
        size = size * 60 + int(place)
    return size * 60 + (float(last) if "." in last else int(last))


def _shown(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "text" if isinstance(value, str) else str(value)
