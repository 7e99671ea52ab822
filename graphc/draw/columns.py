"""A long drawing in columns, so that it fills a page."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from graphc.draw.drawing import Arrow, Box, Group
from graphc.draw.extent import DEPTH, PAGES, box_width, depths, width

_MOST = 12
_FEWEST_ROWS = 14


@dataclass(frozen=True, slots=True)
class Columns:
    """Groups without frames that stand side by side, and the arrows between them."""

    groups: tuple[Group, ...]
    arrows: tuple[Arrow, ...]


@dataclass(frozen=True, slots=True)
class _Unit:
    """A box or a group that stays whole: its boxes' ids, its first row, its width."""

    part: Box | Group
    ids: frozenset[str]
    row: int
    width: float


def in_columns(whole: Group) -> Columns:
    """Return the boxes and groups of ``whole`` in the columns that print largest.

    A column ends where a single arrow leads on.
    """
    rows = _rows(whole)
    units = _units(whole, rows)
    total = 1 + max(rows.values(), default=0)
    breaks = _breaks(units, whole.arrows)
    choices = [_parted(units, breaks, total / count) for count in _counts(total)]
    best = max(choices, key=lambda columns: _scale(columns, total))
    return _built(whole, best)


def _counts(rows: int) -> range:
    return range(1, 1 + max(1, min(_MOST, rows // _FEWEST_ROWS)))


def _rows(whole: Group) -> dict[str, int]:
    """Return the row of each box, counted over all groups."""
    flat = replace(
        whole,
        boxes=tuple(whole.all_boxes()),
        groups=(),
        arrows=tuple(whole.all_arrows()),
    )
    return depths(flat)


def _units(whole: Group, rows: dict[str, int]) -> list[_Unit]:
    """Return the parts in the order in which they stand below one another."""
    units = [
        _Unit(box, frozenset({box.id}), rows[box.id], box_width(box))
        for box in whole.boxes
    ]
    for group in whole.groups:
        ids = frozenset(box.id for box in group.all_boxes())
        first = min((rows[name] for name in ids), default=0)
        units.append(_Unit(group, ids, first, width(group)))
    return sorted(units, key=lambda unit: unit.row)


def _breaks(units: Sequence[_Unit], arrows: Sequence[Arrow]) -> set[int]:
    """Return the numbers of the units before which a single arrow leads on."""
    home = {name: number for number, unit in enumerate(units) for name in unit.ids}
    crossing = [0] * (len(units) + 1)
    for arrow in arrows:
        source, target = sorted((home[arrow.source], home[arrow.target]))
        crossing[source + 1] += 1
        crossing[target + 1] -= 1
    passing, found = 0, set()
    for number, change in enumerate(crossing):
        passing += change
        if passing == 1:
            found.add(number)
    return found


def _parted(
    units: Sequence[_Unit], breaks: set[int], share: float
) -> list[list[_Unit]]:
    columns: list[list[_Unit]] = [[]]
    for number, unit in enumerate(units):
        full = bool(columns[-1]) and unit.row >= share * len(columns) - share / 6
        if full and number in breaks:
            columns.append([])
        columns[-1].append(unit)
    return columns


def _scale(columns: Sequence[Sequence[_Unit]], total: int) -> float:
    wide = sum(max((unit.width for unit in column), default=1) for column in columns)
    starts = [column[0].row if column else 0 for column in columns] + [total]
    high = DEPTH * max(b - a for a, b in itertools.pairwise(starts))
    return max(min(x / wide, y / max(high, DEPTH)) for x, y in PAGES)


def _built(whole: Group, columns: Sequence[Sequence[_Unit]]) -> Columns:
    home = {
        n: i for i, column in enumerate(columns) for unit in column for n in unit.ids
    }
    groups = []
    for number, column in enumerate(columns):
        parts = [unit.part for unit in column]
        group = replace(
            whole,
            id=f"{whole.id}/column {number}",
            boxes=tuple(part for part in parts if isinstance(part, Box)),
            groups=tuple(part for part in parts if isinstance(part, Group)),
            arrows=tuple(
                arrow
                for arrow in whole.arrows
                if home[arrow.source] == home[arrow.target] == number
            ),
        )
        groups.append(group)
    between = (a for a in whole.arrows if home[a.source] != home[a.target])
    return Columns(tuple(groups), tuple(replace(a, turns=True) for a in between))
