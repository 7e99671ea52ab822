"""Links to and from subgraphs: they lead to the boxes at that border."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import product

from graphc.ingest.figure import Wire
from graphc.mermaid import Subgraph

_MOST = 1000
"""Wires that one link may stand for; each of many boxes to each of many says little."""


def boxes_in(group: Subgraph, by_id: dict[str, Subgraph]) -> Iterator[str]:
    """Yield the ids of boxes and subgraphs in a subgraph, and in those within it."""
    pending, seen = [group], {group.id}
    while pending:
        for member in pending.pop().members:
            yield member
            if member in by_id and member not in seen:
                seen.add(member)
                pending.append(by_id[member])


def inner_first(by_id: dict[str, Subgraph]) -> list[Subgraph]:
    """Return subgraphs, each behind those that stand in it."""
    order: list[Subgraph] = []
    inner = {id_ for one in by_id.values() for id_ in one.members if id_ in by_id}
    pending = [one for one in by_id.values() if one.id not in inner]
    while pending:
        one = pending.pop()
        order.append(one)
        pending.extend(by_id[id_] for id_ in one.members if id_ in by_id)
    return order[::-1]


def led_to_boxes(
    wires: Sequence[Wire], names: Collection[str], groups: Sequence[Subgraph]
) -> list[Wire]:
    """Return wires between boxes alone: those of a subgraph lead to its border.

    What flows into a subgraph goes to the boxes in it that nothing else flows into, or,
    where something flows into each, nothing from within; what flows out of it comes
    from the boxes at its end likewise. ``names`` are those of the boxes in their order.
    """
    by_id = {one.id: one for one in groups if one.id not in names}
    linked = {end for one in wires for end in (one.source, one.target)}
    found = list(wires)
    for group in inner_first(by_id):
        if group.id in linked:
            border = _Border(set(boxes_in(group, by_id)), names, found)
            found = [led for one in found for led in border.led(one, group.id)]
    return [one for one in found if one.source in names and one.target in names]


class _Border:
    """The boxes of a subgraph that its links lead to (first) and come from (last)."""

    def __init__(
        self, inside: set[str], names: Collection[str], wires: Sequence[Wire]
    ) -> None:
        within = [w for w in wires if w.source in inside and w.target in inside]
        self.first = _open(
            [name for name in names if name in inside],
            {wire.target for wire in wires},
            {wire.target for wire in within},
        )
        self.last = _open(
            [name for name in names if name in inside],
            {wire.source for wire in wires},
            {wire.source for wire in within},
        )

    def led(self, wire: Wire, group: str) -> Iterator[Wire]:
        """Yield the wires that a wire to or from the subgraph stands for."""
        sources = self.last if wire.source == group else [wire.source]
        targets = self.first if wire.target == group else [wire.target]
        if len(sources) * len(targets) <= _MOST:
            for source, target in product(sources, targets):
                yield replace(wire, source=source, target=target)


def _open(inside: list[str], linked: set[str], linked_within: set[str]) -> list[str]:
    """Return the boxes without a link, or where each has one, without one within."""
    return [name for name in inside if name not in linked] or [
        name for name in inside if name not in linked_within
    ]
