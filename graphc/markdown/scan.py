"""The blocks of a document, line by line, by the rules of CommonMark 0.31.

Only what is needed to find diagrams and titles is told apart: fences, HTML, headings,
lines of text, and the quotations and lists that they stand in. Each line is read once.
"""

import re

from graphc.markdown.containers import (
    DEPTH_LIMIT,
    Container,
    carry_on,
    is_rule,
    is_underline,
    open_container,
)
from graphc.markdown.elements import Blank, Element, Heading, Rule, Text, Underline
from graphc.markdown.fences import opening_fence
from graphc.markdown.html import Kind, html_kind
from graphc.markdown.line import Line, lines
from graphc.markdown.verbatim import OpenFence, OpenHtml, Verbatim
from graphc.source import Source

_HEADING = re.compile(r"#{1,6}(?:[ \t]+|$)")
_HEADING_END = re.compile(r"(?:^|(?<=[ \t]))#+$")
_FRONT = re.compile(r"---[ \t]*(?:\r\n|[\r\n])(?=[^\s])")
_FRONT_END = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r\n|[\r\n]|\Z)", re.MULTILINE)
_CONTAINERS = frozenset(">-+*0123456789")
_LEAVES = frozenset("#`~:<=-*_")


def scan(source: Source) -> list[Element]:
    """Return what ``source`` is made of, in its order; front matter is left out."""
    scanner = _Scanner()
    for line in lines(source, _behind_front_matter(source.text)):
        scanner.take(line)
    return scanner.finish()


def _behind_front_matter(text: str) -> int:
    opening = _FRONT.match(text)
    closing = opening and _FRONT_END.search(text, opening.end())
    return closing.end() if closing else 0


class _Scanner:
    """What is open behind the lines that were taken, and what they were."""

    def __init__(self) -> None:
        self._containers: list[Container] = []
        self._verbatim: Verbatim | None = None
        self._paragraph = False
        self._found: list[Element] = []

    def finish(self) -> list[Element]:
        """Return the elements; the document ends here."""
        self._end_leaf(last=True)
        return self._found

    def take(self, line: Line) -> None:
        """Take the next line."""
        matched = carry_on(self._containers, line)
        whole = matched == len(self._containers)
        if whole and self._verbatim:
            self._verbatim = self._verbatim.take(line, self._found)
            return
        item = False
        within = self._paragraph and whole
        while line.indent < 4 and line.char in _CONTAINERS and matched < DEPTH_LIMIT:
            container = open_container(line, interrupts=within)
            if container is None:
                break
            self._end(matched)
            self._end_leaf()
            self._fill()
            self._containers.append(container)
            item = container.width is not None
            matched += 1
            within = False
        self._leaf(line, matched, item=item)

    def _leaf(self, line: Line, matched: int, *, item: bool) -> None:
        if line.blank:
            self._end(matched)
            self._end_leaf()
            self._found.append(Blank(line.at, line.end, line.next))
            return
        if line.indent < 4 and line.char in _LEAVES and self._starts(line, matched):
            self._fill()
            return
        if not self._paragraph:
            self._end(matched)
        opens = not self._paragraph
        self._paragraph = self._paragraph or line.indent < 4
        self._fill()
        self._found.append(Text(line.first, line.end, line.next, item, opens))

    def _starts(self, line: Line, matched: int) -> bool:
        """Whether the line is, or begins, something else than text; take it then."""
        text, start, end = line.source.text, line.first, line.end
        if self._paragraph and matched == len(self._containers) and is_underline(line):
            self._found.append(Underline())
            self._paragraph = False
            return True
        if is_rule(line):
            self._end_all(matched).append(Rule())
            return True
        if heading := line.match(_HEADING):
            self._end_all(matched).append(_heading(text, heading.end(), end))
            return True
        if fence := opening_fence(line):
            self._end_all(matched)
            self._verbatim = OpenFence(fence, line)
            return True
        kind = html_kind(text, start, end) if line.char == "<" else None
        if kind is None or (kind is Kind.TAG and self._paragraph):
            return False
        self._verbatim = OpenHtml(kind).take(line, self._end_all(matched))
        return True

    def _end_all(self, matched: int) -> list[Element]:
        """End what the line does not stand in; return where its element goes."""
        self._end(matched)
        self._end_leaf()
        return self._found

    def _end(self, matched: int) -> None:
        """End the containers behind the first ``matched``, and what stands in them."""
        if matched < len(self._containers):
            self._end_leaf()
            del self._containers[matched:]

    def _end_leaf(self, *, last: bool = False) -> None:
        if self._verbatim:
            self._verbatim.end(self._found, last=last)
        self._verbatim = None
        self._paragraph = False

    def _fill(self) -> None:
        if self._containers:
            self._containers[-1].empty = False


def _heading(text: str, start: int, end: int) -> Heading:
    content = text[start:end].rstrip(" \t")
    content = _HEADING_END.sub("", content).rstrip(" \t")
    return Heading(start, start + len(content))
