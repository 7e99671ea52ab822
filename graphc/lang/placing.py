"""Trees that were read apart from their place, and where their parts stand.

What a text says does not depend on where it stands. So it is read once, as if it were a
source of its own, whose places count from its own beginning; wherever it stands, a tree
with the places there is made when a report asks for one.
"""

from collections.abc import Callable
from dataclasses import replace

from graphc.lang.expr import Binary, Expr, Items, Unary
from graphc.lang.shape_dim import DimText, Unknown
from graphc.lang.term import ArgumentText, TermText
from graphc.source import Fragment, Source, Span

_Move = Callable[[Span], Span]


def apart(text: str) -> Fragment:
    """Return a text by itself: its places are its own characters, from 0."""
    return Fragment(text, Span(Source("", text), 0, len(text)))


def placed_term(term: TermText, fragment: Fragment) -> TermText:
    """Return a term of the text of ``fragment`` with the places there."""
    move = _move(fragment)
    return TermText(
        term.name,
        move(term.name_span),
        None if term.repeat is None else _expr(term.repeat, move),
        tuple(_argument(argument, move) for argument in term.arguments),
        move(term.span),
    )


def placed_dims(dims: tuple[DimText, ...], fragment: Fragment) -> tuple[DimText, ...]:
    """Return the dims of the text of ``fragment`` with the places there."""
    move = _move(fragment)
    return tuple(
        Unknown(move(dim.span)) if isinstance(dim, Unknown) else _expr(dim, move)
        for dim in dims
    )


def _move(fragment: Fragment) -> _Move:
    return lambda span: fragment.slice(span.start, span.end)


def _argument(argument: ArgumentText, move: _Move) -> ArgumentText:
    key_span = argument.key_span
    return ArgumentText(
        argument.key,
        None if key_span is None else move(key_span),
        _expr(argument.value, move),
        move(argument.span),
    )


def _expr(expr: Expr, move: _Move) -> Expr:
    span = move(expr.span)
    match expr:
        case Unary(operand):
            return Unary(_expr(operand, move), span)
        case Binary(operator, left, right):
            return Binary(operator, _expr(left, move), _expr(right, move), span)
        case Items(items):
            return Items(tuple(_expr(item, move) for item in items), span)
        case _:
            return replace(expr, span=span)
