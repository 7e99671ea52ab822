"""Which figures are networks, and why the others are none."""

from collections.abc import Iterable, Set

from graphc.diagnostics import counted
from graphc.ingest.boxes import sizes_drawn
from graphc.ingest.figure import Box, Figure, Role
from graphc.ingest.terms import terms_of
from graphc.ops import find

_SHARE = 4
"""One box in so many must name an op, or show a size, where sizes are drawn."""
_SHARE_ALONE = 2
"""One box in so many must name an op where no size is, and a link show one where no
box names an op: there is little to check, and much that only talks of networks."""


def judged(figures: Iterable[Figure]) -> dict[str, str | None]:
    """Return of each figure, by its name, why it is no network; None if it is one.

    What a box names of the document's own diagrams counts if that is a network itself.
    """
    pending = {figure.name: figure for figure in figures}
    reasons: dict[str, str | None] = {}
    networks: set[str] = set()
    while True:
        found = {name: _reason(one, networks) for name, one in pending.items()}
        new = {name for name, reason in found.items() if reason is None}
        reasons.update(found)
        if not new:
            return reasons
        networks |= new
        pending = {name: one for name, one in pending.items() if name not in new}


def names_any(figure: Figure) -> bool:
    """Whether a figure names an op for sure, or shows a size."""
    sure = any(box.is_sure for box in figure.boxes.values())
    return sure or sizes_drawn(figure) > 0


def _reason(figure: Figure, networks: Set[str]) -> str | None:
    boxes = len(figure.boxes)
    if not boxes:
        return "it has no nodes"
    ops = [box for box in figure.boxes.values() if _names(box, networks)]
    sizes = sizes_drawn(figure)
    if not ops and not sizes:
        return "no label names an op, and no size is shown"
    if not any(_is_sure(box, networks) for box in ops):
        on_links = sum(wire.size is not None for wire in figure.wires)
        enough = on_links > 0 and on_links * _SHARE_ALONE >= len(figure.wires)
    elif sizes:
        enough = max(len(ops), sizes) * _SHARE >= boxes
    else:
        ends = sum(map(_is_end, figure.boxes.values()))
        enough = len(ops) * _SHARE_ALONE >= boxes - ends
    shown = f"{counted(sizes, 'size')} {'stands' if sizes == 1 else 'stand'} in it"
    named = f"{len(ops)} {'names' if len(ops) == 1 else 'name'} an op"
    return None if enough else f"of {boxes} nodes {named}, and {shown}"


def _names(box: Box, networks: Set[str]) -> bool:
    """Whether a box names an op, or a diagram that is a network."""
    return box.role is Role.OP and any(
        find(term.name) is not None or term.name in networks
        for item in box.items
        for term in terms_of(item.label)
    )


def _is_end(box: Box) -> bool:
    """Whether a label itself says that a tensor comes in or goes out there."""
    return box.role in (Role.INPUT, Role.OUTPUT) and not box.reason


def _is_sure(box: Box, networks: Set[str]) -> bool:
    """Whether no other than a network's node is called so: ``Add`` may be anything."""
    names = {term.name for item in box.items for term in terms_of(item.label)}
    return box.is_sure or not names.isdisjoint(networks)
