"""What a spec says about its network."""

from graphc.diagnostics import Code, Diagnostic, Place, Sink
from graphc.frontend.fields import mapping, missing, sequence, text
from graphc.ir import Meta, Reported
from graphc.reading import Mapping, Scalar

VERSION = 1
"""The version of the language."""


def check_version(root: Mapping, sink: Sink) -> None:
    """Report a spec without a version (GC102), or one of another version (GC104)."""
    node = root.get("graphc")
    if node is None:
        if not root.faulty:
            place = root.entries[0].key.span
            missing("a spec", "graphc", f"graphc: {VERSION}", place, sink)
        return
    if isinstance(node, Scalar) and node.value == VERSION and node.value is not True:
        return
    message = f"this is not version {VERSION} of the language"
    remedy = (f"write `graphc: {VERSION}`",)
    sink.add(Diagnostic(Code.GC104, message, Place(node.span), help=remedy))


def meta(root: Mapping, sink: Sink) -> Meta:
    """Return ``source``, ``about`` and the published results; GC103 if malformed."""
    return Meta(
        _text(root, "source", sink), _text(root, "about", sink), _reported(root, sink)
    )


def _text(root: Mapping, key: str, sink: Sink) -> str | None:
    node = root.get(key)
    return None if node is None else text(node, f"`{key}`", sink)


def _reported(root: Mapping, sink: Sink) -> tuple[Reported, ...]:
    node = root.get("reported")
    items = None if node is None else sequence(node, "`reported`", sink)
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
