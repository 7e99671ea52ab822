"""A figure between its drawing and its spec: boxes, wires, and what is still open."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum

from graphc.ingest.notation import SizeReading, Unsaid
from graphc.reading import Entry
from graphc.source import Fragment, Span


class Role(Enum):
    """What a box of a figure is."""

    OP = "ops or modules"
    INPUT = "where a tensor comes in"
    OUTPUT = "where a tensor goes out"
    TENSOR = "a tensor, with its size"
    WORDS = "words that name no op"


@dataclass(slots=True, eq=False)
class Item:
    """One label in a box: its text in the notation of specs, and the size behind it.

    ``label`` is None where it could not be read, or says too little; ``drawn`` is then
    what stands in its place in a spec, for its author to put right.
    """

    label: Fragment | None
    size: SizeReading | None
    span: Span
    drawn: str = ""


@dataclass(slots=True, eq=False)
class Box:
    """A box of a figure: its name, and what stands in it.

    ``span`` is its name, ``label_span`` its label. ``unsaid`` is what its label leaves
    open, ``takes`` the channels that its label says come in. ``note`` is what was
    decided of it. An ``implied`` box is not drawn. A box ``is_layer`` if its label
    names a layer and could not be read all the same; it ``is_sure`` if no other than a
    network's node is called so.
    """

    name: str
    role: Role
    items: list[Item]
    span: Span
    label_span: Span
    unsaid: tuple[Unsaid, ...] = ()
    takes: Fragment | None = None
    reason: str = ""
    note: str | None = None
    implied: bool = False
    is_layer: bool = False
    is_sure: bool = False

    @property
    def label(self) -> str:
        """The text of its labels."""
        return " ".join(item.label.text for item in self.items if item.label)

    @property
    def size(self) -> SizeReading | None:
        """The size of what it gives, as far as its label tells it."""
        return self.items[-1].size if self.items else None

    @property
    def is_read(self) -> bool:
        """Whether all its labels could be read."""
        return all(item.label is not None for item in self.items)


@dataclass(slots=True, eq=False)
class Wire:
    """A tensor on its way from one box to another, with the size drawn on it.

    The spans are those of the names at its ends and of the link. A port is that of a
    module with several inputs or outputs. A ``plain`` size says no more than the layers
    on both sides, so a spec does without it.
    """

    source: str
    target: str
    size: SizeReading | None
    source_span: Span
    target_span: Span
    span: Span
    label: Fragment | None = None
    source_port: str | None = None
    target_port: str | None = None
    plain: bool = False


@dataclass(slots=True, eq=False)
class Figure:
    """A graph as drawn: boxes by name in their order, and wires.

    ``span`` is what names it. ``extra`` has the entries of a spec beside the graph that
    the figure states, such as ``params``.
    """

    name: str
    span: Span
    boxes: dict[str, Box]
    wires: list[Wire]
    area: Span
    extra: list[Entry] = field(default_factory=list)
    parts: "list[Figure]" = field(default_factory=list)

    def copy(self) -> "Figure":
        """Return the same figure, with boxes and wires of its own."""
        boxes = {
            name: replace(box, items=[replace(item) for item in box.items])
            for name, box in self.boxes.items()
        }
        wires = [replace(wire) for wire in self.wires]
        return replace(self, boxes=boxes, wires=wires, parts=[], extra=[*self.extra])

    def entering(self) -> Mapping[str, list[Wire]]:
        """Return the wires into each box, in their order; none for any other name."""
        found: defaultdict[str, list[Wire]] = defaultdict(list)
        for wire in self.wires:
            found[wire.target].append(wire)
        return found

    def leaving(self) -> Mapping[str, list[Wire]]:
        """Return the wires out of each box, in their order; none for any other name."""
        found: defaultdict[str, list[Wire]] = defaultdict(list)
        for wire in self.wires:
            found[wire.source].append(wire)
        return found
