"""Sizes on edges and in rows: as a text, or as a list."""

from collections.abc import Collection

from graphc.diagnostics import Code, Diagnostic, Place, Sink
from graphc.frontend.fields import refuse_kind
from graphc.frontend.numbers import is_clear
from graphc.lang import (
    DimText,
    ShapeText,
    Unknown,
    names,
    parse_dim,
    parse_shape,
    shape_of,
)
from graphc.reading import Node, Scalar, Sequence


def sizes(node: Node | None, arrows: int, sink: Sink) -> list[ShapeText | None]:
    """Return the size on each arrow of a chain, None where none is written.

    One arrow takes a shape, as a text or a list of dims; a chain takes a list with a
    shape for each arrow. ``_`` leaves an arrow without. Codes: GC014, GC103, GC115,
    GC116.
    """
    if arrows == 1:
        return [size_of(node, sink)]
    nothing: list[ShapeText | None] = [None] * arrows
    if node is None or (isinstance(node, Scalar) and node.faulty):
        return nothing
    if not isinstance(node, Sequence):
        message = f"a chain of {arrows} arrows takes a list of {arrows} sizes"
        remedy = (f"write `[{', '.join(['_'] * arrows)}]`, with `_` where it is open",)
        sink.add(Diagnostic(Code.GC115, message, Place(node.span), help=remedy))
        return nothing
    if len(node.items) != arrows:
        count = len(node.items)
        message = f"the chain has {arrows} arrows, and {count} size{'s' * (count != 1)}"
        remedy = ("write `_` for an arrow whose size is left open",)
        sink.add(Diagnostic(Code.GC115, message, Place(node.span), help=remedy))
        return nothing
    return [size_of(item, sink) for item in node.items]


def size_of(node: Node | None, sink: Sink) -> ShapeText | None:
    """Return the size that stands behind one arrow, or a label, None if it is open.

    It is a text or a list of dims. Codes: GC014, GC103, GC116.
    """
    if isinstance(node, Scalar):
        if node.faulty or node.text.strip() == "_" or not is_clear(node, sink):
            return None
        return parse_shape(node.fragment, sink)
    if isinstance(node, Sequence):
        return _listed(node, sink)
    if node is not None:
        refuse_kind(node, "a size is a text such as `64*32*32`", sink)
    return None


def settled(shape: ShapeText | None, broken: Collection[str]) -> ShapeText | None:
    """Return a size, or None if it depends on a parameter that has no value."""
    if shape is None or not broken:
        return shape
    used = (names(dim) for dim in shape.dims if not isinstance(dim, Unknown))
    return shape if all(found.isdisjoint(broken) for found in used) else None


def _listed(node: Sequence, sink: Sink) -> ShapeText | None:
    if not node.items:
        message = "a shape needs at least one dim"
        sink.add(Diagnostic(Code.GC116, message, Place(node.span)))
        return None
    dims = [_dim(item, sink) for item in node.items]
    read = tuple(dim for dim in dims if dim is not None)
    return shape_of(read, node.span) if len(read) == len(dims) else None


def _dim(item: Node, sink: Sink) -> DimText | None:
    if not isinstance(item, Scalar):
        refuse_kind(item, "a dim is a number, a name or an expression", sink)
        return None
    if item.text == "_":
        return Unknown(item.span)
    if item.faulty or not is_clear(item, sink):
        return None
    return parse_dim(item.fragment, sink)
