"""Where groups stand on a sheet: in rows, so that it fills a page."""

from collections.abc import Sequence
from itertools import accumulate, pairwise

from graphc.draw.chain import chain_of, in_lines
from graphc.draw.drawing import Below, Group
from graphc.draw.extent import PAGES, SIZE, box_width, depths, height, width
from graphc.record import record

_CENTER = 200
_MOST_ROWS = 12


@record
class Arranged:
    """Groups in the order of their rows, and what stands below what."""

    groups: tuple[Group, ...]
    below: tuple[Below, ...]


@record
class _Item:
    """A group with what is asked of it again and again; lengths in inches."""

    group: Group
    width: float
    height: float
    rows: int
    head: str
    foot: str


def arrange(top: Group, groups: Sequence[Group]) -> Arranged:
    """Return a sheet with ``top`` above the other groups, as it prints largest.

    A chain at the top runs from left to right, in several lines if need be.
    """
    chain = chain_of(top)
    items = list(map(_item, groups))
    choices = []
    for count in range(1, 1 + min(_MOST_ROWS, len(items))):
        rows = _parted(items, count)
        room = max(map(_row_width, rows))
        choices.append([[_item(in_lines(top, chain, room))], *rows])
    rows = max(choices, key=_scale, default=[[_item(top)]])
    below = list(_line_starts(rows[0][0].group))
    for upper, lower in pairwise(rows):
        below += _between(upper, lower)
    return Arranged(tuple(item.group for row in rows for item in row), tuple(below))


def _item(group: Group) -> _Item:
    depth = depths(group)
    head = min(depth, key=depth.__getitem__, default="")
    foot = max(depth, key=depth.__getitem__, default="")
    rows = len(group.lines) or 1 + depth.get(foot, 0)
    return _Item(group, width(group), height(group), rows, head, foot)


def _line_starts(group: Group) -> list[Below]:
    pairs = pairwise(group.lines)
    return [Below(upper[0], lower[0], weight=_CENTER) for upper, lower in pairs]


def _parted(items: Sequence[_Item], count: int) -> list[list[_Item]]:
    """Return the groups in so many rows, or fewer, about equally wide."""
    share = _row_width(items) / count
    rows: list[list[_Item]] = []
    passed = 0.0
    for item in items:
        if passed + item.width / 2 >= share * len(rows):
            rows.append([])
        rows[-1].append(item)
        passed += item.width
    return rows


def _row_width(row: Sequence[_Item]) -> float:
    return sum(item.width for item in row)


def _scale(rows: Sequence[Sequence[_Item]]) -> float:
    """Return by how much a sheet can be enlarged to fill a page."""
    high = sum(max(item.height for item in row) for row in rows)
    wide = max(map(_row_width, rows))
    return max(min(x / wide, y / high) for x, y in PAGES)


def _between(upper: Sequence[_Item], lower: Sequence[_Item]) -> list[Below]:
    """Return what holds a row below another, and their middles one below the other.

    Each group hangs on the one that stands above it, so that no two of these cross, and
    as far below it as the tallest of the upper row needs.
    """
    tallest = max(item.rows for item in upper)
    center = _at(lower, 0.5)
    found = []
    passed = 0.0
    for item in lower:
        middle = (
            0.5 if item is center else (passed + item.width / 2) / _row_width(lower)
        )
        above = _at(upper, middle)
        apart = 1 + tallest - above.rows
        weight = _CENTER if item is center else 1
        if above.foot and item.head:
            found.append(Below(_foot(above, middle), item.head, apart, weight))
        passed += item.width
    return found


def _at(row: Sequence[_Item], share: float) -> _Item:
    """Return the group that stands at a share of the width of a row."""
    place = _row_width(row) * share
    ends = accumulate(item.width for item in row)
    pairs = zip(row, ends, strict=True)
    return next((item for item, end in pairs if end >= place), row[-1])


def _foot(item: _Item, share: float) -> str:
    """Return the lowest box of a group; of a chain in lines, the one at that share."""
    lines = item.group.lines
    if not lines:
        return item.foot
    boxes = {box.id: box for box in item.group.boxes}
    ends = accumulate(box_width(boxes[name]) + SIZE for name in lines[-1])
    pairs = zip(lines[-1], ends, strict=True)
    return next(
        (name for name, end in pairs if end >= item.width * share), lines[-1][-1]
    )
