"""One dim of a shape as written."""

from dataclasses import field
from typing import TypeAlias

from graphc.lang.cursor import OPERATORS, Cursor
from graphc.lang.evaluate import Fault, evaluate
from graphc.lang.expr import (
    Binary,
    Expr,
    Items,
    Name,
    Number,
    Text,
    Unary,
    names,
    read_atom,
    read_expr,
    walk,
)
from graphc.lang.tokens import Kind
from graphc.record import record
from graphc.source import Span


@record
class Unknown:
    """A dim that is left to be inferred, written ``_``."""

    span: Span = field(compare=False)

    def __str__(self) -> str:
        return "_"


DimText: TypeAlias = Expr | Unknown
"""A dim as written: a calculation with integers and names, or unknown."""

_UNKNOWN = ("write `_` for a size that is to be inferred",)
_NO_SIZES = ("true", "True", "false", "False", "none", "None", "null")


def read_dim(cursor: Cursor) -> DimText | None:
    """Return the dim at the cursor: any expression, or ``_``."""
    if cursor.token.text == "_" and not cursor.peek().is_symbol(*OPERATORS):
        return Unknown(cursor.span_of(cursor.take()))
    expr = read_expr(cursor)
    return expr if expr is not None and _is_size(cursor, expr) else None


def read_factor(cursor: Cursor) -> DimText | None:
    """Return the dim at the cursor: integer, name, ``_`` or bracketed expression."""
    token = cursor.token
    if token.text == "_":
        return Unknown(cursor.span_of(cursor.take()))
    if token.is_symbol("-") and cursor.peek().kind is Kind.NUMBER:
        span = cursor.span(token.start, cursor.peek().end)
        cursor.refuse(span, "a size cannot be negative", *_UNKNOWN)
        return None
    expr = read_atom(cursor)
    return expr if expr is not None and _is_size(cursor, expr) else None


def _is_size(cursor: Cursor, expr: Expr) -> bool:
    """Whether the expression may be a dim; report it if not."""
    match expr:
        case Number(int(size)) if size > 0:
            return True
        case Number(0):
            cursor.refuse(expr.span, "a size is at least 1, not 0")
            return False
        case Unary(Number()):
            cursor.refuse(expr.span, "a size cannot be negative", *_UNKNOWN)
            return False
        case _:
            parts = walk(expr)
            return all(_is_part_of_size(cursor, part) for part in parts) and (
                _is_positive(cursor, expr)
            )


def _is_positive(cursor: Cursor, expr: Expr) -> bool:
    """Whether a calculation without names gives a size; report it if not."""
    if names(expr):
        return True
    value = evaluate(expr, {})
    if isinstance(value, Fault):
        cursor.refuse(value.span, value.message, *value.help, code=value.code)
        return False
    if isinstance(value, int) and value < 1:
        message = f"a size is at least 1, and `{expr}` is {value}"
        cursor.refuse(expr.span, message)
        return False
    return True


def _is_part_of_size(cursor: Cursor, part: Expr) -> bool:
    match part:
        case Number(float(value)):
            remedy = (f"write `{int(value)}`",) if value.is_integer() else ()
            message = f"a size is a whole number, not `{part.span.text}`"
            cursor.refuse(part.span, message, *remedy)
            return False
        case Binary("/", left, right):
            message = "a size is divided with `//`, which rounds down, not with `/`"
            cursor.refuse(part.span, message, f"write `{left}//{right}`")
            return False
        case Name("_"):
            message = "a size that is not known cannot be part of a calculation"
            cursor.refuse(part.span, message, "write `_` alone for the whole dim")
            return False
        case Name(text) if text in _NO_SIZES:
            cursor.refuse(part.span, f"`{text}` is no size", *_UNKNOWN)
            return False
        case Items() | Text():
            cursor.refuse(part.span, f"`{part}` is no size")
            return False
        case _:
            return True
