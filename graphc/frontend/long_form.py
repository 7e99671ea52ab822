"""A term as a mapping: ``{op: Conv, kernel: 3, stride: 2}``."""

from graphc.diagnostics import Code, Diagnostic, Place, Sink
from graphc.frontend.fields import is_empty, missing, refuse_kind
from graphc.frontend.numbers import is_usable
from graphc.lang import (
    ArgumentText,
    Expr,
    Items,
    Name,
    Number,
    TermText,
    Text,
    Unary,
    parse_expr,
)
from graphc.reading import Mapping, Node, Scalar, Sequence
from graphc.record import record

NOT_ARGUMENTS = ("op", "repeat", "note")
"""The keys of the long form that are no arguments of the op."""


@record
class LongForm:
    """The term that a mapping stands for; if not ``whole``, parts cannot be read."""

    term: TermText
    whole: bool


def long_form(label: Mapping, sink: Sink) -> LongForm | None:
    """Return the term of a mapping; None, and a finding, if it names no op.

    Values are numbers, truth values, words, lists and texts in the notation. Codes:
    GC014, GC102, GC103, GC201, GC209.
    """
    op = label.get("op")
    if op is None:
        if not label.faulty:
            missing("a node", "op", "op: Conv", label.span, sink)
        return None
    if not isinstance(op, Scalar) or not isinstance(op.value, str) or op.faulty:
        refuse_kind(op, "`op` is the name of an op or a module", sink)
        return None
    if not op.text or any(not part.isidentifier() for part in op.text.split(".")):
        sink.add(_no_name(op))
        return None
    counted = label.get("repeat")
    repeat = None if counted is None else _expression(counted, sink)
    whole = not label.faulty and (counted is None or repeat is not None)
    arguments = []
    for entry in label.entries:
        if entry.name in NOT_ARGUMENTS or entry.key.faulty:
            continue
        value = _expression(entry.value, sink)
        if value is None:
            whole = False
            continue
        key = entry.key.span
        span = key.to(entry.value.span)
        arguments.append(ArgumentText(entry.name, key, value, span))
    term = TermText(op.text, op.span, repeat, tuple(arguments), label.span)
    return LongForm(term, whole)


def _no_name(op: Scalar) -> Diagnostic:
    remedy = "a whole label stands behind `label:`, as in `{label: Conv 32 k=3 ReLU}`"
    message = "`op` is the name of one op or module"
    return Diagnostic(Code.GC103, message, Place(op.span), help=(remedy,))


def _expression(value: Node, sink: Sink) -> Expr | None:
    """Return a YAML value as an expression; a text is one in the notation."""
    if isinstance(value, Sequence):
        items = [_expression(item, sink) for item in value.items]
        whole = tuple(item for item in items if item is not None)
        return Items(whole, value.span) if len(whole) == len(items) else None
    if isinstance(value, Mapping):
        refuse_kind(value, "an argument is a number, a word or a list", sink)
        return None
    if not is_usable(value, sink):
        return None
    if is_empty(value):
        return _none(value, sink)
    if isinstance(value.value, str):
        return parse_expr(value.fragment, sink) if value.text else Text("", value.span)
    return _plain(value)


def _none(value: Scalar, sink: Sink) -> Expr | None:
    if value.text:
        return Name("none", value.span)
    refuse_kind(value, "an argument is a number, a word or a list", sink)
    return None


def _plain(value: Scalar) -> Expr:
    number = value.value
    if isinstance(number, bool) or not isinstance(number, int | float):
        return Name(str(number).lower(), value.span)
    size = Number(abs(number), value.span)
    return Unary(size, value.span) if number < 0 else size
