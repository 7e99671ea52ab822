r"""Text as data in DOT: whatever a spec says is shown, letter for letter.

Graphviz reads labels, tooltips and URLs as its *escString*: ``\N``, ``\G``, ``\E``,
``\T``, ``\H``, ``\L`` stand for names, ``\n``, ``\l``, ``\r`` for line ends, and HTML
entities for characters. ``graphviz.escape`` of the PyPI package doubles backslashes and
keeps ``<...>`` from being read as HTML, but leaves entities to be replaced.
"""

import re

_LINE_END = re.compile("\r\n|[\r\n\v\f\x85\u2028\u2029]")

# Neither XML 1.0 nor a terminal can take them; surrogates cannot be encoded.
_ILLEGIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]"
)

_ENTITIES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": " "}
)


_LONGEST = 2_000
"""Characters of a text that are shown: Graphviz reads 16,384 with their escapes."""


def legible(text: str) -> str:
    """Return the text with U+FFFD for each character that no XML may hold."""
    return _ILLEGIBLE.sub("\ufffd", text)


def escape(text: str) -> str:
    """Return what to write between double quotes for a label or URL that says ``text``.

    The result holds no quote and no angle bracket, so it can be given to the
    ``graphviz`` package as it is. Line ends of all kinds centre the line before them,
    a tab becomes a space, an illegible character U+FFFD; of a text of more than 2,000
    characters the end becomes an ellipsis. A label of a record node or
    an HTML label wants more than this: use a plain shape.
    """
    return _escape(text, backslash=r"\\")


def escape_tooltip(text: str) -> str:
    """Return the same for ``tooltip``, ``edgetooltip``, ``labeltooltip`` and the like.

    Graphviz (2.43 and 14 alike) replaces the escapes of a tooltip twice over, so a
    backslash has to be written four times.
    """
    return _escape(text, backslash=r"\\\\")


def _escape(text: str, *, backslash: str) -> str:
    shown = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}\u2026"
    lines = legible(_LINE_END.sub("\n", shown)).translate(_ENTITIES)
    return lines.replace("\\", backslash).replace("\n", r"\n")
