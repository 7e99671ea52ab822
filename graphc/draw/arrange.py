"""Where groups stand on a sheet: in rows, so that it fills a page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from graphc.draw.drawing import Arrow, Below, Box, Group
from graphc.draw.extent import PAGES, box_width, depths, height, line_width, width

_LONGEST_CHAIN = 24
_CENTER = 200


@dataclass(frozen=True, slots=True)
class Arranged:
    """Groups in the order of their rows, and what stands below what."""

    groups: tuple[Group, ...]
    below: tuple[Below, ...]


def arrange(top: Group, groups: Sequence[Group]) -> Arranged:
    """Return a sheet with ``top`` above the other groups, as it prints largest.

    A chain at the top runs from left to right, in several lines if need be.
    """
    chain = _chain(top)
    choices = [
        [[_lined(top, chain, max(map(_row_width, rows)))], *rows]
        for rows in (_parted(groups, count) for count in range(1, len(groups) + 1))
    ]
    rows = max(choices, key=_scale, default=[[top]])
    below = [pair for row in rows for group in row for pair in _line_starts(group)]
    for upper, lower in pairwise(rows):
        below += _between(upper, lower)
    return Arranged(tuple(group for row in rows for group in row), tuple(below))


def _chain(group: Group) -> list[Box]:
    """Return the boxes of a chain in order; none if it is no chain, or a long one."""
    following = {arrow.source: arrow.target for arrow in group.arrows}
    number = len(group.boxes)
    if not 1 < number <= _LONGEST_CHAIN or len(group.arrows) != number - 1:
        return []
    order = sorted(group.boxes, key=lambda box: depths(group)[box.id])
    pairs = pairwise(order)
    straight = all(following.get(one.id) == other.id for one, other in pairs)
    return order if straight else []


def _lined(group: Group, chain: Sequence[Box], room: float) -> Group:
    """Return a chain in lines, about equally long, of not much more than ``room``."""
    if not chain:
        return group
    count = max(1, round(line_width(chain) / room + 0.25))
    share = sum(map(box_width, chain)) / count
    lines: list[list[str]] = []
    passed = 0.0
    for box in chain:
        if passed + box_width(box) / 2 >= share * len(lines):
            lines.append([])
        lines[-1].append(box.id)
        passed += box_width(box)
    starts = {line[0] for line in lines[1:]}
    arrows = tuple(_loosened(arrow, starts) for arrow in group.arrows)
    return replace(group, lines=tuple(map(tuple, lines)), arrows=arrows)


def _loosened(arrow: Arrow, starts: set[str]) -> Arrow:
    return replace(arrow, weight=0) if arrow.target in starts else arrow


def _line_starts(group: Group) -> list[Below]:
    pairs = zip(group.lines, group.lines[1:], strict=False)
    return [Below(upper[0], lower[0], weight=_CENTER) for upper, lower in pairs]


def _parted(groups: Sequence[Group], count: int) -> list[list[Group]]:
    """Return the groups in so many rows, or fewer, about equally wide."""
    share = _row_width(groups) / count
    rows: list[list[Group]] = []
    passed = 0.0
    for group in groups:
        if passed + width(group) / 2 >= share * len(rows):
            rows.append([])
        rows[-1].append(group)
        passed += width(group)
    return rows


def _row_width(row: Sequence[Group]) -> float:
    return sum(map(width, row))


def _scale(rows: Sequence[Sequence[Group]]) -> float:
    """Return by how much a sheet can be enlarged to fill a page."""
    high = sum(max(map(height, row)) for row in rows)
    wide = max(map(_row_width, rows))
    return max(min(x / wide, y / high) for x, y in PAGES)


def _between(upper: Sequence[Group], lower: Sequence[Group]) -> list[Below]:
    """Return what holds a row below another, and their middles one below the other.

    Each group hangs on the one that stands above it, so that no two of these cross, and
    as far below it as the tallest of the upper row needs.
    """
    tallest = max(map(_rows, upper))
    center = _at(lower, 0.5)
    found = []
    passed = 0.0
    for group in lower:
        share = (passed + width(group) / 2) / _row_width(lower)
        above = _at(upper, 0.5 if group is center else share)
        apart = 1 + tallest - _rows(above)
        weight = _CENTER if group is center else 1
        found.append(Below(_foot(above, share), _head(group), apart, weight))
        passed += width(group)
    return found


def _rows(group: Group) -> int:
    """Return the number of rows of boxes in a group."""
    return len(group.lines) or 1 + max(depths(group).values(), default=0)


def _at(row: Sequence[Group], share: float) -> Group:
    """Return the group that stands at a share of the width of a row."""
    place = _row_width(row) * share
    ends = accumulate(map(width, row))
    return next(
        (group for group, end in zip(row, ends, strict=True) if end >= place), row[-1]
    )


def _foot(group: Group, share: float) -> str:
    """Return the lowest box of a group; of several lines, the one below that share."""
    if group.lines:
        by_id = {box.id: box for box in group.boxes}
        lines = [[by_id[name] for name in line] for line in group.lines]
        place = max(map(line_width, lines)) * share
        return next(
            (
                b.id
                for n, b in enumerate(lines[-1], 1)
                if line_width(lines[-1][:n]) >= place
            ),
            lines[-1][-1].id,
        )
    depth = depths(group)
    return max(depth, key=depth.__getitem__)


def _head(group: Group) -> str:
    """Return the highest box of a group."""
    depth = depths(group)
    return min(depth, key=depth.__getitem__)
