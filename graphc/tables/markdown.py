"""Texts in Markdown that stay texts, whatever is in them."""

import re
from html import escape

from graphc.diagnostics import visible

_MARKS = re.compile(r"([\\`*_\[\]~|$#])")
_LIST = re.compile(r"^(\d*)([-+=.)])(?=[-=\s]|$)")
_TICKS = re.compile(r"`+")


def plain(text: str) -> str:
    """Return a text as it is read: nothing in it is markup or HTML."""
    marked = _MARKS.sub(r"\\\1", escape(_line(text), quote=False))
    return _LIST.sub(r"\1\\\2", marked)


def code(text: str) -> str:
    """Return a text as code that may stand in a table; nothing for an empty one."""
    line = _line(text)
    if not line.strip():
        return ""
    fence = "`" * (1 + max(map(len, _TICKS.findall(line)), default=0))
    blank = " " if line.startswith("`") or line.endswith("`") else ""
    shown = line.replace("|", r"\|")
    return f"{fence}{blank}{shown}{blank}{fence}"


def _line(text: str) -> str:
    return visible(" ".join(text.split()))
