"""HTML in a document: where a block of it begins and ends, and diagrams in it.

The conditions are those of CommonMark 0.31, section 4.6. Other than there, an element
of the class ``mermaid`` goes on to its closing tag, blank lines or not.
"""

import html
import re
from enum import Enum

from graphc.markdown.pieces import Pieces
from graphc.record import record
from graphc.source import Source

_BLOCKS = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup"
    "|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame"
    "|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav"
    "|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot"
    "|th|thead|title|tr|track|ul"
)
_ATTRIBUTE = (
    r"""[ \t]+[a-zA-Z_:][a-zA-Z0-9_.:-]*+"""
    r"""(?:[ \t]*+=[ \t]*+(?:[^ \t"'=<>`]++|'[^']*+'|"[^"]*+"))?+"""
)
_NAME = r"[a-zA-Z][a-zA-Z0-9-]*+"
_TAG = rf"<(?:{_NAME}(?:{_ATTRIBUTE})*+[ \t]*+/?|/{_NAME}[ \t]*+)>"
_ELEMENT = re.compile(r"<(div|pre|code)\b([^<>]*)>", re.IGNORECASE)
_CLASS = re.compile(
    r"""\b(?:class|lang)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE
)
_ENTITY = re.compile(
    r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});"
)
_NAMES = frozenset({"mermaid", "language-mermaid", "lang-mermaid"})


class Kind(Enum):
    """The kinds of HTML blocks, by how they end."""

    RAW = "at a closing tag"
    COMMENT = "at the end of a comment"
    INSTRUCTION = "at the end of an instruction"
    DECLARATION = "at the end of a declaration"
    CDATA = "at the end of character data"
    BLOCK = "at a blank line"
    TAG = "at a blank line, and interrupts no paragraph"


_STARTS = {
    Kind.RAW: re.compile(r"<(?:script|pre|style|textarea)(?:[ \t>]|$)", re.IGNORECASE),
    Kind.COMMENT: re.compile(r"<!--"),
    Kind.INSTRUCTION: re.compile(r"<\?"),
    Kind.DECLARATION: re.compile(r"<![a-zA-Z]"),
    Kind.CDATA: re.compile(r"<!\[CDATA\["),
    Kind.BLOCK: re.compile(rf"</?(?:{_BLOCKS})(?:[ \t]|/?>|$)", re.IGNORECASE),
    Kind.TAG: re.compile(rf"{_TAG}[ \t]*$"),
}
_ENDS = {
    Kind.RAW: re.compile(r"</(?:script|pre|style|textarea)>", re.IGNORECASE),
    Kind.COMMENT: re.compile(r"-->"),
    Kind.INSTRUCTION: re.compile(r"\?>"),
    Kind.DECLARATION: re.compile(r">"),
    Kind.CDATA: re.compile(r"\]\]>"),
}


@record
class Opening:
    """The tag of an element that holds a diagram: its name and its offsets."""

    name: str
    start: int
    end: int


def html_kind(text: str, start: int, end: int) -> Kind | None:
    """Return what kind of HTML begins with the line's characters from ``start``."""
    for kind, pattern in _STARTS.items():
        if pattern.match(text, start, end):
            return kind
    return None


def html_ends(kind: Kind, text: str, start: int, end: int) -> bool:
    """Whether the line is the last one of its block, if not a blank one ends it."""
    pattern = _ENDS.get(kind)
    return pattern is not None and pattern.search(text, start, end) is not None


def diagram_tag(text: str, start: int, end: int) -> Opening | None:
    """Return the first tag on the line that says that a diagram follows."""
    for tag in _ELEMENT.finditer(text, start, end):
        values = "\n".join(
            value or "" for found in _CLASS.finditer(tag[2]) for value in found.groups()
        )
        if _NAMES & set(values.lower().split()):
            return Opening(tag[1].lower(), tag.start(), tag.end())
    return None


def closing_tag(name: str) -> re.Pattern[str]:
    """Return what ends an element of the name."""
    return re.compile(rf"</{name}[ \t]*>", re.IGNORECASE)


def give_html(pieces: Pieces, source: Source, start: int, end: int) -> None:
    """Give the text that HTML shows for the characters ``start`` to ``end``."""
    for entity in _ENTITY.finditer(source.text, start, end):
        pieces.add(start, entity.start())
        pieces.stand_in(html.unescape(entity[0]), entity.start(), entity.end())
        start = entity.end()
    pieces.add(start, end)
