"""How much room a group takes, roughly, before anything lays it out."""

from collections.abc import Sequence
from itertools import accumulate
from operator import add

from graphc.draw.drawing import Box, Group

DEPTH = 0.68
"""The height of a row of boxes with the arrows below it, in inches."""

SIZE = 0.75
"""The width of an arrow with a size on it, in inches."""

PAGES = ((7.3, 10.2), (10.2, 7.3))
"""Width and height of a page within its margins, upright and on its side, in inches."""

# Inches, as the drawing languages set them.
_LETTER = 0.08
_MARGIN = 0.5
_TITLE = 0.5


def depths(group: Group) -> dict[str, int]:
    """Return how many arrows lead to each box of a group, along the longest way.

    The boxes and arrows of the groups in it count too.
    """
    found = {box.id: 0 for box in group.all_boxes()}
    leaving: dict[str, list[str]] = {}
    waiting = dict.fromkeys(found, 0)
    for arrow in group.all_arrows():
        leaving.setdefault(arrow.source, []).append(arrow.target)
        waiting[arrow.target] += 1
    ready = [name for name, number in waiting.items() if number == 0]
    while ready:
        name = ready.pop()
        for target in leaving.get(name, ()):
            found[target] = max(found[target], found[name] + 1)
            waiting[target] -= 1
            if waiting[target] == 0:
                ready.append(target)
    return found


def box_width(box: Box) -> float:
    """Return the width of a box in inches."""
    letters = max(map(len, (*box.lines, box.name)), default=0)
    return _MARGIN + _LETTER * (letters + 2 * len(box.badge))


def line_width(boxes: Sequence[Box]) -> float:
    """Return the width of a line of boxes with arrows between them, in inches."""
    return sum(map(box_width, boxes)) + SIZE * max(0, len(boxes) - 1)


def width(group: Group) -> float:
    """Return the width of a group in inches."""
    by_id = {box.id: box for box in group.boxes}
    if group.lines:
        return max(line_width([by_id[name] for name in line]) for line in group.lines)
    level = depths(group)
    ranks = [0.0] * (2 + max(level.values(), default=0))
    for box in group.all_boxes():
        ranks[level[box.id]] += box_width(box)
    passing = [0.0] * len(ranks)
    for arrow in group.all_arrows():
        passing[level[arrow.source] + 1] += SIZE
        passing[level[arrow.target]] -= SIZE
    return _MARGIN + max(map(add, ranks, accumulate(passing)), default=0.0)


def height(group: Group) -> float:
    """Return the height of a group in inches."""
    rows = len(group.lines) or 1 + max(depths(group).values(), default=0)
    return DEPTH * rows + (_TITLE if group.title else 0)
