"""Edits applied to a text, and the difference they make."""

import difflib
from collections.abc import Iterable
from io import StringIO

from graphc.diagnostics import Edit


def applied(text: str, edits: Iterable[Edit]) -> str | None:
    """Return a text after edits, each of its own place; None if two overlap.

    An edit that is given twice is made once. Everything else stays as it is.
    """
    places = {(edit.span.start, edit.span.end, edit.text) for edit in edits}
    parts: list[str] = []
    at = 0
    last = -1
    for start, end, new in sorted(places):
        if start < at or start == last:
            return None
        parts += [text[at:start], new]
        at, last = end, start
    return "".join([*parts, text[at:]])


def difference(name: str, before: str, after: str) -> str:
    """Return what differs as a unified diff, with three lines around each change."""
    old, new = _lines(before), _lines(after)
    parts = difflib.unified_diff(old, new, name, name)
    return "".join(_ended(part) for part in parts)


def _lines(text: str) -> list[str]:
    return list(StringIO(text, newline=""))


def _ended(line: str) -> str:
    """Return a line of a diff with its end, as ``diff`` tells that there is none."""
    marker = "" if line.endswith(("\n", "\r")) else "\n\\ No newline at end of file\n"
    return f"{line}{marker}"
