"""Values in YAML's flow style, on one line."""

import json
import re
from collections.abc import Iterable, Sequence

_PLAIN = re.compile(r"[A-Za-z][\w.]*(?: [A-Za-z0-9][\w.]*)*", re.ASCII)
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]+)?")
_WORDS = ("null", "true", "false", "none")
_HIDDEN = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]|%(?=%)")


def text_flow(text: str) -> str:
    """Return a text as a YAML scalar that says it, without quotes where it needs none.

    Of two per cent signs the first is escaped, as they may begin a directive of
    Mermaid's.
    """
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS:
        return text
    return _HIDDEN.sub(_coded, json.dumps(text, ensure_ascii=False))


def letters_flow(text: str) -> str:
    """Return a text of which a reader takes the letters: a number needs no quotes."""
    return text if _NUMBER.fullmatch(text) else text_flow(text)


def _coded(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def value_flow(value: object) -> str:
    """Return a parameter's default: a number, a truth value, a word, a list, none."""
    if value is None or isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return list_flow(map(value_flow, value))
    return text_flow(value) if isinstance(value, str) else repr(value)


def list_flow(items: Iterable[str]) -> str:
    """Return items, in flow style themselves, as a list."""
    return f"[{', '.join(items)}]"


def mapping_flow(entries: Sequence[tuple[str, str]]) -> str:
    """Return keys and values, in flow style themselves, as a mapping."""
    return f"{{{', '.join(f'{key}: {value}' for key, value in entries)}}}"
