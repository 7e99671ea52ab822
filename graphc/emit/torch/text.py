"""Texts of a spec where they can do no harm: in docstrings and comments."""

import textwrap
from collections.abc import Sequence

WIDTH = 88
"""The longest line."""


def shown(text: str) -> str:
    """Return a text with what does not print, or parts lines, as an escape."""
    return "".join(char if char.isprintable() else _escape(char) for char in text)


def _escape(char: str) -> str:
    code = ord(char)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def paragraphs(text: str, width: int) -> list[str]:
    """Return a text in lines of that width; empty lines part its paragraphs."""
    lines: list[str] = []
    for part in text.replace("\r\n", "\n").strip().split("\n\n"):
        words = " ".join(shown(word) for word in part.split())
        lines += ["", *_wrap(words, width)] if lines else _wrap(words, width)
    return lines


def _wrap(words: str, width: int) -> list[str]:
    return textwrap.wrap(words, width, break_long_words=False, break_on_hyphens=False)


def docstring(lines: Sequence[str], indent: int = 0) -> list[str]:
    """Return lines, with nothing in them but what prints, as a docstring.

    It is raw where there is a backslash in it, if a raw one can hold the text.
    """
    text = "\n".join(lines)
    raw = "\\" in text and '"""' not in text and not text.endswith(("\\", '"'))
    if not raw:
        text = text.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    several = "\n" in text
    if text.endswith('"') and not several:
        text = f'{text[:-1]}\\"'
    quote = 'r"""' if raw else '"""'
    blanks = " " * indent
    body = f"{quote}{text}" + ("\n" if several else "") + '"""'
    return [f"{blanks}{line}" if line else "" for line in body.split("\n")]


def comment(text: str, indent: int) -> list[str]:
    """Return a text as lines of comment."""
    blanks = " " * indent
    return [
        f"{blanks}# {line}" if line else f"{blanks}#"
        for line in paragraphs(text, WIDTH - indent - 2)
    ]
