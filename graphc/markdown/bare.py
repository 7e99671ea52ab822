"""Diagrams that stand in a text without a fence.

One begins with a line ``graph TD``, ``flowchart LR;`` or ``graph; ...`` and goes on
over the lines that look like Mermaid's statements, blank lines between them or not.
"""

import re

from graphc.markdown.elements import Blank, Text
from graphc.markdown.pieces import Pieces
from graphc.source import Fragment, Source

_START = re.compile(
    r"(?:graph|flowchart(?:-v2|-elk)?)"
    r"(?:[ \t]+(?:TB|TD|BT|RL|LR)[ \t]*(?:;|$|(?=%%))|[ \t]*;)[ \t;]*"
)
_KEYWORD = re.compile(
    r"%%|subgraph\b|end[ \t]*(?:;|$)|direction[ \t]+(?:TB|TD|BT|RL|LR)\b"
    r"|style[ \t]+\S+[ \t]+[\w-]+:|linkStyle[ \t]+(?:default|[\d,]+)[ \t]"
    r"|classDef[ \t]+\S+[ \t]+[\w-]+:|class[ \t]+\S+[ \t]+[\w-]+[ \t]*(?:;|$)"
    r"|click[ \t]+\S+[ \t]+(?:href|call|\")|acc(?:Title|Descr)[ \t]*[:{]"
)
_ID = r"""(?:(?!--|==|-\.)[^\s\[\](){}<>|;&"'`:~@])++"""
_NODE = re.compile(rf"""{_ID}(?:[\[({{>]|@\{{|:::)""")
_ENDS_NODE = re.compile(r"""[\])};"]$|:::""")
_LINKED = re.compile(rf"""{_ID}[ \t]*+(?:[&;]|(?:[\w-]+@)?[<ox]?(?:--|==|-\.)|~~~)""")
_LINK = re.compile(r"--[->ox]|==[=>ox]|-\.+->?|~~~|;")
_LONE = re.compile(rf"{_ID}[ \t]*$")
_SUBGRAPH = re.compile(r"(?:^|;)[ \t]*(subgraph|end)\b")


def begins_diagram(text: str, line: Text) -> bool:
    """Whether the line begins a diagram, if statements follow."""
    return text[line.start] in "gf" and bool(_START.match(text, line.start, line.end))


class BareDiagram:
    """A diagram whose first line was met, and the lines that belong to it so far."""

    def __init__(self, source: Source, line: Text, title: Fragment | None) -> None:
        self.title = title
        self.sound = True
        self._source = source
        self._pieces = Pieces(source, line.start)
        self._last: list[Text | Blank] = []
        self._depth = 0
        self._quoted = False
        self._filled = False
        found = _START.match(source.text, line.start, line.end)
        rest = source.text[found.end() if found else line.end : line.end].strip(" \t")
        if rest and not (self._looks(rest) or _LONE.match(rest)):
            self.sound = False
        self._keep(line, rest)

    def take(self, line: Text) -> bool:
        """Take the line if it goes on with the diagram; return whether it does."""
        text = self._source.text[line.start : line.end].strip(" \t")
        if not (self._quoted or self._looks(text)):
            return False
        self._keep(line, text)
        return True

    def skip(self, line: Blank) -> None:
        """Take a blank line, which stands in the diagram if a statement follows."""
        self._quoted = False
        self._last.append(line)

    def fragment(self) -> Fragment | None:
        """Return the text of the diagram, None if it has no statement."""
        return self._pieces.fragment() if self._filled and self.sound else None

    def _keep(self, line: Text, text: str) -> None:
        for last in self._last:
            self._pieces.line_end(last.end, last.next)
        self._pieces.add(line.start, line.end)
        self._last = [line]
        self._filled = self._filled or bool(text)
        self._quoted ^= text.count('"') % 2 == 1
        for word in _SUBGRAPH.findall(text):
            self._depth += 1 if word == "subgraph" else -1

    def _looks(self, text: str) -> bool:
        """Whether a line looks like statements."""
        if _KEYWORD.match(text) or (self._depth > 0 and _LONE.match(text)):
            return True
        if _NODE.match(text):
            closed = _ENDS_NODE.search(text) or _LINK.search(text)
            return bool(closed) or text.count('"') % 2 == 1
        return bool(_LINKED.match(text) and _LINK.search(text))
