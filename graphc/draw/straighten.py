"""Which arrows are kept short and straight."""

from collections import Counter
from dataclasses import replace

from graphc.draw.drawing import Arrow, Group
from graphc.draw.extent import depths

SPINE = 100
"""The weight of an arrow on the longest way."""
_BRANCH = 2
_SKIP = 20
_JOIN = 1


def straightened(group: Group) -> Group:
    """Return the group with weights on its arrows.

    The longest way through it is kept straight; elsewhere a box stays close to what it
    reads rather than to what joins it with others, so that branches begin in a row. An
    arrow from a fork to a join, past the boxes between, runs straight too.
    """
    spine = _spine(group)
    into = Counter(arrow.target for arrow in group.all_arrows())
    out = Counter(arrow.source for arrow in group.all_arrows())

    def weight(arrow: Arrow) -> int:
        if id(arrow) in spine:
            return SPINE
        if into[arrow.target] == 1:
            return _BRANCH
        return _SKIP if out[arrow.source] > 1 else _JOIN

    arrows = tuple(replace(arrow, weight=weight(arrow)) for arrow in group.arrows)
    return replace(group, arrows=arrows)


def _spine(group: Group) -> set[int]:
    """Return the identities of the arrows on the longest way."""
    depth = depths(group)
    into: dict[str, list[Arrow]] = {}
    for arrow in group.all_arrows():
        into.setdefault(arrow.target, []).append(arrow)
    at = max(depth, key=depth.__getitem__, default="")
    found = set()
    while at in into:
        arrow = max(into[at], key=lambda one: depth[one.source])
        found.add(id(arrow))
        at = arrow.source
    return found
