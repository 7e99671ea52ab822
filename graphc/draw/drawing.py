"""A drawing before any drawing language: boxes, groups, arrows, legend, caption.

All texts are data as the spec has them; who writes a drawing language escapes them.
Ids are unique within a drawing and hold no character that DOT or Mermaid gives a
meaning to.
"""

from collections.abc import Iterator
from enum import Enum

from graphc.ir import Family
from graphc.record import record


class Standing(Enum):
    """How a size on an arrow came to be there."""

    ANNOTATED = "annotated"
    INFERRED = "inferred"
    MISTAKEN = "mistaken"


@record
class Box:
    """A node: what it does in a few lines, and its name.

    ``name`` is empty where it would only repeat the lines. ``family`` decides the
    colour; None is a use of a module. ``badge`` tells a repeat. ``count`` is the number
    of nodes that share the box where there is no room for all.
    """

    id: str
    lines: tuple[str, ...]
    name: str
    family: Family | None
    badge: str
    tooltip: str
    count: int = 1


@record
class Arrow:
    """An edge with the size on it, ``64*73*73``, or two: ``64*74*74 ≠ 64*73*73``.

    ``weight`` tells how short and straight it is kept, 0 not at all. One that ``turns``
    leads from the foot of a column to the head of the next.
    """

    source: str
    target: str
    size: str
    standing: Standing
    tooltip: str
    weight: int = 1
    turns: bool = False


@record
class Group:
    """Boxes and groups that belong together, and the arrows between them.

    Without a ``title`` it has no frame. It runs down, unless ``lines`` has the ids of
    its boxes in lines from left to right. ``badge`` tells a repeat.
    """

    id: str
    title: str
    tooltip: str
    boxes: tuple[Box, ...]
    groups: tuple["Group", ...] = ()
    arrows: tuple[Arrow, ...] = ()
    lines: tuple[tuple[str, ...], ...] = ()
    badge: str = ""

    def all_boxes(self) -> Iterator[Box]:
        """Return the boxes in it and in its groups."""
        yield from self.boxes
        for group in self.groups:
            yield from group.all_boxes()

    def all_arrows(self) -> Iterator[Arrow]:
        """Return the arrows in it and in its groups."""
        yield from self.arrows
        for group in self.groups:
            yield from group.all_arrows()


@record
class Below:
    """Two boxes of which the second stands below the first, though nothing joins them.

    It stands ``rows`` rows of boxes below; ``weight`` tells how much it matters that it
    is just so many, and straight below.
    """

    upper: str
    lower: str
    rows: int = 1
    weight: int = 1


@record
class Caption:
    """What stands under the drawing: a title, and lines with source and results."""

    title: str
    lines: tuple[str, ...] = ()


@record
class Drawing:
    """One sheet. ``legend`` has the families of its boxes, None for modules.

    ``left_out`` tells in words what there was no room for.
    """

    id: str
    groups: tuple[Group, ...]
    arrows: tuple[Arrow, ...]
    below: tuple[Below, ...]
    legend: tuple[Family | None, ...]
    caption: Caption
    left_out: tuple[str, ...] = ()

    def all_boxes(self) -> Iterator[Box]:
        """Return every box."""
        for group in self.groups:
            yield from group.all_boxes()

    def all_arrows(self) -> Iterator[Arrow]:
        """Return every arrow."""
        for group in self.groups:
            yield from group.all_arrows()
        yield from self.arrows
