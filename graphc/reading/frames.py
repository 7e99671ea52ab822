"""Collections of which the beginning has been read, and not yet the end."""

from dataclasses import dataclass, field
from typing import TypeAlias

from graphc.diagnostics import Sink
from graphc.reading.anchors import Anchor
from graphc.reading.merge import settled
from graphc.reading.nodes import Entry, Node, Scalar, Sequence
from graphc.source import Span


@dataclass(slots=True, eq=False, repr=False)
class _Frame:
    """What both kinds have.

    ``start`` and ``end`` are the offsets of its first character and behind the last
    part so far; ``flow`` tells that it stands in brackets, ``size_before`` how many
    nodes the text has before it, and ``height`` how many collections are in one another
    in it, itself included.
    """

    start: int
    end: int
    flow: bool
    size_before: int
    anchor: Anchor | None
    height: int = 1


@dataclass(slots=True, eq=False, repr=False)
class MappingFrame(_Frame):
    """A mapping; ``key`` is None after a key that was refused."""

    keyed: bool = False
    key: Scalar | None = None
    entries: list[Entry] = field(default_factory=list)

    def add(self, node: Node, end: int) -> bool:
        """Take a key or a value that ends at ``end``; tell whether it can be one."""
        self.end = end
        if self.keyed:
            self.keyed = False
            if self.key is not None:
                self.entries.append(Entry(self.key, node))
            return True
        self.keyed = True
        self.key = node if isinstance(node, Scalar) else None
        return self.key is not None

    def refuse(self, end: int) -> None:
        """Take something that ends at ``end`` and can be no key in place of one."""
        self.end, self.keyed, self.key = end, True, None

    def node(self, span: Span, sink: Sink) -> Node:
        """Return the mapping; codes: GC011, GC103."""
        return settled(self.entries, span, sink)


@dataclass(slots=True, eq=False, repr=False)
class SequenceFrame(_Frame):
    """A list."""

    items: list[Node] = field(default_factory=list)

    def add(self, node: Node, end: int) -> bool:
        """Take an item that ends at ``end``; any node can be one."""
        self.end = end
        self.items.append(node)
        return True

    def node(self, span: Span, _: Sink) -> Node:
        """Return the list."""
        return Sequence(tuple(self.items), span)


Frame: TypeAlias = MappingFrame | SequenceFrame
