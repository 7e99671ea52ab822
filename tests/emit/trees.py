"""What the tests of written specs share: trees of YAML nodes that no file holds."""

from collections.abc import Mapping as Names
from typing import TypeAlias

from graphc.diagnostics import Sink
from graphc.emit.spec import write_spec
from graphc.reading import Entry, Mapping, Node, Scalar, Sequence, compose
from graphc.source import Source, Span

Value: TypeAlias = "str | Unquoted | list[Value] | dict[str, Value]"
Meant: TypeAlias = tuple[object, ...]

_NOWHERE = Span(Source("nowhere", ""), 0, 0)
_NAMED = frozenset(
    {
        *("graphc", "model", "source", "about", "reported", "params", "where"),
        *("checkpoint", "imports", "nodes", "edges", "modules", "label", "note"),
    }
)


class Unquoted(str):
    """A scalar that stands without quotes: a number, a truth value, nothing."""

    __slots__ = ()


def tree(value: Value) -> Node:
    """Return a tree: a text is one whatever it looks like."""
    if isinstance(value, dict):
        return mapping(value)
    if isinstance(value, list):
        return Sequence(tuple(map(tree, value)), _NOWHERE)
    return _scalar(value)


def mapping(value: Names[str, Value]) -> Mapping:
    entries = (Entry(_scalar(key), tree(inner)) for key, inner in value.items())
    return Mapping(tuple(entries), _NOWHERE)


def composed(text: str, *, pure: bool = False) -> Mapping:
    """Return the tree of a text without any fault."""
    sink = Sink()
    node = compose(Source("spec.yaml", text), sink, pure=pure)
    assert [(one.code.name, one.message) for one in sink.sorted()] == []
    assert isinstance(node, Mapping)
    return node


def meant(node: Node) -> Meant:
    """Return what a tree says: keys whose order the house decides stand by name."""
    if isinstance(node, Scalar):
        text = "" if node.value is None else node.text
        return ("scalar", type(node.value).__name__, text)
    if isinstance(node, Sequence):
        return ("sequence", *map(meant, node.items))
    known = (one for one in node.entries if one.name in _NAMED)
    named = sorted(known, key=lambda one: one.name)
    others = [one for one in node.entries if one.name not in _NAMED]
    pairs = [(meant(one.key), meant(one.value)) for one in (*named, *others)]
    return ("mapping", *pairs)


def written(value: Names[str, Value]) -> str:
    """Return the text of a tree."""
    return write_spec(mapping(value))


def _scalar(text: str) -> Scalar:
    return Scalar(str(text), _NOWHERE, isinstance(text, Unquoted))
