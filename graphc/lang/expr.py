"""Expressions: numbers, names, lists and texts, with + - * / // % and brackets."""

import math
from collections.abc import Iterator
from dataclasses import field, replace
from typing import TypeAlias

from graphc.diagnostics import Code, Sink
from graphc.lang.cursor import Cursor
from graphc.lang.tokens import Kind, Token, text_value
from graphc.record import record
from graphc.source import Fragment, Span

MAX_DEPTH = 50
"""How deep an expression may nest: brackets, signs and operators."""

MAX_INTEGER = 10**18
"""The largest integer that is taken, written or computed."""


@record
class Number:
    """A number as written, never negative: a minus before it is a Unary."""

    value: int | float
    span: Span = field(compare=False)

    def __str__(self) -> str:
        return repr(self.value)


@record
class Name:
    """A parameter, a free dim, or a word such as ``same``."""

    text: str
    span: Span = field(compare=False)

    def __str__(self) -> str:
        return self.text


@record
class Text:
    """A quoted text; ``text`` is what it says."""

    text: str
    span: Span = field(compare=False)

    def __str__(self) -> str:
        escaped = self.text.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'


@record
class Unary:
    """The operand with its sign turned."""

    operand: "Expr"
    span: Span = field(compare=False)

    def __str__(self) -> str:
        if isinstance(self.operand, Binary):
            return f"-({self.operand})"
        return f"-{self.operand}"


@record
class Binary:
    """Two operands of ``+``, ``-``, ``*``, ``/``, ``//`` or ``%``."""

    operator: str
    left: "Expr"
    right: "Expr"
    span: Span = field(compare=False)

    def __str__(self) -> str:
        binding = _BINDING[self.operator]
        left = _bracketed(self.left, binding)
        right = _bracketed(self.right, binding + 1)
        return f"{left}{self.operator}{right}"


@record
class Items:
    """A list of expressions."""

    items: tuple["Expr", ...]
    span: Span = field(compare=False)

    def __str__(self) -> str:
        return f"[{','.join(map(str, self.items))}]"


Expr: TypeAlias = Number | Name | Text | Unary | Binary | Items
"""An expression; its ``span`` takes in the brackets around it, ``str`` is canonical."""

_BINDING = {"+": 1, "-": 1, "*": 2, "/": 2, "//": 2, "%": 2}


def _bracketed(operand: Expr, binding: int) -> str:
    if isinstance(operand, Binary) and _BINDING[operand.operator] < binding:
        return f"({operand})"
    return str(operand)


def parse_expr(fragment: Fragment, sink: Sink, code: Code = Code.GC201) -> Expr | None:
    """Return the expression that the whole text is, or None and a finding.

    expr    = product (("+" | "-") product)*
    product = signed (("*" | "/" | "//" | "%") signed)*
    signed  = "-" signed | atom
    atom    = number | name | text | "(" expr ")" | list
    list    = "[" [expr ("," expr)* [","]] "]", or the same with round brackets if it
              holds a comma or nothing

    Reports ``code``; GC209 for a number beyond 10**18.
    """
    cursor = Cursor(fragment, sink, code)
    if cursor.refuse_length():
        return None
    expr = read_expr(cursor)
    if expr is not None and not cursor.at_end:
        cursor.refuse_token()
        return None
    return expr


def read_expr(cursor: Cursor) -> Expr | None:
    """Return the longest expression at the cursor, which then stands behind it."""
    return _checked(cursor, _read_operation(cursor, binding=1))


def read_atom(cursor: Cursor) -> Expr | None:
    """Return the number, name, text, list or bracketed expression at the cursor."""
    return _checked(cursor, _read_atom(cursor))


def walk(expr: Expr) -> Iterator[Expr]:
    """Yield the expression and all its parts, from left to right."""
    waiting = [expr]
    while waiting:
        part = waiting.pop()
        yield part
        waiting.extend(reversed(_parts(part)))


def names(expr: Expr) -> set[str]:
    """Return the names that the expression holds, words included."""
    return {part.text for part in walk(expr) if isinstance(part, Name)}


def _parts(expr: Expr) -> tuple[Expr, ...]:
    match expr:
        case Unary(operand):
            return (operand,)
        case Binary(_, left, right):
            return (left, right)
        case Items(items):
            return items
        case _:
            return ()


def _checked(cursor: Cursor, expr: Expr | None) -> Expr | None:
    if isinstance(expr, Number | Name):
        return expr
    if expr is not None and _height(expr) > MAX_DEPTH:
        _refuse_depth(cursor, expr.span)
        return None
    return expr


