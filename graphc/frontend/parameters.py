"""Parameters with their defaults."""

import math

from graphc.diagnostics import Code, Diagnostic, Place, Sink
from graphc.frontend.fields import mapping, refuse_kind
from graphc.frontend.scope import check_name
from graphc.ir import Parameter, Value
from graphc.lang import MAX_INTEGER
from graphc.reading import Entry, Mapping, Node, Scalar, Sequence, ambiguity
from graphc.source import Span


def parameters(
    body: Mapping, taken: dict[str, Span], sink: Sink
) -> tuple[Parameter, ...]:
    """Return what stands under ``params``: names with defaults.

    A default is a number, a truth value, a word or a list; ``~`` means that there is
    none, so a value must be given. ``taken`` are names with another meaning. Codes:
    GC103, GC014, GC105, GC106, GC209.
    """
    node = body.get("params")
    if node is None:
        return ()
    found = mapping(node, "`params`", sink)
    if found is None:
        return ()
    read = (_parameter(entry, taken, sink) for entry in found.entries)
    return tuple(parameter for parameter in read if parameter is not None)


def _parameter(entry: Entry, taken: dict[str, Span], sink: Sink) -> Parameter | None:
    if not check_name(entry.key, "parameter", taken, sink):
        return None
    node = entry.value
    required = isinstance(node, Scalar) and node.plain and node.value is None
    span = entry.key.span
    readable = required or _is_value(node, sink)
    default = _value(node) if readable and not required else None
    return Parameter(entry.name, default, required, span, faulty=not readable)


def _is_value(node: Node, sink: Sink) -> bool:
    """Return whether a default can be used; report what cannot."""
    if isinstance(node, Sequence):
        sound = [_is_value(item, sink) for item in node.items]
        return all(sound)
    if isinstance(node, Mapping):
        refuse_kind(node, "a default is a number, a word or a list", sink)
        return False
    return is_plain_number(node, sink)


def _value(node: Node) -> Value:
    if isinstance(node, Sequence):
        return tuple(map(_value, node.items))
    return node.value if isinstance(node, Scalar) else None


def is_plain_number(node: Scalar, sink: Sink) -> bool:
    """Return whether a scalar is free of numbers that cannot be used.

    Reports GC014 for one that YAML 1.1 reads otherwise, GC209 for one without end.
    """
    if node.faulty:
        return False
    both = ambiguity(node)
    if both is not None:
        message = f"`{node.text}` can be read in two ways: {both}"
        remedy = _clear(node)
        found = Diagnostic(Code.GC014, message, Place(node.span), help=remedy)
    elif isinstance(node.value, float) and not math.isfinite(node.value):
        message = f"`{node.text}` is no number to calculate with"
        found = Diagnostic(Code.GC209, message, Place(node.span))
    elif isinstance(node.value, int) and abs(node.value) > MAX_INTEGER:
        found = Diagnostic(Code.GC209, "the number is beyond 10**18", Place(node.span))
    else:
        return True
    sink.add(found)
    return False


def _clear(node: Scalar) -> tuple[str, ...]:
    """Return how to write a number, or a word, so that everybody reads the same."""
    number = node.value
    if isinstance(number, int) and not isinstance(number, bool):
        return (f"write `{number}`",)
    plain = node.text.replace("_", "")
    if plain != node.text and plain.isdigit() and not plain.startswith("0"):
        return (f"write `{plain}`",)
    if node.text.lower() in {"yes", "on"}:
        return ("write `true`",)
    return ("write `false`",) if node.text.lower() in {"no", "off"} else ()
