"""The wires of a figure by their ends, while groups of boxes become one box each."""

from collections.abc import Collection, Mapping
from heapq import heapify, heappop, heappush

from graphc.ingest.figure import Figure, Wire
from graphc.record import record


@record
class Crossing:
    """The wires over the border of a group of boxes, and those within.

    ``inside`` are those that end in it, from within or not. All stand in the order of
    the figure.
    """

    into: list[Wire]
    out_of: list[Wire]
    within: list[Wire]
    inside: list[Wire]


class Wiring:
    """Finds the wires of boxes, and what flows where, without a look at all others.

    The boxes have places such that each stands behind those it reads. While boxes are
    put together the places are kept true, and tell where a search may end.
    """

    def __init__(self, figure: Figure) -> None:
        self._figure = figure
        self._number = {id(wire): at for at, wire in enumerate(figure.wires)}
        self._into: dict[str, list[Wire]] = {name: [] for name in figure.boxes}
        self._out: dict[str, list[Wire]] = {name: [] for name in figure.boxes}
        for wire in figure.wires:
            self._into.setdefault(wire.target, []).append(wire)
            self._out.setdefault(wire.source, []).append(wire)
        self._places = self._in_order()

    def crossing(self, members: Collection[str]) -> Crossing:
        """Return the wires of a group."""
        found = Crossing([], [], [], [])
        for wire in self._of(members):
            if wire.target in members:
                found.inside.append(wire)
                inner = wire.source in members
                (found.within if inner else found.into).append(wire)
            else:
                found.out_of.append(wire)
        return found

    def is_closed(self, members: Collection[str], crossing: Crossing) -> bool:
        """Return whether nothing flows out of a group and back into it."""
        sources = {wire.source for wire in crossing.into}
        last = max((self._places.get(name, 0) for name in sources), default=0)
        reached = {wire.target for wire in crossing.out_of}
        pending = list(reached)
        while pending:
            name = pending.pop()
            if self._places and self._places[name] >= last:
                continue  # what it flows into stands behind all that flows in
            for wire in self._out[name]:
                if wire.target not in reached and wire.target not in members:
                    reached.add(wire.target)
                    pending.append(wire.target)
        return not sources & reached

    def put_together(
        self, members: Collection[str], box: str, crossing: Crossing
    ) -> None:
        """Let a box stand for a closed group, whose wires lead to it already.

        Wires that lead nowhere any more are left out.
        """
        into = [wire for wire in crossing.into if wire.target == box]
        dropped = {id(wire) for wire in crossing.into if wire.target != box}
        places = self.take_out(members)
        for source in {wire.source for wire in crossing.into}:
            kept = [one for one in self._out[source] if id(one) not in dropped]
            self._out[source] = kept
        self._into[box], self._out[box] = into, list(crossing.out_of)
        first = max((self._places.get(wire.source, -1) for wire in into), default=-1)
        last = min(
            (self._places.get(wire.target, 0) for wire in crossing.out_of),
            default=first + len(self._number) + len(places) + 2,
        )
        between = [place for place in places if first < place < last]
        if self._places and between:
            self._places[box] = between[0]
        elif self._places:
            self._places = self._in_order()

    def take_out(self, members: Collection[str]) -> list[int]:
        """Leave out boxes with all their wires, and return the places they had."""
        for name in members:
            del self._into[name], self._out[name]
        return [self._places.pop(name, 0) for name in members]

    def _of(self, members: Collection[str]) -> list[Wire]:
        """Return the wires that begin or end in a group, each once."""
        found = {
            id(wire): wire
            for name in members
            for wire in (*self._into[name], *self._out[name])
        }
        return sorted(found.values(), key=lambda wire: self._number[id(wire)])

    def _in_order(self) -> dict[str, int]:
        """Return places for the boxes; none where something flows in a circle."""
        waiting = {name: len(wires) for name, wires in self._into.items()}
        rank = {name: number for number, name in enumerate(waiting)}
        ready = [(rank[name], name) for name, number in waiting.items() if not number]
        heapify(ready)
        places: dict[str, int] = {}
        while ready:
            _, name = heappop(ready)
            places[name] = len(places)
            for wire in self._out[name]:
                waiting[wire.target] -= 1
                if not waiting[wire.target]:
                    heappush(ready, (rank[wire.target], wire.target))
        return places if len(places) == len(waiting) else {}


def owners(groups: Mapping[str, Collection[str]]) -> dict[str, set[str]]:
    """Return the names of the groups that each box stands in."""
    found: dict[str, set[str]] = {}
    for name, members in groups.items():
        for member in members:
            found.setdefault(member, set()).add(name)
    return found
