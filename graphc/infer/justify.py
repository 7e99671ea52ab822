"""The places whose change could resolve a conflict: those it was derived from."""

from collections import deque
from collections.abc import Iterator
from itertools import starmap

from graphc.infer.cells import Reason, SizeCell, TensorSlot
from graphc.infer.plan import Place, Use
from graphc.infer.session import Conflict, Frame
from graphc.record import record


@record(eq=False)
class Suspect:
    """A place behind a conflict, and the instance in which it plays its part."""

    place: Place
    frame: Frame


def justification(conflict: Conflict, most: int) -> tuple[Suspect, ...]:
    """Return the places behind both beliefs of a conflict, the nearest first.

    A conflict goes away only if one of its two derivations is broken, so these are all
    places that can resolve it alone.
    """
    walk = _Walk()
    clash, frame = conflict.clash, conflict.frame
    walk.place(clash.step.place, frame)
    if clash.slot is not None and clash.slot.why is not None and clash.cell is None:
        walk.reason(frame, clash.slot.why)
    for cell in (*clash.sources, *((clash.cell,) if clash.cell else ())):
        walk.cell(frame, cell)
    return walk.run(most)


class _Walk:
    def __init__(self) -> None:
        self._found: dict[Place, Frame] = {}
        self._queue: deque[tuple[Frame, Reason]] = deque()
        self._seen: set[tuple[int, int]] = set()

    def place(self, place: Place, frame: Frame) -> None:
        self._found.setdefault(place, frame)

    def cell(self, frame: Frame, cell: SizeCell) -> None:
        if cell.why is not None:
            self.reason(frame, cell.why)

    def reason(self, frame: Frame, reason: Reason) -> None:
        key = (id(frame.solution), id(reason))
        if key not in self._seen:
            self._seen.add(key)
            self._queue.append((frame, reason))

    def run(self, most: int) -> tuple[Suspect, ...]:
        while self._queue and len(self._found) < most:
            frame, reason = self._queue.popleft()
            self._follow(frame, reason)
        return tuple(starmap(Suspect, self._found.items()))[:most]

    def _follow(self, frame: Frame, reason: Reason) -> None:
        if reason.step is not None:
            self.place(reason.step.place, frame)
        for cell in reason.sources:
            self.cell(frame, cell)
        if reason.previous is not None:
            self.reason(frame, reason.previous)
        if reason.inside is not None:
            self._enter(frame, reason)
        if reason.boundary is not None:
            self._leave(frame, reason)

    def _enter(self, frame: Frame, reason: Reason) -> None:
        found = inside(frame, reason)
        if found is not None:
            inner, why = found
            self.reason(inner, why)

    def _leave(self, frame: Frame, reason: Reason) -> None:
        if frame.use is not None and frame.parent is not None:
            self.place(frame.use.place, frame.parent)
        for parent, why in outside(frame, reason):
            self.reason(parent, why)


def inside(frame: Frame, reason: Reason) -> tuple[Frame, Reason] | None:
    """Return the reason within the instance behind a use, if it came from there."""
    found, step = reason.inside, reason.step
    if found is None or not isinstance(step, Use):
        return None
    why = found.why
    return None if why is None else (Frame(found.solution, step, frame), why)


def outside(frame: Frame, reason: Reason) -> Iterator[tuple[Frame, Reason]]:
    """Return the reasons outside an instance that it was given a size for."""
    boundary, use, parent = reason.boundary, frame.use, frame.parent
    if boundary is None or use is None or parent is None:
        return
    ports = use.inputs if boundary.inward else use.outputs
    outer = parent.solution.slots[ports[boundary.port]]
    solution, plan = frame.solution, frame.solution.plan
    ends = plan.inputs if boundary.inward else plan.outputs
    cells = _matching(outer, solution.slots[ends[boundary.port]], reason)
    for cell in cells:
        if cell.why is not None:
            yield parent, cell.why
    if not cells and outer.why is not None:
        yield parent, outer.why


def _matching(outer: TensorSlot, slot: TensorSlot, reason: Reason) -> list[SizeCell]:
    """Return the dims outside an instance that the boundary reason stands for."""
    inner = slot.dims or []
    outside = outer.dims or []
    return [
        out
        for cell, out in zip(inner, outside, strict=False)
        if _rests_on(cell, reason)
    ]


def _rests_on(cell: SizeCell, reason: Reason) -> bool:
    why = cell.why
    while why is not None:
        if why is reason:
            return True
        why = why.previous
    return False
