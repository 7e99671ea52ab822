"""Numbers of YAML: whether everybody reads the same."""

import math

from graphc.diagnostics import Code, Diagnostic, Place, Sink
from graphc.lang import MAX_INTEGER
from graphc.reading import Scalar, ambiguity


def is_clear(node: Scalar, sink: Sink) -> bool:
    """Return whether YAML 1.1 and 1.2 agree on a scalar; report it if not (GC014)."""
    both = ambiguity(node)
    if both is None:
        return True
    message = f"`{node.text}` can be read in two ways: {both}"
    sink.add(Diagnostic(Code.GC014, message, Place(node.span), help=_clear(node)))
    return False


def is_usable(node: Scalar, sink: Sink) -> bool:
    """Return whether a scalar is free of numbers that cannot be used.

    Reports GC014 for one that YAML 1.1 reads otherwise, GC209 for one without end.
    """
    if node.faulty or not is_clear(node, sink):
        return False
    if isinstance(node.value, float) and not math.isfinite(node.value):
        message = f"`{node.text}` is no number to calculate with"
    elif isinstance(node.value, int) and abs(node.value) > MAX_INTEGER:
        message = "the number is beyond 10**18"
    else:
        return True
    sink.add(Diagnostic(Code.GC209, message, Place(node.span)))
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
