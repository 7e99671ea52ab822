"""What the tests of this room share: composing a text and telling the outcome."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from graphc.diagnostics import Diagnostic, Place, Sink
from graphc.reading import Mapping, Node, Scalar, Value, compose
from graphc.source import Source

Plain: TypeAlias = Value | list["Plain"] | dict[str, "Plain"]
Outline: TypeAlias = tuple[object, ...]

PARSERS = [False, True]
"""The values of ``pure``: libyaml, where it is there, and PyYAML's own parser."""


@dataclass(frozen=True, slots=True)
class Composed:
    source: Source
    node: Node | None
    found: tuple[Diagnostic, ...]

    def only(self) -> Diagnostic:
        assert len(self.found) == 1, [one.message for one in self.found]
        return self.found[0]


def composed(text: str, *, pure: bool = False) -> Composed:
    source, sink = Source("spec.yaml", text), Sink()
    node = compose(source, sink, pure=pure)
    return Composed(source, node, sink.sorted())


def sound(text: str, *, pure: bool = False) -> Node:
    """Return the tree of a text without any fault."""
    result = composed(text, pure=pure)
    assert not result.found, [one.message for one in result.found]
    assert result.node is not None
    return result.node


def mapping(text: str, *, pure: bool = False) -> Mapping:
    node = sound(text, pure=pure)
    assert isinstance(node, Mapping)
    return node


def plain(node: Node | None) -> Plain:
    """Return a tree as Python's own values."""
    if node is None or isinstance(node, Scalar):
        return node.value if node else None
    if isinstance(node, Mapping):
        return {entry.name: plain(entry.value) for entry in node.entries}
    return [plain(item) for item in node.items]


def outline(node: Node | None) -> Outline:
    """Return a tree with all its places, comparable between two sources."""
    if node is None:
        return ()
    place = (node.span.start, node.span.end)
    if isinstance(node, Scalar):
        inner = node.fragment.span
        where = (inner.start, inner.end, node.fragment.offsets)
        return (node.text, repr(node.value), node.plain, node.faulty, place, where)
    if isinstance(node, Mapping):
        pairs = [(outline(one.key), outline(one.value)) for one in node.entries]
        return ("mapping", place, *pairs)
    return ("sequence", place, *(outline(item) for item in node.items))


def told(found: tuple[Diagnostic, ...]) -> list[Outline]:
    """Return findings with offsets for places, comparable between two sources."""
    return [
        (one.code, one.message, _at(one.place), *map(_at, one.related), one.help)
        for one in found
    ]


def scalars(node: Node | None) -> Iterator[Scalar]:
    """Yield the scalars of a tree in the order of the text, keys included."""
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Mapping):
        for entry in node.entries:
            yield entry.key
            yield from scalars(entry.value)
    elif node is not None:
        for item in node.items:
            yield from scalars(item)


def _at(place: Place | None) -> Outline:
    return (place.span.start, place.span.end, place.message) if place else ()
