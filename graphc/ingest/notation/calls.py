"""Layers as PyTorch and Keras write and print them: ``Conv2d(64, 64, kernel_size=3)``.

Square brackets may stand for the round ones.
"""

import ast
import re
from dataclasses import dataclass, field
from typing import TypeAlias

from graphc.ingest.notation.drafts import Draft, Given
from graphc.ingest.notation.lexicon import called
from graphc.ingest.notation.parts import Part
from graphc.ingest.notation.signatures import (
    COMPLETE,
    KERAS,
    KERAS_KEYS,
    TAKES,
    WITHOUT_MEANING,
    torch_order,
)
from graphc.ingest.notation.words import tokens_of
from graphc.ir import Family, Kind, Op, Value
from graphc.ops import find
from graphc.record import record

_Plain: TypeAlias = int | float | bool | str | None
_Literal: TypeAlias = _Plain | tuple["_Literal", ...]

_ALLOWED = re.compile(r"""[\w\s.,=()\[\]"'+-]*""", re.ASCII)
_KERAS_NAME = re.compile(
    r"\w*[123]D(?:Transpose)?|Dense|BatchNormalization|Concatenate"
)
_PER_AXIS = (Kind.AXES, Kind.PADDING, Kind.FACTORS)
_CALL = "f("
_MOST = 500  # characters of a call


@dataclass(slots=True)
class Call:
    """What a call says of its layer, in the arguments of the op."""

    given: list[Given] = field(default_factory=list)
    takes: Part | None = None
    behind: list[Draft] = field(default_factory=list)
    reason: str = ""


def is_keras(name: str) -> bool:
    """Whether a layer is called as Keras calls it, and PyTorch does not."""
    return _KERAS_NAME.fullmatch(name) is not None


def read_call(op: Op, name: str, text: str, start: int, end: int) -> Call | None:
    """Return what the arguments ``text[start:end]`` of a call say, brackets left out.

    None if they are no arguments of a call; with a ``reason`` if they are, and say
    what the op cannot.
    """
    body = text[start:end].replace("\n", " ")
    if len(body) > _MOST or not _ALLOWED.fullmatch(body):
        return None
    try:
        tree = ast.parse(f"{_CALL}{body})", mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    if not isinstance(tree, ast.Call) or not isinstance(tree.func, ast.Name):
        return None
    if _is_function(name):
        _drop_tensors(op, tree)
    rows = _rows(op, name, tree, start - len(_CALL))
    if rows is None:
        return None
    call = Call()
    for row in rows:
        _take(op, row, call)
    return call


@record
class _Row:
    """One argument of a call, its key given or told by its place."""

    key: str
    value: _Literal
    start: int
    end: int


def _rows(op: Op, name: str, tree: ast.Call, shift: int) -> list[_Row] | None:
    """Return the arguments of a call by name; None if it is none of the op."""
    order = KERAS.get(op.name, ()) if is_keras(name) else torch_order(op)
    order = _order(op, order, tree)
    if len(tree.args) > len(order):
        return None
    keyed = [*zip(order, tree.args, strict=False)]
    keyed += [(word.arg or "", word.value) for word in tree.keywords]
    if len({key for key, _ in keyed}) < len(keyed):
        return None
    rows = []
    for named, node in keyed:
        key = named
        literal = _literal(node)
        if isinstance(literal, _NoLiteral) or not key:
            return None
        place = node.col_offset + shift, (node.end_col_offset or 0) + shift
        if is_keras(name) or op.argument(key) is None:
            key = KERAS_KEYS.get(key, key)
        rows.append(_Row(key, literal, *place))
    return rows


def _is_function(name: str) -> bool:
    """Whether a name is that of a function, which is called with tensors."""
    return name.islower()


def _drop_tensors(op: Op, tree: ast.Call) -> None:
    """Leave out the names of tensors that a function is called with."""
    words = {word for argument in op.arguments for word in argument.choices}
    while tree.args and all(
        isinstance(part, ast.Name) and part.id not in words
        for part in _parts(tree.args[0])
    ):
        del tree.args[0]


def _parts(node: ast.expr) -> tuple[ast.expr, ...]:
    return tuple(node.elts) if isinstance(node, ast.List | ast.Tuple) else (node,)


def _order(op: Op, order: tuple[str, ...], tree: ast.Call) -> tuple[str, ...]:
    """Return the order that a call has: one number before keys is what comes out.

    In PyTorch's order a Conv2d has two at least, and its kernel.
    """
    last = COMPLETE.get(op.name)
    if last is None or order[:1] == () or order[0] not in TAKES:
        return order
    keys = {word.arg for word in tree.keywords}
    complete = order.index(last) < len(tree.args) or keys & {last, "k", "kernel"}
    if op.name == "Linear":
        return order if len(tree.args) > 1 or last in keys else order[1:]
    if len(tree.args) == 1 and order[1] not in keys:
        return order[1:]
    return order if complete else ()


@record
class _NoLiteral:
    """Stands for what is no literal."""


def _literal(node: ast.expr) -> _Literal | _NoLiteral:
    """Return the value of a literal; a name is a word."""
    match node:
        case ast.Constant(value=bool() | int() | float() | str() | None as value):
            return value
        case ast.Name(id=word):
            return word
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() as value)):
            return -value
        case ast.Tuple(elts=items) | ast.List(elts=items):
            found = tuple(_literal(item) for item in items)
            values = tuple(v for v in found if not isinstance(v, _NoLiteral))
            return values if len(values) == len(found) else _NoLiteral()
    return _NoLiteral()


def _take(op: Op, row: _Row, call: Call) -> None:
    """Add what one argument says to the call."""
    argument = op.argument(row.key)
    if argument is not None:
        text = spelt(row.value, once=argument.kind in _PER_AXIS)
        first = argument is op.arguments[0] and op.family is not Family.NORMALIZATION
        if first or not _is_default(row.value, argument.default):
            call.given.append(Given(argument.name, Part(text, row.start, row.end)))
    elif row.key in TAKES:
        call.takes = Part(spelt(row.value), row.start, row.end)
    elif row.key == "activation" and isinstance(row.value, str):
        _activate(row, call)
    elif not _is_harmless(row):
        call.reason = (
            f"`{op.name}` has no `{row.key}`, which is {spelt(row.value)} here"
        )


def _is_default(value: _Literal, default: Value) -> bool:
    """Whether a value is the default of its argument, one for all axes included."""
    values = value if isinstance(value, tuple) and value else (value,)
    return all(type(v) is type(default) and v == default for v in values)


def _is_harmless(row: _Row) -> bool:
    if row.key not in WITHOUT_MEANING:
        return False
    allowed = WITHOUT_MEANING[row.key]
    return not allowed or any(
        row.value is value or row.value == value for value in allowed
    )


def _activate(row: _Row, call: Call) -> None:
    word = str(row.value)
    name = called(tokens_of(word, 0, len(word)), 0)
    op = find(name.label) if name else None
    if word == "linear":
        return
    if op is None:
        call.reason = f"`{word}` is no activation that graphc knows"
        return
    call.behind.append(Draft(Part(op.name, row.start, row.end), op))


def spelt(value: _Literal, *, once: bool = True) -> str:
    """Return a literal in the notation of specs; equal numbers for all axes are one."""
    match value:
        case bool() | None:
            return str(value).lower()
        case tuple():
            items = [spelt(item) for item in value]
            alike = len(items) == 1 or (once and len(set(items)) == 1)
            return items[0] if alike else f"[{','.join(items)}]"
        case _:
            return str(value)
