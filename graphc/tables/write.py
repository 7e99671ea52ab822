"""Tables as text, CSV and Markdown."""

import csv
import io
from collections.abc import Iterator, Sequence

from graphc.diagnostics import plain as plain_number
from graphc.diagnostics import visible, width
from graphc.tables.markdown import code, plain
from graphc.tables.table import Cell, Column, Table, numeral

_LONGEST = 48
_BOLD, _END = "\x1b[1m", "\x1b[0m"


def text(table: Table, *, color: bool = False) -> str:
    """Return a table in aligned columns, two blanks apart; numbers stand on the right.

    Cells of more than 48 letters are cut. ``color`` makes the head bold.
    """
    head = [column.title for column in table.columns]
    rows = [[_shown(numeral(cell)) for cell in row] for row in table.rows]
    widths = [max(map(width, cells)) for cells in zip(head, *rows, strict=True)]
    first = _line(head, table.columns, widths)
    lines = [f"{_BOLD}{first}{_END}" if color else first]
    lines.append("  ".join("-" * each for each in widths))
    lines += [_line(row, table.columns, widths) for row in rows]
    return "\n".join(lines) + "\n"


def _shown(cell: str) -> str:
    shown = visible(cell)
    return shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 3]}..."


def _line(
    cells: Sequence[str], columns: Sequence[Column], widths: Sequence[int]
) -> str:
    padded = (
        " " * (room - width(cell)) + cell
        if column.number
        else cell + " " * (room - width(cell))
        for cell, column, room in zip(cells, columns, widths, strict=True)
    )
    return "  ".join(padded).rstrip()


def comma_separated(table: Table) -> str:
    """Return a table as CSV (RFC 4180, lines end with a line feed), numbers plain."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow([column.name for column in table.columns])
    writer.writerows([_plain(cell) for cell in row] for row in table.rows)
    return file.getvalue()


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    return str(plain_number(cell) if isinstance(cell, int) else cell)


def markdown(table: Table) -> str:
    """Return a table in GitHub's Markdown; what a spec says is never markup."""
    return "\n".join(_markdown(table)) + "\n"


def _markdown(table: Table) -> Iterator[str]:
    yield _bars(plain(column.title) for column in table.columns)
    yield _bars("---:" if column.number else "---" for column in table.columns)
    for row in table.rows:
        pairs = zip(row, table.columns, strict=True)
        yield _bars(
            code(numeral(cell)) if column.code else plain(numeral(cell))
            for cell, column in pairs
        )


def _bars(cells: Iterator[str]) -> str:
    return f"| {' | '.join(cells)} |"
