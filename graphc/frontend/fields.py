"""The keys of a mapping, and values of the kinds that a spec has."""

from collections.abc import Sequence as Choices

from graphc.diagnostics import Code, Diagnostic, Place, Sink, nearest
from graphc.reading import Entry, Mapping, Node, Scalar, Sequence
from graphc.source import Span


def section(body: Mapping, key: str, sink: Sink) -> tuple[Entry, ...]:
    """Return the entries of an optional mapping; none where nothing is behind its key.

    Reports GC103.
    """
    node = body.get(key)
    if node is None or is_empty(node):
        return ()
    found = mapping(node, f"`{key}`", sink)
    return () if found is None else found.entries


def mapping(node: Node, what: str, sink: Sink) -> Mapping | None:
    """Return a mapping, or report that ``what`` should be one (GC103)."""
    if isinstance(node, Mapping):
        return node
    refuse_kind(node, f"{what} is a mapping of keys to values", sink)
    return None


def sequence(node: Node, what: str, sink: Sink) -> Sequence | None:
    """Return a sequence, or report that ``what`` should be one (GC103)."""
    if isinstance(node, Sequence):
        return node
    refuse_kind(node, f"{what} is a list, one item a line behind `- `", sink)
    return None


def text(node: Node, what: str, sink: Sink) -> str | None:
    """Return a text as written, or report that ``what`` should be one (GC103).

    A number is taken as its letters, so an identifier such as 1602.07261 needs no
    quotes.
    """
    if isinstance(node, Scalar) and not node.faulty and not is_empty(node):
        return node.text
    refuse_kind(node, f"{what} is a text", sink)
    return None


def is_empty(node: Node) -> bool:
    """Return whether nothing stands behind a key, or ``~``."""
    return isinstance(node, Scalar) and node.plain and node.value is None


def refuse_kind(node: Node, expected: str, sink: Sink) -> None:
    """Report a value of another kind than is expected here (GC103)."""
    if isinstance(node, Scalar) and node.faulty:
        return
    found = Place(node.span, f"this is {kind_of(node)}")
    sink.add(Diagnostic(Code.GC103, expected, found))


def kind_of(node: Node) -> str:
    """Return what a node is, with its article."""
    if isinstance(node, Mapping):
        return "a mapping"
    if isinstance(node, Sequence):
        return "a list"
    if is_empty(node):
        return "nothing"
    if isinstance(node.value, bool):
        return "a truth value"
    return "a text" if isinstance(node.value, str) else "a number"


def check_keys(found: Mapping, known: Choices[str], what: str, sink: Sink) -> None:
    """Report the keys that ``what`` does not have (GC101)."""
    for entry in found.entries:
        if entry.name in known or entry.key.faulty:
            continue
        meant = nearest(entry.name, known)
        remedy = f"did you mean `{meant}`?" if meant else f"its keys: {listed(known)}"
        message = f"{what} has no key `{entry.name}`"
        place = Place(entry.key.span)
        sink.add(Diagnostic(Code.GC101, message, place, help=(remedy,)))


def missing(what: str, key: str, example: str, span: Span, sink: Sink) -> None:
    """Report a key that is not there (GC102)."""
    message = f"{what} needs the key `{key}`"
    remedy = f"write `{example}`"
    sink.add(Diagnostic(Code.GC102, message, Place(span), help=(remedy,)))


def listed(names: Choices[str]) -> str:
    """Return names in backticks, in a row."""
    return ", ".join(f"`{name}`" for name in names)
