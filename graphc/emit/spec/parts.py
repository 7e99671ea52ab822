"""The parts of a spec: the order of their keys, and what stands on lines of its own."""

from enum import Enum, auto

from graphc.reading import Entry, Mapping, Node


class Part(Enum):
    """What a node of the tree is in a spec."""

    SPEC = auto()
    OPEN = auto()
    RESULTS = auto()
    NODES = auto()
    LABEL = auto()
    ITEM = auto()
    EDGES = auto()
    MODULES = auto()
    MODULE = auto()
    VALUE = auto()

    def opens(self, node: Node) -> bool:
        """Whether a list or mapping has a line for each entry even if short."""
        if self is Part.VALUE:
            return False
        if isinstance(node, Mapping) and self in (Part.LABEL, Part.ITEM):
            is_label = node.entry("label") is not None
            is_sized = len(node.entries) == 1 and node.entry("op") is None
            return is_label if self is Part.LABEL else is_sized
        return True

    def of_key(self, name: str) -> "Part":
        """Return what stands behind a key of this part."""
        return _KEYS.get(self, {}).get(name) or _ENTRIES.get(self, Part.VALUE)

    @property
    def of_item(self) -> "Part":
        """What an item of a list in this part is."""
        return _ITEMS.get(self, Part.VALUE)

    def ordered(self, node: Mapping) -> tuple[Entry, ...]:
        """Return the entries in the order of the house, keys that it lacks behind."""
        order = tuple(_KEYS.get(self, ()))
        known = [node.entry(name) for name in order]
        others = (entry for entry in node.entries if entry.name not in order)
        return (*(entry for entry in known if entry is not None), *others)


_KEYS: dict[Part, dict[str, Part]] = {
    Part.SPEC: {
        "graphc": Part.VALUE,
        "model": Part.VALUE,
        "source": Part.VALUE,
        "about": Part.VALUE,
        "reported": Part.RESULTS,
        "params": Part.OPEN,
        "where": Part.OPEN,
        "checkpoint": Part.OPEN,
        "imports": Part.OPEN,
        "nodes": Part.NODES,
        "edges": Part.EDGES,
        "modules": Part.MODULES,
    },
    Part.MODULE: {
        "about": Part.VALUE,
        "params": Part.VALUE,
        "nodes": Part.NODES,
        "edges": Part.EDGES,
        "label": Part.LABEL,
    },
    Part.LABEL: {"label": Part.LABEL, "note": Part.VALUE},
}
_ENTRIES = {
    Part.NODES: Part.LABEL,
    Part.MODULES: Part.MODULE,
}
_ITEMS = {
    Part.RESULTS: Part.OPEN,
    Part.LABEL: Part.ITEM,
    Part.EDGES: Part.OPEN,
}
