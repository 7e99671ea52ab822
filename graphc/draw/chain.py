"""A chain of boxes, drawn from left to right in lines as text is."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from graphc.draw.drawing import Box, Group
from graphc.draw.extent import box_width, depths, line_width

_LONGEST = 24


def chain_of(group: Group) -> list[Box]:
    """Return the boxes of a chain in order; none if it is no chain, or a long one."""
    following = {arrow.source: arrow.target for arrow in group.arrows}
    number = len(group.boxes)
    if not 1 < number <= _LONGEST or len(group.arrows) != number - 1:
        return []
    depth = depths(group)
    order = sorted(group.boxes, key=lambda box: depth[box.id])
    joined = (following.get(one.id) == other.id for one, other in pairwise(order))
    return order if all(joined) else []


def in_lines(group: Group, chain: Sequence[Box], room: float) -> Group:
    """Return a chain in lines, about equally long, of not much more than ``room``.

    ``room`` is in inches. A group that is no chain stays as it is.
    """
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
    arrows = tuple(
        replace(arrow, weight=0) if arrow.target in starts else arrow
        for arrow in group.arrows
    )
    return replace(group, lines=tuple(map(tuple, lines)), arrows=arrows)
