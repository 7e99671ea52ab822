"""Labels in Graphviz's HTML: text in several sizes, with whatever it says as data."""

import re
from collections.abc import Sequence
from html import escape as entities

from graphc.emit.layout import legible
from graphc.record import record

_NAMED = re.compile(r"\\([NGETHL])")
_BLANK = "&#160;"


@record
class Type:
    """How a text is set: points, colour, weight."""

    points: float
    color: str
    bold: bool = False


def line(text: str, kind: Type) -> str:
    """Return a text as one line of a label, letter for letter.

    Line ends and tabs become blanks. Graphviz refuses an empty text, so a text of
    blanks alone becomes a no-break space.
    """
    shown = entities(" ".join(legible(text).split())) or _BLANK
    # Graphviz puts names for these even here, and nothing escapes them: part them.
    shown = _NAMED.sub(rf'\\<FONT COLOR="{kind.color}">\1</FONT>', shown)
    text = f"<B>{shown}</B>" if kind.bold else shown
    return f'<FONT POINT-SIZE="{kind.points:g}" COLOR="{kind.color}">{text}</FONT>'


def cell(content: str, **attributes: str) -> str:
    """Return a cell of a table."""
    return f"<TD{_written(attributes)}>{content}</TD>"


def table(rows: Sequence[Sequence[str]], **attributes: str) -> str:
    """Return a table without lines, from rows of cells."""
    plain = {"border": "0", "cellborder": "0", "cellspacing": "0", "cellpadding": "0"}
    inside = "".join(f"<TR>{''.join(row)}</TR>" for row in rows)
    return f"<TABLE{_written({**plain, **attributes})}>{inside}</TABLE>"


def label(content: str) -> str:
    """Return content as the value of a ``label`` for the ``graphviz`` package."""
    return f"<{content}>"


def _written(attributes: dict[str, str]) -> str:
    return "".join(f' {key.upper()}="{value}"' for key, value in attributes.items())
