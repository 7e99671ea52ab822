"""What a spec says about its network."""

from graphc.diagnostics import Code, Diagnostic, Place, Sink
from graphc.frontend.checkpoint import checkpoint
from graphc.frontend.fields import (
    is_empty,
    kind_of,
    mapping,
    missing,
    sequence,
    text,
)
from graphc.ir import Meta, Reported
from graphc.reading import Mapping, Node, Scalar

VERSION = 1
"""The version of the language."""


def check_version(root: Mapping, sink: Sink) -> bool:
    """Return whether a spec can be read, as it is not said to be of another version.

    Reports GC102 where no version is given, GC104 where it is none that is known.
    """
    node = root.get("graphc")
    if node is None:
        if not root.faulty:
            place = root.entries[0].key.span
            missing("a spec", "graphc", f"graphc: {VERSION}", place, sink)
        return True
    version = node.value if isinstance(node, Scalar) else None
    is_number = isinstance(version, int | float) and not isinstance(version, bool)
    if is_number and version == VERSION:
        return True
    if not (isinstance(node, Scalar) and node.faulty):
        sink.add(_unknown_version(node))
    return not is_number


def _unknown_version(node: Node) -> Diagnostic:
    if isinstance(node, Scalar) and isinstance(node.value, int | float):
        message = f"there is no version `{node.text}` of the language"
    else:
        message = f"the version of the language is a number, not {kind_of(node)}"
    return Diagnostic(
        Code.GC104,
        message,
        Place(node.span),
        notes=(f"this graphc knows version {VERSION}",),
        help=(f"write `graphc: {VERSION}`",),
    )


def meta(root: Mapping, sink: Sink) -> Meta:
    """Return ``source``, ``about``, the published results and the checkpoint's keys.

    Reports GC103 for what is malformed, GC131 for keys.
    """
    return Meta(
        _text(root, "source", sink),
        _text(root, "about", sink),
        _reported(root, sink),
        checkpoint(root, sink),
    )


def _text(root: Mapping, key: str, sink: Sink) -> str | None:
    node = root.get(key)
    return None if node is None else text(node, f"`{key}`", sink)


def _reported(root: Mapping, sink: Sink) -> tuple[Reported, ...]:
    node = root.get("reported")
    if node is None or is_empty(node):
        return ()
    items = sequence(node, "`reported`", sink)
    found = []
    for item in items.items if items is not None else ():
        result = mapping(item, "a reported result", sink)
        if result is not None:
            found.append(_result(result, sink))
    return tuple(found)


def _result(result: Mapping, sink: Sink) -> Reported:
    """Return a result as it is written: the letters of a number, not its value."""
    values = []
    for entry in result.entries:
        said = text(entry.value, f"`{entry.name}`", sink)
        if said is not None:
            values.append((entry.name, said))
    return Reported(tuple(values))
