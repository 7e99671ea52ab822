"""Arguments that the spec hands on from parameters: kept as they are written.

Sizes are symbols, so that code for integers follows from solving. A word, a flag, a
list and a fraction are no sizes; of these the expression in the spec is the code.
"""

from graphc.emit.torch.merge import Scope, same
from graphc.ir import Code, Infix, Value
from graphc.lang import Binary, Expr, Name, Number, evaluate, names, symbol


def handed_on(expr: Expr, scope: Scope) -> Code:
    """Return an expression as code; None if it is a matter of sizes, or of no names."""
    known = scope.values[0]
    if not names(expr) or not names(expr) <= known.keys():
        return None
    if isinstance(expr, Name):
        return symbol(expr.text)
    numbers = (each[name] for each in scope.values for name in names(expr))
    if not any(isinstance(number, float) for number in numbers):
        return None
    return _translated(expr)


def _translated(expr: Expr) -> Code:
    match expr:
        case Number(value):
            return value
        case Name(text):
            return symbol(text)
        case Binary(sign, left, right):
            operands = (_translated(left), _translated(right))
            return None if None in operands else Infix(sign, operands)
        case _:
            return None


def gives(expr: Expr, scope: Scope, found: list[Value]) -> bool:
    """Whether an expression has the value that was found, in every instance."""
    pairs = zip(scope.values, found, strict=True)
    return all(same(evaluate(expr, values), value) for values, value in pairs)
