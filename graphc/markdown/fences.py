"""Fences: how they open, whether they hold a diagram, and how they close.

CommonMark 0.31, section 4.5; and the fences of colons that Azure's wikis and MyST have
around diagrams.
"""

import re

from graphc.markdown.line import Line
from graphc.record import record

_FENCE = re.compile(r"(`{3,}+)([^`]*)$|(~{3,}+)(.*)$")
_COLONS = re.compile(r"(:{3,}+)([ \t]*\{?mermaid\}?[ \t]*)$", re.IGNORECASE)
_CLOSING = re.compile(r"([`~:])\1{2,}(?=[ \t]*$)")
_MERMAID = re.compile(
    r"(?:mermaid|\{[ \t]*mermaid|\{[^}]*\.mermaid)(?![\w-])", re.IGNORECASE
)


@record
class Fence:
    """An opening fence: its signs, and whether its info string tells of a diagram."""

    signs: str
    mermaid: bool


def opening_fence(line: Line) -> Fence | None:
    """Return the fence that the line opens, if it does."""
    found = line.match(_COLONS if line.char == ":" else _FENCE)
    if not found:
        return None
    signs, info = (group for group in found.groups() if group is not None)
    return Fence(signs, _MERMAID.match(info.strip(" \t")) is not None)


def closes(line: Line, fence: Fence) -> bool:
    """Whether the line is the closing fence."""
    if line.char != fence.signs[0] or line.indent >= 4:
        return False
    found = line.match(_CLOSING)
    return found is not None and len(found[0]) >= len(fence.signs)
