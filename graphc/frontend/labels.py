"""Nodes: a label in one line, or in the long form."""

from collections.abc import Collection, Iterator

from graphc.diagnostics import Code, Diagnostic, Place, Sink, nearest
from graphc.frontend.fields import check_keys, missing, refuse_kind, text
from graphc.frontend.parameters import is_plain_number
from graphc.frontend.scope import Scope
from graphc.ir import Node, Term, opaque
from graphc.lang import (
    ArgumentText,
    Expr,
    Items,
    Name,
    Number,
    TermText,
    Text,
    names,
    parse_expr,
    parse_label,
)
from graphc.ops import find
from graphc.reading import Entry, Mapping, Scalar, Sequence
from graphc.reading import Node as YamlNode
from graphc.source import Span

_ALONE = ("Input", "Output")
_NOT_ARGUMENTS = ("op", "repeat", "note")
_EXAMPLE = "`Conv 32 k=3 ReLU`"


def node(entry: Entry, scope: Scope, sink: Sink) -> Node:
    """Return a node of the spec.

    One whose label cannot be read gets a term that says nothing of its tensors, so that
    what surrounds it is checked all the same. Codes: GC101 to GC103, GC201, GC202 and
    those of expressions.
    """
    read = tuple(_terms(entry.value, scope, sink))
    label = entry.value.span
    note = _note(entry.value, sink)
    terms = tuple(term for term in read if term is not None)
    if not read or len(terms) < len(read):
        terms = (_unknown(entry.name, label),)
    else:
        _check_alone(terms, sink)
    return Node(entry.name, terms, entry.key.span, label, note)


def _note(label: YamlNode, sink: Sink) -> str | None:
    found = label.get("note") if isinstance(label, Mapping) else None
    return None if found is None else text(found, "a note", sink)


def _unknown(name: str, span: Span) -> Term:
    return Term(name, opaque(name), (), None, span, span)


def _terms(label: YamlNode, scope: Scope, sink: Sink) -> Iterator[Term | None]:
    """Yield the terms of a label, None for what could not be read and was reported."""
    if isinstance(label, Scalar):
        short = _short(label, scope, sink)
        if not short:
            yield None
        for written in short:
            yield _term(written, scope, sink)
    elif isinstance(label, Sequence):
        for item in label.items:
            if isinstance(item, Sequence):
                refuse_kind(item, "an item of a label is a label itself", sink)
                yield None
            else:
                yield from _terms(item, scope, sink)
    elif label.get("label") is not None:
        check_keys(label, ("label", "note"), "a node with a label", sink)
        inner = label.get("label")
        if isinstance(inner, Mapping) and inner.get("label") is not None:
            refuse_kind(inner, f"a label is a text such as {_EXAMPLE}", sink)
            yield None
        elif inner is not None:
            yield from _terms(inner, scope, sink)
    else:
        term = _long(label, sink)
        yield None if term is None else _term(term, scope, sink)


def _short(label: Scalar, scope: Scope, sink: Sink) -> tuple[TermText, ...]:
    if label.faulty:
        return ()
    if not label.text.strip():
        message = "the label is empty"
        remedy = (f"write an op, as in {_EXAMPLE}",)
        sink.add(Diagnostic(Code.GC201, message, Place(label.span), help=remedy))
        return ()
    if not isinstance(label.value, str):
        refuse_kind(label, f"a label is a text such as {_EXAMPLE}", sink)
        return ()
    found = parse_label(label.fragment, scope.is_term, scope.is_parameter, sink)
    return found or ()


def _long(label: Mapping, sink: Sink) -> TermText | None:
    """Return the term of a mapping: ``{op: Conv, kernel: 3, stride: 2}``."""
    op = label.get("op")
    if op is None:
        if not label.faulty:
            missing("a node", "op", "op: Conv", label.span, sink)
        return None
    name = text(op, "`op`", sink)
    if name is None:
        return None
    counted = label.get("repeat")
    repeat = None if counted is None else _expression(counted, sink)
    whole = not label.faulty and (counted is None or repeat is not None)
    arguments = []
    for entry in label.entries:
        if entry.name in _NOT_ARGUMENTS:
            continue
        value = _expression(entry.value, sink)
        if value is None:
            whole = False
            continue
        key = entry.key.span
        span = key.to(entry.value.span)
        arguments.append(ArgumentText(entry.name, key, value, span))
    term = TermText(name, op.span, repeat, tuple(arguments), label.span)
    return term if whole else None


def _expression(value: YamlNode, sink: Sink) -> Expr | None:
    """Return a YAML value as an expression; a text is one in the notation."""
    if isinstance(value, Sequence):
        items = [_expression(item, sink) for item in value.items]
        whole = tuple(item for item in items if item is not None)
        return Items(whole, value.span) if len(whole) == len(items) else None
    if isinstance(value, Mapping):
        refuse_kind(value, "an argument is a number, a word or a list", sink)
        return None
    if value.plain and not is_plain_number(value, sink):
        return None
    return _scalar(value) or parse_expr(value.fragment, sink)


def _scalar(value: Scalar) -> Expr | None:
    """Return a scalar that is no text of the notation; None for one that is."""
    if value.plain and value.value is None:
        return Name("none", value.span)
    if isinstance(value.value, bool):
        return Name(str(value.value).lower(), value.span)
    if isinstance(value.value, int | float) and value.value >= 0:
        return Number(value.value, value.span)
    return None if value.text else Text("", value.span)


def _term(written: TermText, scope: Scope, sink: Sink) -> Term:
    name = written.name
    target = name if name in scope.modules else find(name)
    refused = name in scope.refused and name not in scope.modules
    if target is None and not refused:
        sink.add(_unknown_op(written, scope))
    if target is None or refused or _depends(written, scope.broken):
        return Term(name, opaque(name), (), None, written.span, written.name_span)
    return Term(
        name,
        target,
        written.arguments,
        written.repeat,
        written.span,
        written.name_span,
    )


def _depends(written: TermText, broken: Collection[str]) -> bool:
    """Return whether a term has an argument, or a repeat, that has no value."""
    values = [argument.value for argument in written.arguments]
    if written.repeat is not None:
        values.append(written.repeat)
    return any(not names(value).isdisjoint(broken) for value in values)


def _unknown_op(written: TermText, scope: Scope) -> Diagnostic:
    meant = nearest(written.name, scope.terms)
    if meant is not None:
        remedy = f"did you mean `{meant}`?"
    else:
        remedy = "`graphc ops` lists the ops; a module stands under `modules:`"
    message = f"unknown op or module `{written.name}`"
    return Diagnostic(Code.GC202, message, Place(written.name_span), help=(remedy,))


def _check_alone(terms: tuple[Term, ...], sink: Sink) -> None:
    """Report an ``Input`` or ``Output`` that has company, or a repeat (GC201)."""
    for term in terms:
        if term.name in _ALONE and (len(terms) > 1 or term.repeat is not None):
            message = f"`{term.name}` stands alone in its node"
            remedy = (
                f"make it a node of its own, as in `{term.name.lower()}: {term.name}`",
            )
            sink.add(Diagnostic(Code.GC201, message, Place(term.span), help=remedy))
