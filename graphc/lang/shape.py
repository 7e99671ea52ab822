"""Shapes as written on edges: channels first, without the batch."""

import re
from dataclasses import field
from functools import lru_cache

from graphc.diagnostics import Code, Sink
from graphc.lang.cursor import MAX_LENGTH, Cursor
from graphc.lang.expr import Name, Number
from graphc.lang.placing import apart, placed_dims
from graphc.lang.shape_dim import DimText, Unknown, read_dim, read_factor
from graphc.lang.shape_split import Piece, split_shape
from graphc.lang.tokens import Kind, Token
from graphc.record import record
from graphc.source import Fragment, Span

_DIGITS = re.compile(r"[0-9]+")
_PRODUCT = re.compile(r"[1-9][0-9]{0,17}(?:\*[1-9][0-9]{0,17})*")
_MOST_KEPT = 10_000
"""How many texts of shapes are remembered."""


@record
class ShapeForm:
    """What a shape says, apart from where it stands.

    The characters ``start`` to ``end`` of its text are the shape, and the places of
    ``dims`` count in that text too. ``sizes`` are the dims where all are integers, or
    else None.
    """

    dims: tuple[DimText, ...]
    start: int = field(compare=False)
    end: int = field(compare=False)
    sizes: tuple[int, ...] | None = field(init=False, compare=False)

    def __post_init__(self) -> None:
        sizes = [dim.value for dim in self.dims if isinstance(dim, Number)]
        whole = tuple(size for size in sizes if isinstance(size, int))
        known = whole if len(whole) == len(self.dims) else None
        object.__setattr__(self, "sizes", known)


@record
class ShapeText:
    """A shape as written, one dim or more, and where.

    Shapes of the same text share their ``form``; ``place`` is the text here. Of dims
    that were read one by one, as in a YAML sequence, ``place`` is where they stand
    together, and each has its own place in the form already.
    """

    form: ShapeForm
    place: Fragment | Span = field(compare=False)
    _dims: tuple[DimText, ...] | None = field(
        default=None, init=False, compare=False, repr=False
    )

    @property
    def dims(self) -> tuple[DimText, ...]:
        """The dims, each with its place, which is made when it is first asked for."""
        if isinstance(self.place, Span):
            return self.form.dims
        if self._dims is None:
            placed = placed_dims(self.form.dims, self.place)
            object.__setattr__(self, "_dims", placed)
            return placed
        return self._dims

    @property
    def span(self) -> Span:
        """Where the shape stands."""
        if isinstance(self.place, Span):
            return self.place
        return self.place.slice(self.form.start, self.form.end)

    def __str__(self) -> str:
        dims = self.form.dims
        if len(dims) == 1 and split_shape(str(dims[0])) is not None:
            return f"({dims[0]})"
        return "*".join(map(_dim_text, dims))


def _dim_text(dim: DimText) -> str:
    return str(dim) if isinstance(dim, Number | Name | Unknown) else f"({dim})"


def shape_of(dims: tuple[DimText, ...], span: Span) -> ShapeText:
    """Return the shape of dims that were read one by one, as from a YAML sequence."""
    return ShapeText(ShapeForm(dims, 0, 0), span)


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
    Reports GC116; GC209 for a number beyond 10**18. A text that is sound is read once,
    however often it is written.
    """
    form = _form(fragment.text)
    if form is None:
        _read(fragment, sink)  # here, so that its places are those of the text
        return None
    return ShapeText(form, fragment)


@lru_cache(_MOST_KEPT)
def _form(text: str) -> ShapeForm | None:
    """Return the shape that a text is, None if it is none."""
    dims = _integers(text) or _read(apart(text), Sink())
    if dims is None:
        return None
    return ShapeForm(dims, len(text) - len(text.lstrip()), len(text.rstrip()))


def _integers(text: str) -> tuple[DimText, ...]:
    """Return the dims of a product of integers, as most sizes are; else nothing."""
    if len(text) > MAX_LENGTH or _PRODUCT.fullmatch(text) is None:
        return ()
    own = apart(text)
    return tuple(
        Number(int(digits[0]), own.slice(*digits.span()))
        for digits in _DIGITS.finditer(text)
    )


def _read(fragment: Fragment, sink: Sink) -> tuple[DimText, ...] | None:
    cursor = _open(fragment, sink)
    if cursor is None:
        return None
    pieces = split_shape(fragment.text)
    if pieces is not None:
        return _read_pieces(pieces, fragment, sink)
    return _read_list(cursor) if _is_list(cursor) else _read_product(cursor)


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
