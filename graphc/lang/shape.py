"""Shapes as written on edges: channels first, without the batch."""

from dataclasses import field

from graphc.diagnostics import Code, Sink
from graphc.lang.cursor import Cursor
from graphc.lang.expr import Name, Number
from graphc.lang.shape_dim import DimText, Unknown, read_dim, read_factor
from graphc.lang.shape_split import Piece, split_shape
from graphc.lang.tokens import Kind, Token
from graphc.record import record
from graphc.source import Fragment, Span


@record
class ShapeText:
    """A shape as written: one dim or more."""

    dims: tuple[DimText, ...]
    span: Span = field(compare=False)

    def __str__(self) -> str:
        if len(self.dims) == 1 and split_shape(str(self.dims[0])) is not None:
            return f"({self.dims[0]})"
        return "*".join(map(_dim_text, self.dims))


def _dim_text(dim: DimText) -> str:
    return str(dim) if isinstance(dim, Number | Name | Unknown) else f"({dim})"


def shape_of(dims: tuple[DimText, ...], span: Span) -> ShapeText:
    """Return the shape of dims that were read one by one, as from a YAML sequence."""
    return ShapeText(dims, span)


def parse_shape(fragment: Fragment, sink: Sink) -> ShapeText | None:
    """Return the shape that the whole text is, or None and a finding.

    shape    = product | crossed | "[" listed "]" | "(" listed ")"
    product  = factor ("*" factor)*                        3*299*299, (4*width)*H*W
    crossed  = part ("x" part)* | part "@" part ("x" part)*  3x224x224, 64@112x112
    listed   = dim ("," dim)* [","]                        [C, H//2, W]
    factor   = integer | name | "_" | "(" expr ")"
    part     = integer | name | "_"
    dim      = expr | "_"

    The multiplication sign may stand for ``x``. What ``x`` parts is said at
    ``split_shape``; round brackets around a single expression are a factor. Dims are
    integers above 0 or calculations of integers and names with + - * // %.
    Reports GC116; GC209 for a number beyond 10**18.
    """
    cursor = _open(fragment, sink)
    if cursor is None:
        return None
    pieces = split_shape(fragment.text)
    if pieces is not None:
        dims = _read_pieces(pieces, fragment, sink)
    elif _is_list(cursor):
        dims = _read_list(cursor)
    else:
        dims = _read_product(cursor)
    if dims is None:
        return None
    text = fragment.text
    start = len(text) - len(text.lstrip())
    return ShapeText(dims, fragment.slice(start, len(text.rstrip())))


def parse_dim(fragment: Fragment, sink: Sink) -> DimText | None:
    """Return the one dim that the whole text is, as in a list, or None and a finding.

    dim = expr | "_"

    Reports GC116; GC209 for a number beyond 10**18.
    """
    cursor = _open(fragment, sink)
    if cursor is None:
        return None
    dim = read_dim(cursor)
    if dim is not None and not cursor.at_end:
        cursor.refuse_token()
        return None
    return dim


def _open(fragment: Fragment, sink: Sink) -> Cursor | None:
    """Return a cursor at the beginning, unless something is plainly wrong."""
    cursor = Cursor(fragment, sink, Code.GC116)
    if cursor.refuse_length():
        return None
    if cursor.at_end:
        cursor.refuse(cursor.span(0, len(fragment.text)), "the size is empty")
        return None
    mark = fragment.text.find("?")
    if mark >= 0:
        message = "`?` does not stand for a size that is not known"
        cursor.refuse(cursor.span(mark, mark + 1), message, "write `_`")
        return None
    return cursor


def _read_pieces(
    pieces: tuple[Piece, ...], fragment: Fragment, sink: Sink
) -> tuple[DimText, ...] | None:
    dims = []
    for piece in pieces:
        cursor = Cursor(fragment.cut(piece.start, piece.end), sink, Code.GC116)
        if cursor.token.kind is Kind.END:
            span = fragment.slice(piece.start, piece.end)
            cursor.refuse(span, "a dim is missing here")
            return None
        dim = read_factor(cursor)
        if dim is None:
            return None
        if not cursor.at_end:
            _refuse_after_factor(cursor, 0)
            return None
        dims.append(dim)
    return tuple(dims)


def _is_list(cursor: Cursor) -> bool:
    """Whether the text begins with the bracket of a list, not of a factor."""
    if not cursor.token.is_symbol("("):
        return cursor.token.is_symbol("[")
    depth = 1
    ahead = 1
    while depth and (token := cursor.peek(ahead)).kind is not Kind.END:
        if (depth == 1 and token.is_symbol(",")) or (ahead == 1 and token.text == ")"):
            return True
        depth += token.is_symbol("(", "[") - token.is_symbol(")", "]")
        ahead += 1
    return False


def _read_list(cursor: Cursor) -> tuple[DimText, ...] | None:
    opening = cursor.take()
    closing = "]" if opening.text == "[" else ")"
    dims: list[DimText] = []
    while not cursor.at_end and not cursor.token.is_symbol(closing):
        dim = read_dim(cursor)
        if dim is None:
            return None
        dims.append(dim)
        if cursor.token.is_symbol(","):
            cursor.take()
        elif not (cursor.at_end or cursor.token.is_symbol(closing)):
            cursor.refuse_item()
            return None
    if not _close_list(cursor, opening):
        return None
    if not dims:
        span = cursor.span(opening.start, cursor.token.start)
        cursor.refuse(span, "a shape needs at least one dim")
        return None
    return tuple(dims)


def _close_list(cursor: Cursor, opening: Token) -> bool:
    """Read the bracket that ends the list and the text; return whether it is there."""
    if cursor.at_end:
        span = cursor.span_of(opening)
        cursor.refuse(span, f"the bracket `{opening.text}` is never closed")
        return False
    cursor.take()
    if cursor.token.kind is Kind.END:
        return True
    cursor.refuse_token()
    return False


def _read_product(cursor: Cursor) -> tuple[DimText, ...] | None:
    dims: list[DimText] = []
    while True:
        start = cursor.token.start
        dim = read_factor(cursor)
        if dim is None:
            return None
        dims.append(dim)
        if cursor.at_end:
            return tuple(dims)
        if not cursor.token.is_symbol("*"):
            _refuse_after_factor(cursor, start)
            return None
        cursor.take()


def _refuse_after_factor(cursor: Cursor, start: int) -> None:
    """Report what stands behind the factor that began at ``start`` and is no ``*``."""
    token = cursor.token
    span = cursor.span_of(token)
    text = cursor.fragment.text
    if token.is_symbol("+", "-", "/", "//", "%"):
        calculation = text[start:].partition("*")[0].strip()
        message = f"a calculation with `{token.text}` in a shape needs brackets"
        cursor.refuse(span, message, f"write `({calculation})`")
    elif token.is_symbol(","):
        message = "dims that are parted by commas need brackets around them"
        cursor.refuse(span, message, f"write `[{text.strip()}]`")
    elif token.text == "x" and cursor.peek().kind is Kind.END:
        cursor.refuse(span, "a dim is missing behind `x`")
    elif token.kind in (Kind.NAME, Kind.NUMBER):
        message = f"`{token.text}` follows a dim without a `*` between them"
        cursor.refuse(span, message)
    else:
        cursor.refuse_token()
