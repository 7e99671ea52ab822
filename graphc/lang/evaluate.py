"""The value of an expression, given what its names stand for."""

import math
import operator
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from graphc.diagnostics import Code, Diagnostic, Place, nearest
from graphc.lang.dims import Dim
from graphc.lang.expr import (
    MAX_INTEGER,
    Binary,
    Expr,
    Items,
    Name,
    Number,
    Text,
    Unary,
)
from graphc.record import record
from graphc.source import Span

MAX_TERMS = 10_000
"""How many products of terms the multiplication of two symbolic sizes may take."""

Value: TypeAlias = bool | int | float | str | Dim | tuple["Value", ...] | None
"""What an argument may be; a str is a word or a quoted text."""

Numeric: TypeAlias = int | float | Dim
"""What calculations take; never a bool."""


@record
class Fault:
    """Why an expression has no value, and the part of it that is to blame."""

    code: Code
    message: str
    span: Span
    help: tuple[str, ...] = ()

    def diagnostic(self) -> Diagnostic:
        """Return the finding to report."""
        return Diagnostic(self.code, self.message, Place(self.span), help=self.help)


_WORDS: Mapping[str, Value] = {
    "true": True,
    "True": True,
    "false": False,
    "False": False,
    "none": None,
    "None": None,
}

_OPERATIONS: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
}


def evaluate(expr: Expr, env: Mapping[str, Value]) -> Value | Fault:
    """Return the value, or the first fault from the left.

    A name means what ``env`` says; else ``true``, ``false``, ``none`` (or with a
    capital) are the values of these names, and any other name that is not part of a
    calculation is a word: itself, as a str. Integers are exact; ``/`` gives a float;
    ``//`` and ``%`` round down, as in Python.

    Faults: GC208 for a name in a calculation that ``env`` does not hold; GC209 for a
    division by zero, a calculation with what is no number (``true`` is not 1),
    ``//`` and ``%`` of floats, ``/`` of a symbolic size, and results that are not
    finite or beyond 10**18.
    """
    match expr:
        case Name(name):
            return env.get(name, _WORDS.get(name, name))
        case Text(text):
            return text
        case Items(items):
            values: list[Value] = []
            for item in items:
                value = evaluate(item, env)
                if isinstance(value, Fault):
                    return value
                values.append(value)
            return tuple(values)
        case _:
            return _calculate(expr, env)


def _calculate(expr: Expr, env: Mapping[str, Value]) -> Value | Fault:
    match expr:
        case Number(value):
            return value
        case Unary(operand):
            turned = _operand(operand, env)
            return turned if isinstance(turned, Fault) else -turned
        case Binary(_, left, right):
            first = _operand(left, env)
            if isinstance(first, Fault):
                return first
            second = _operand(right, env)
            if isinstance(second, Fault):
                return second
            return _combine(expr, first, second)
        case _:
            return evaluate(expr, env)


def _operand(expr: Expr, env: Mapping[str, Value]) -> Numeric | Fault:
    """Return the value of a part of a calculation: a number, or a fault."""
    if isinstance(expr, Name) and expr.text not in env and expr.text not in _WORDS:
        return _unknown(expr, env)
    value = _calculate(expr, env)
    if isinstance(value, bool | str | tuple) or value is None:
        said = value_text(value)
        if isinstance(expr, Name) and expr.text != said:
            said = f"{expr.text}`, which is `{said}"
        message = f"a calculation takes numbers, not `{said}`"
        return Fault(Code.GC209, message, expr.span)
    return value


def _unknown(name: Name, env: Mapping[str, Value]) -> Fault:
    message = f"`{name.text}` is no parameter in reach"
    meant = nearest(name.text, env)
    remedy: tuple[str, ...] = ()
    if meant is not None:
        remedy = (f"did you mean `{meant}`?",)
    elif env:
        remedy = (f"in reach: {', '.join(f'`{known}`' for known in sorted(env))}",)
    return Fault(Code.GC208, message, name.span, remedy)


def value_text(value: Value) -> str:
    """Return a value as a label has it: ``[1,7]``, ``true``, ``none``, ``3``."""
    if value is None or isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return f"[{','.join(map(value_text, value))}]"
    return str(value)


def _combine(expr: Binary, left: Numeric, right: Numeric) -> Numeric | Fault:
    if isinstance(right, int | float) and right == 0 and expr.operator in "//%":
        message = f"`{expr}` divides by zero"
        if not isinstance(expr.right, Number):
            message += f": `{expr.right}` is 0"
        return Fault(Code.GC209, message, expr.right.span)
    if fault := _mismatch(expr, left, right):
        return fault
    value: Numeric = _OPERATIONS[expr.operator](left, right)
    if isinstance(value, int) and abs(value) > MAX_INTEGER:
        return Fault(Code.GC209, f"the value of `{expr}` is beyond 10**18", expr.span)
    if isinstance(value, float) and not math.isfinite(value):
        return Fault(Code.GC209, f"the value of `{expr}` is too large", expr.span)
    return value


def _mismatch(expr: Binary, left: Numeric, right: Numeric) -> Fault | None:
    """Return why two numbers do not go together under the operator, if they do not."""
    rounding = expr.operator in ("//", "%")
    has_float = isinstance(left, float) or isinstance(right, float)
    symbolic = isinstance(left, Dim) or isinstance(right, Dim)
    if isinstance(left, Dim) and isinstance(right, Dim) and _is_long(expr, left, right):
        message = f"`{expr}` has too many terms"
        return Fault(Code.GC209, message, expr.span)
    if has_float and (rounding or symbolic):
        kind = "a symbolic size" if symbolic else f"`{expr.operator}`"
        message = f"`{expr}` has no value: {kind} goes with integers only"
        return Fault(Code.GC209, message, expr.span)
    if symbolic and expr.operator == "/":
        message = f"`{expr}` has no value: a symbolic size takes no `/`"
        remedy = f"write `{expr.left}//{expr.right}`, which rounds down"
        return Fault(Code.GC209, message, expr.span, (remedy,))
    if symbolic and rounding and not (isinstance(right, int) and right > 0):
        message = (
            f"`{expr}` has no value: a symbolic size is divided by positive integers"
        )
        return Fault(Code.GC209, message, expr.right.span)
    return None


def _is_long(expr: Binary, left: Dim, right: Dim) -> bool:
    """Whether the product of two symbolic sizes would take very long."""
    return expr.operator == "*" and len(left.terms) * len(right.terms) > MAX_TERMS
