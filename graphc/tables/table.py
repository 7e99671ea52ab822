"""A table before it is written in any format."""

from typing import TypeAlias

from graphc.diagnostics import numeral as grouped
from graphc.lang import Dim
from graphc.record import record

Cell: TypeAlias = "int | Dim | str | None"
"""What stands in a table: a number, an expression for one, a text, or nothing."""


@record
class Column:
    """A column: its name for programs, its title for people, and how its cells look.

    ``number`` aligns it on the right; ``code`` sets it as code where the format can.
    """

    name: str
    title: str
    number: bool = False
    code: bool = False


@record
class Table:
    """Columns, and rows with a cell for each."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


def numeral(cell: Cell) -> str:
    """Return a cell for people: thousands parted by commas, nothing for None."""
    if cell is None:
        return ""
    return grouped(cell) if isinstance(cell, int) else str(cell)