def _height(expr: Expr) -> int:
    """Return how many levels the tree has; without recursion, as it may be deep."""
    level = 0
    parts: list[Expr] = [expr]
    while parts:
        level += 1
        parts = [inner for part in parts for inner in _parts(part)]
    return level - 1


def _read_operation(cursor: Cursor, binding: int) -> Expr | None:
    left = _read_signed(cursor)
    while left is not None:
        operator = cursor.operator()
        if operator is None or _BINDING[operator] < binding:
            return left
        cursor.take()
        right = _read_operation(cursor, _BINDING[operator] + 1)
        if right is None:
            return None
        left = Binary(operator, left, right, left.span.to(right.span))
    return None


def _read_signed(cursor: Cursor) -> Expr | None:
    if not cursor.token.is_symbol("-"):
        return _read_atom(cursor)
    sign = cursor.span_of(cursor.token)
    if not _enter(cursor):
        return None
    operand = _read_signed(cursor)
    cursor.depth -= 1
    return None if operand is None else Unary(operand, sign.to(operand.span))


def _read_atom(cursor: Cursor) -> Expr | None:
    token = cursor.token
    if token.kind is Kind.NUMBER:
        return _read_number(cursor)
    if token.is_symbol("(", "["):
        return _read_brackets(cursor)
    if token.kind is Kind.NAME and "." not in token.text:
        return Name(token.text, cursor.span_of(cursor.take()))
    if token.kind is Kind.TEXT:
        return Text(text_value(token.text), cursor.span_of(cursor.take()))
    _refuse_as_atom(cursor)
    return None


def _refuse_as_atom(cursor: Cursor) -> None:
    token, before = cursor.token, cursor.previous
    span = cursor.span_of(token)
    if token.kind is Kind.NAME:
        message = f"`{token.text}` is no value: expressions have no attributes"
        cursor.refuse(span, message)
    elif token.kind is Kind.SYMBOL and before and before.kind is Kind.SYMBOL:
        message = f"`{token.text}` stands where a value is expected after "
        cursor.refuse(span, f"{message}`{before.text}`")
    else:
        cursor.refuse_token()


def _read_number(cursor: Cursor) -> Number | None:
    token = cursor.take()
    digits = token.text
    span = cursor.span_of(token)
    if digits.isdigit():
        if len(digits) <= len(str(MAX_INTEGER)) and int(digits) <= MAX_INTEGER:
            return Number(int(digits), span)
        cursor.refuse(span, "the number is larger than 10**18", code=Code.GC209)
        return None
    value = float(digits)
    if math.isinf(value):
        cursor.refuse(span, f"the number `{digits}` is too large", code=Code.GC209)
        return None
    return Number(value, span)


def _read_brackets(cursor: Cursor) -> Expr | None:
    """Read a bracketed expression or a list, and give it the span of its brackets."""
    opening = cursor.token
    if not _enter(cursor):
        return None
    closing = ")" if opening.text == "(" else "]"
    items: list[Expr] = []
    is_list = opening.text == "[" or cursor.token.is_symbol(")")
    while not cursor.token.is_symbol(closing):
        if cursor.at_end:
            _refuse_in_brackets(cursor, opening)
            return None
        item = _read_operation(cursor, binding=1)
        if item is None:
            return None
        items.append(item)
        if cursor.token.is_symbol(","):
            is_list = True
            cursor.take()
        elif not cursor.token.is_symbol(closing):
            _refuse_in_brackets(cursor, opening)
            return None
    span = cursor.span_of(opening).to(cursor.span_of(cursor.take()))
    cursor.depth -= 1
    return Items(tuple(items), span) if is_list else replace(items[0], span=span)


def _refuse_in_brackets(cursor: Cursor, opening: Token) -> None:
    token = cursor.token
    if cursor.at_end:
        span = cursor.span_of(opening)
        cursor.refuse(span, f"the bracket `{opening.text}` is never closed")
    elif token.is_symbol(")", "]"):
        message = f"the bracket `{opening.text}` is closed by `{token.text}`"
        cursor.refuse(cursor.span_of(token), message)
    else:
        cursor.refuse_item()


def _enter(cursor: Cursor) -> bool:
    """Step over a bracket or sign; report one that nests too deep."""
    if cursor.depth == MAX_DEPTH:
        _refuse_depth(cursor, cursor.span_of(cursor.token))
        return False
    cursor.depth += 1
    cursor.take()
    return True


def _refuse_depth(cursor: Cursor, span: Span) -> None:
    message = f"the expression nests more than {MAX_DEPTH} levels deep"
    cursor.refuse(span, message)
