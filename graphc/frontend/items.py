"""An item of a label that is a list, with the size behind it: ``- Conv 8: 8*9*9``."""

from collections.abc import Callable, Collection
from dataclasses import replace

from graphc.diagnostics import Code, Diagnostic, Place, Sink
from graphc.frontend.long_form import NOT_ARGUMENTS
from graphc.frontend.sizes import settled, size_of
from graphc.ir import Term
from graphc.lang import ShapeText
from graphc.reading import Entry, Mapping, Node

_LONG = (*NOT_ARGUMENTS, "label")
"""The keys by which a mapping is a term in the long form, or a label with a note."""


def sized_item(
    item: Node, is_term: Callable[[str], bool], sink: Sink
) -> tuple[Entry, ...]:
    """Return the label in an item with the size behind it; none of any other item.

    The key of such a mapping is the label. Several in one item are reported (GC201),
    and are all returned.
    """
    if not isinstance(item, Mapping):
        return ()
    if len(item.entries) == 1 and item.entries[0].key.faulty:
        return item.entries
    entries = tuple(entry for entry in item.entries if not entry.key.faulty)
    if not entries or any(entry.name in _LONG for entry in entries):
        return ()
    if len(entries) == 1:
        return entries
    if not any(is_term(word) for word in entries[0].name.split()[:3]):
        return ()
    sink.add(_not_one(entries[1]))
    return entries


def size_behind(entry: Entry, broken: Collection[str], sink: Sink) -> ShapeText | None:
    """Return the size that stands behind the label of an item, None if it is open.

    Codes: GC014, GC103, GC116.
    """
    return settled(size_of(entry.value, sink), broken)


def with_size(terms: tuple[Term, ...], shape: ShapeText | None) -> tuple[Term, ...]:
    """Return terms with a size behind the last of them."""
    if not terms or shape is None:
        return terms
    return (*terms[:-1], replace(terms[-1], shape=shape))


def _not_one(second: Entry) -> Diagnostic:
    return Diagnostic(
        Code.GC201,
        "an item of a label has one size",
        Place(second.key.span, "this is another"),
        help=("begin each item with `- ` on a line of its own",),
    )
