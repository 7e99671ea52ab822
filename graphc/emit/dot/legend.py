"""The foot of a sheet: what the colours mean, and the caption."""

from collections.abc import Sequence

from graphc.draw import Caption, theme
from graphc.emit.dot.html import Type, cell, label, line, table
from graphc.ir import Family

_TITLE = Type(13, theme.INK, bold=True)
_TEXT = Type(10, theme.INK)
_IN_A_ROW = 5


def caption(told: Caption) -> str:
    """Return the label of the graph."""
    rows = [[cell(line(told.title, _TITLE))]]
    rows += [[cell(line(text, _TEXT))] for text in told.lines]
    return label(table(rows, cellpadding="2"))


def legend(families: Sequence[Family | None]) -> str:
    """Return the label that shows each family's colour with its name, in columns."""
    count = -(-len(families) // _IN_A_ROW) or 1
    breadth = -(-len(families) // count)
    starts = range(0, len(families), breadth or 1)
    rows = [
        [part for family in families[i : i + breadth] for part in _entry(family)]
        for i in starts
    ]
    return label(table(rows, cellspacing="3")) if rows else ""


def _entry(family: Family | None) -> tuple[str, str]:
    paint = theme.paint(family)
    swatch = cell(
        "",
        width="22",
        height="11",
        border="1",
        style="rounded",
        bgcolor=paint.fill,
        color=paint.border,
    )
    name = "module" if family is None else family.value
    return swatch, cell(f"&#160;{line(name, _TEXT)}&#160;&#160;&#160;", align="left")
