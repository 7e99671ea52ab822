"""Quotations and items of lists: what their lines must begin with.

The rules are those of CommonMark 0.31, sections 5.1 and 5.2.
"""

import re
from dataclasses import dataclass

from graphc.markdown.line import Line

DEPTH_LIMIT = 100
"""So many containers are looked into; the marks of more are text."""

_BULLET = re.compile(r"[-+*](?=[ \t]|$)")
_NUMBER = re.compile(r"([0-9]{1,9})[.)](?=[ \t]|$)")
_RULE = re.compile(r"(?:(?:\*[ \t]*+){3,}+|(?:-[ \t]*+){3,}+|(?:_[ \t]*+){3,}+)$")
_NOT_BLANK = re.compile(r"[^ \t]")
_UNDERLINE = re.compile(r"(?:=+|-+)[ \t]*$")


@dataclass(slots=True)
class Container:
    """An open quotation, or an item whose lines are indented by ``width`` columns.

    ``empty`` tells of an item that nothing stands in yet: a second blank line ends it.
    """

    width: int | None = None
    empty: bool = False


def carry_on(containers: list[Container], line: Line) -> int:
    """Read the marks of the open containers; return how many of them go on."""
    for count, container in enumerate(containers):
        if not _goes_on(container, line):
            return count
    return len(containers)


def _goes_on(container: Container, line: Line) -> bool:
    if container.width is None:
        return line.char == ">" and line.indent < 4 and _quote(line)
    if line.blank and line.indent < container.width:
        line.skip(line.indent)
        return not container.empty
    if line.indent < container.width:
        return False
    line.skip(container.width)
    return not (line.blank and container.empty)


def _quote(line: Line) -> bool:
    line.read(line.first + 1)
    line.skip(1)
    return True


def open_container(line: Line, *, interrupts: bool) -> Container | None:
    """Read the mark of a container that begins here, if one does.

    ``interrupts`` tells that it would end a paragraph: only an item with a text, and
    the number 1 if any, does that.
    """
    if line.char == ">":
        _quote(line)
        return Container()
    if line.match(_RULE) or (interrupts and line.match(_UNDERLINE)):
        return None
    found = line.match(_BULLET) or line.match(_NUMBER)
    if not found:
        return None
    if interrupts and not _interrupts(line, found):
        return None
    return _item(line, found)


def _interrupts(line: Line, mark: re.Match[str]) -> bool:
    if mark.re is _NUMBER and int(mark[1]) != 1:
        return False
    return _NOT_BLANK.search(line.source.text, mark.end(), line.end) is not None


def _item(line: Line, mark: re.Match[str]) -> Container:
    width = line.indent + len(mark[0])
    line.read(mark.end())
    if line.blank or line.indent > 4:
        empty = line.blank
        line.skip(1)
        return Container(width + 1, empty=empty)
    width += line.indent
    line.skip(line.indent)
    return Container(width)


def is_rule(line: Line) -> bool:
    """Whether the line is a thematic break."""
    return line.match(_RULE) is not None


def is_underline(line: Line) -> bool:
    """Whether the line makes a heading of the paragraph above it."""
    return line.match(_UNDERLINE) is not None
