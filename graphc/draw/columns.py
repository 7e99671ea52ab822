"""A long drawing in columns, so that it fills a page."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from graphc.draw.drawing import Arrow, Box, Group
from graphc.draw.extent import PAGES, box_width, depths, width
from graphc.draw.straighten import SPINE
from graphc.record import record

_MOST = 40
_MOST_FOLDED = 600
_ROW = 0.85  # inches: rows stand further apart where frames begin and end in some


@record
class Columns:
    """Groups without frames that stand side by side, and the arrows between them."""

    groups: tuple[Group, ...]
    arrows: tuple[Arrow, ...]


@record
class _Unit:
    """A box or a group that stays whole, the ids of its boxes, and where it stands."""

    part: Box | Group
    ids: frozenset[str]
    row: int
    rows: int
    width: float


def in_columns(whole: Group) -> Columns:
    """Return the boxes and groups of ``whole`` in the columns that print largest.

    A column ends where a single tensor leads on. A drawing that no page holds stays in
    one: arrows back to the top cost the layout more than all others.
    """
    rows = depths(whole)
    units = _units(whole, rows)
    breaks = _breaks(units, whole.arrows)
    most = _MOST if len(rows) <= _MOST_FOLDED else 1
    choices = [_parted(units, breaks, count) for count in range(1, most + 1)]
    return _built(whole, max(choices, key=_scale), breaks)


def _units(whole: Group, rows: dict[str, int]) -> list[_Unit]:
    """Return the parts in the order in which they stand below one another."""
    units = [
        _Unit(box, frozenset({box.id}), rows[box.id], 1, box_width(box))
        for box in whole.boxes
    ]
    for group in whole.groups:
        ids = frozenset(box.id for box in group.all_boxes())
        inside = [rows[name] for name in ids] or [0]
        first, count = min(inside), 1 + max(inside) - min(inside)
        units.append(_Unit(group, ids, first, count, width(group)))
    return sorted(units, key=lambda unit: unit.row)


def _breaks(units: Sequence[_Unit], arrows: Sequence[Arrow]) -> set[int]:
    """Return the numbers of the units before which a single tensor leads on."""
    home = {name: number for number, unit in enumerate(units) for name in unit.ids}
    ends: dict[str, int] = {}
    for arrow in arrows:
        end = home[arrow.target]
        ends[arrow.source] = max(end, ends.get(arrow.source, end))
    crossing = [0] * (len(units) + 1)
    for source, end in ends.items():
        start, last = sorted((home[source], end))
        crossing[start + 1] += 1
        crossing[last + 1] -= 1
    return {number for number, one in enumerate(accumulate(crossing)) if one == 1}


def _parted(units: Sequence[_Unit], breaks: set[int], count: int) -> list[list[_Unit]]:
    """Return at most ``count`` columns, the tallest as short as can be."""
    low, high = 1, 1 + sum(unit.rows for unit in units)
    while low < high:
        middle = (low + high) // 2
        if len(_filled(units, breaks, middle)) <= count:
            high = middle
        else:
            low = middle + 1
    return _filled(units, breaks, low)


def _filled(units: Sequence[_Unit], breaks: set[int], rows: int) -> list[list[_Unit]]:
    """Return columns of so many rows, or more where nothing can be parted."""
    columns: list[list[_Unit]] = [[]]
    for number, unit in enumerate(units):
        first = columns[-1][0].row if columns[-1] else unit.row
        if number in breaks and unit.row + unit.rows - first > rows:
            columns.append([])
        columns[-1].append(unit)
    return columns


def _scale(columns: Sequence[Sequence[_Unit]]) -> float:
    """Return by how much the columns can be enlarged to fill a page."""
    wide = sum(max((unit.width for unit in column), default=1) for column in columns)
    tall = max(map(_span, columns))
    high = _ROW * max(tall, 1)
    return max(min(x / wide, y / high) for x, y in PAGES)


def _span(column: Sequence[_Unit]) -> int:
    """Return the number of rows in a column."""
    ends = [unit.row + unit.rows for unit in column]
    return max(ends, default=0) - (column[0].row if column else 0)


def _built(
    whole: Group, columns: Sequence[Sequence[_Unit]], breaks: set[int]
) -> Columns:
    numbers = enumerate(unit for column in columns for unit in column)
    sole = {name for number, unit in numbers if number in breaks for name in unit.ids}
    home = {
        name: number
        for number, column in enumerate(columns)
        for unit in column
        for name in unit.ids
    }
    within: dict[int, list[Arrow]] = {number: [] for number in range(len(columns))}
    between = []
    for arrow in whole.arrows:
        at = home[arrow.target]
        if home[arrow.source] != at:
            between.append(replace(arrow, turns=True))
        else:
            heavy = replace(arrow, weight=SPINE) if arrow.target in sole else arrow
            within[at].append(heavy)
    groups = (
        replace(
            whole,
            id=f"{whole.id}/{number}",
            boxes=tuple(one.part for one in column if isinstance(one.part, Box)),
            groups=tuple(one.part for one in column if isinstance(one.part, Group)),
            arrows=tuple(within[number]),
        )
        for number, column in enumerate(columns)
    )
    return Columns(tuple(groups), tuple(between))
