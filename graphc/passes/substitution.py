"""Expressions of a module, said with what its user gives for the parameters."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from graphc.ir import Value
from graphc.lang import (
    Binary,
    Dim,
    Expr,
    Fault,
    Items,
    Name,
    Number,
    Text,
    Unary,
    evaluate,
    walk,
)
from graphc.record import record
from graphc.source import Span

LONGEST = 100
"""How many parts an expression may have that takes the place of a parameter's use."""


@record
class Substitution:
    """What the parameters of a module stand for where it is used.

    ``given`` has an expression for each. ``taken`` are names that mean something to the
    user: a word of the module that is one of them is quoted, so that it stays a word.
    """

    given: Mapping[str, Expr]
    taken: Collection[str] = ()

    def __call__(self, expr: Expr) -> Expr | None:
        """Return an expression as the user would write it; None if it gets too long.

        Calculations with numbers alone become their values.
        """
        found = self._of(expr)
        parts = 0
        for parts, _ in enumerate(walk(found), start=1):
            if parts > LONGEST:
                return None
        return found

    def _of(self, expr: Expr) -> Expr:
        match expr:
            case Name(text, span):
                if text in self.given:
                    return self.given[text]
                return Text(text, span) if text in self.taken else expr
            case Unary(operand):
                return _settled(replace(expr, operand=self._of(operand)))
            case Binary(_, left, right):
                ends = self._of(left), self._of(right)
                return _settled(replace(expr, left=ends[0], right=ends[1]))
            case Items(items):
                return replace(expr, items=tuple(map(self._of, items)))
            case _:
                return expr


def expression(value: Value, span: Span) -> Expr:
    """Return the expression whose value is this, as for a default.

    ``span`` is where it is written. Raises TypeError for a symbolic size.
    """
    if isinstance(value, bool) or value is None:
        return Name(str(value).lower(), span)
    if isinstance(value, int | float):
        size = Number(abs(value), span)
        return Unary(size, span) if value < 0 else size
    if isinstance(value, tuple):
        return Items(tuple(expression(item, span) for item in value), span)
    if isinstance(value, Dim):
        raise TypeError(f"{value} is no value that a spec can hold")
    return Text(value, span)


def _settled(expr: Unary | Binary) -> Expr:
    """Return a calculation, or its value if it is one of numbers alone."""
    operands = (expr.left, expr.right) if isinstance(expr, Binary) else (expr.operand,)
    if not all(map(_is_number, operands)):
        return expr
    value = evaluate(expr, {})
    return expr if isinstance(value, Fault) else expression(value, expr.span)


def _is_number(expr: Expr) -> bool:
    plain = expr.operand if isinstance(expr, Unary) else expr
    return isinstance(plain, Number)
