"""Code that differs from instance to instance becomes code with arguments."""

import ast
import operator
from collections.abc import Callable, Iterable, Mapping, Sequence

from graphc.ir import Call, Code, Index, Infix, Input, Items, Value, Word
from graphc.lang import Dim, symbol

_OPERATIONS: Mapping[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
}


class DifferError(Exception):
    """Instances differ in more than values: they need classes of their own."""


class Scope:
    """The names that code in a class may use, with their values in each instance.

    ``values`` has a mapping for each instance. ``extras`` are arguments that are needed
    beyond those of the spec, by name, with a value for each instance.
    """

    def __init__(
        self, values: Sequence[Mapping[str, Value]], taken: Iterable[str]
    ) -> None:
        self.values = [dict(each) for each in values]
        self.extras: dict[str, tuple[Value, ...]] = {}
        self._taken = set(taken)

    def holds(self, code: Code, found: Sequence[Code]) -> bool:
        """Whether code has the value that was found, in every instance."""
        pairs = zip(self.values, found, strict=True)
        return all(same(value_at(code, values), value) for values, value in pairs)

    def extra(self, hint: str, found: Sequence[Value]) -> Dim:
        """Return an argument with these values, one that is there or a new one."""
        for name, given in self.extras.items():
            if all(map(same, given, found)):
                return symbol(name)
        name, number = hint, 2
        while name in self._taken:
            name, number = f"{hint}_{number}", number + 1
        self._taken.add(name)
        self.extras[name] = tuple(found)
        for each, value in zip(self.values, found, strict=True):
            each[name] = value
        return symbol(name)


def merged(scope: Scope, found: Sequence[Code], generic: Code, hint: str) -> Code:
    """Return one piece of code for what was found in each instance.

    Where ``generic`` gives every instance's value it stands; else the value itself, if
    all have the same; else an extra argument, called like ``hint``. Raises DifferError
    where the code differs in more than values.
    """
    first = found[0]
    key, inner = _parts(first)
    if any(_parts(code)[0] != key for code in found):
        raise DifferError
    if key is None:
        return _leaf(scope, found, generic, hint)
    columns = zip(*map(parts, found), strict=True)
    generic_key, generic_inner = _parts(generic)
    likely = generic_inner if generic_key == key else (None,) * len(inner)
    hints = _hints(first, hint)
    return _rebuilt(
        first,
        tuple(
            merged(scope, column, guess, name)
            for column, guess, name in zip(columns, likely, hints, strict=True)
        ),
    )


def _leaf(scope: Scope, found: Sequence[Code], generic: Code, hint: str) -> Code:
    if isinstance(generic, Dim) and scope.holds(generic, found):
        return generic
    if all(same(code, found[0]) for code in found):
        return found[0]
    values = [_value(code) for code in found]
    return scope.extra(hint, values)


def _value(code: Code) -> Value:
    if isinstance(code, Word | Input | Call | Items | Infix | Index):
        raise DifferError
    return code


def parts(code: Code) -> tuple[Code, ...]:
    """Return the parts that code is made of; none of a leaf."""
    return _parts(code)[1]


def _parts(code: Code) -> tuple[object, tuple[Code, ...]]:
    """Return what makes two pieces of code alike, and the parts; None for a leaf."""
    match code:
        case Call(function, positional, keywords):
            names = tuple(name for name, _ in keywords)
            values = tuple(value for _, value in keywords)
            key = ("call", function, len(positional), names)
            return key, (*positional, *values)
        case Items(items, bracket):
            return ("items", bracket, len(items)), items
        case Infix(sign, operands):
            return ("infix", sign, len(operands)), operands
        case Index(value, places):
            return ("index", len(places)), (value, *places)
        case Word() | Input():
            return ("fixed", code), ()
        case _:
            return None, ()


def _rebuilt(code: Code, parts: tuple[Code, ...]) -> Code:
    match code:
        case Call(function, positional, keywords):
            count = len(positional)
            names = (name for name, _ in keywords)
            return Call(
                function, parts[:count], tuple(zip(names, parts[count:], strict=True))
            )
        case Items(_, bracket):
            return Items(parts, bracket)
        case Infix(sign):
            return Infix(sign, parts)
        case Index():
            return Index(parts[0], parts[1:])
        case _:
            return code


_ENDS = {
    "nn.Linear": ("in_features", "out_features"),
    "nn.Embedding": ("num_embeddings", "embedding_dim"),
    "nn.MultiheadAttention": ("embed_dim", "num_heads"),
    "nn.GroupNorm": ("num_groups", "channels"),
    "nn.LayerNorm": ("shape",),
}


def _hints(code: Code, hint: str) -> tuple[str, ...]:
    """Return names for the parts of code, should they need an argument."""
    match code:
        case Call(Word(function), positional, keywords):
            ends = _ENDS.get(function, ())
            if "Conv" in function:
                ends = ("in_channels", "out_channels")
            named = [
                ends[i] if i < len(ends) else ("channels", "size")[min(i, 1)]
                for i in range(len(positional))
            ]
            return tuple(f"{hint}_{n}" for n in (*named, *(n for n, _ in keywords)))
        case Items(items):
            return tuple(f"{hint}_{i}" for i in range(len(items)))
        case _:
            return (hint,) * len(parts(code))


def value_at(code: Code, values: Mapping[str, Value]) -> Code:
    """Return the value of a size in an instance; None if it has none there."""
    if not isinstance(code, Dim):
        return code
    names = code.symbols()
    if not names <= values.keys():
        return None
    if len(names) == 1 and code == symbol(next(iter(names))):
        value = values[next(iter(names))]
        return None if isinstance(value, tuple) else value
    sizes = {name: values[name] for name in names}
    exact = {n: v for n, v in sizes.items() if isinstance(v, int | Dim)}
    if len(exact) == len(sizes):
        return code.subs(exact)
    return _calculated(ast.parse(str(code), mode="eval").body, sizes)


def _calculated(tree: ast.expr, values: Mapping[str, Value]) -> float | None:
    """Return the value of an expression with a float in it; None if it has none."""
    match tree:
        case ast.Constant(int() as number):
            return number
        case ast.Name(name):
            value = values[name]
            return value if isinstance(value, int | float) else None
        case ast.UnaryOp(ast.USub(), operand):
            turned = _calculated(operand, values)
            return None if turned is None else -turned
        case ast.BinOp(left, sign, right):
            first, second = _calculated(left, values), _calculated(right, values)
            if first is None or second is None:
                return None
            return _OPERATIONS[type(sign)](first, second)
        case _:
            return None


def same(left: object, right: object) -> bool:
    """Whether two values are one: ``True`` is not 1."""
    return isinstance(left, bool) is isinstance(right, bool) and left == right


def code_of(value: Value) -> Code:
    """Return a value as code; a list is a tuple."""
    if isinstance(value, tuple):
        return Items(tuple(map(code_of, value)), bracket=False)
    return value
