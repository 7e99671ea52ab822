"""What must not be said of a graph because some of it could not be read."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Doubt:
    """The nodes that may have edges besides those that are known.

    Some edge could not be read at all (``all``), or it leads to (``anywhere``) or comes
    from (``from_anywhere``) a node that cannot be told, or to or from one of those
    listed. A report about a missing edge would then only repeat another report.
    ``strangers`` are nodes that only edges name.
    """

    all: bool = False
    anywhere: bool = False
    from_anywhere: bool = False
    entered: set[str] = field(default_factory=set)
    left: set[str] = field(default_factory=set)
    strangers: set[str] = field(default_factory=set)

    def may_enter(self, name: str) -> bool:
        """Return whether an edge into the node may be missing."""
        return self.all or self.anywhere or name in self.entered

    def may_leave(self, name: str) -> bool:
        """Return whether an edge out of the node may be missing."""
        return self.all or self.from_anywhere or name in self.left

    def stranger(self, name: str) -> None:
        """Note that a node is named by edges alone."""
        self.strangers.add(name)
        self.around(name)

    def around(self, name: str) -> None:
        """Note that nothing is certain about the edges of a node."""
        self.entered.add(name)
        self.left.add(name)
