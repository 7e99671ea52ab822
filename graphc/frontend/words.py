"""The names in the arguments of a term: parameters, and words such as ``same``."""

from collections.abc import Iterator
from dataclasses import replace

from graphc.diagnostics import Code, Diagnostic, Place
from graphc.frontend.fields import listed
from graphc.frontend.scope import Scope
from graphc.ir import Argument, Kind, Op
from graphc.lang import (
    ArgumentText,
    Binary,
    Expr,
    Items,
    Name,
    TermText,
    Text,
    Unary,
    names,
    walk,
)

_VALUES = frozenset({"true", "True", "false", "False", "none", "None"})
_MOST_SHOWN = 8


def with_words(term: TermText, op: Op) -> TermText:
    """Return a term in which a word with hyphens is one: ``mode=nearest-exact``."""
    arguments = tuple(_as_word(argument, taker) for argument, taker in _taken(term, op))
    return replace(term, arguments=arguments)


def _as_word(written: ArgumentText, argument: Argument | None) -> ArgumentText:
    word = str(written.value)
    if argument is None or not isinstance(written.value, Binary):
        return written
    if word not in argument.choices:
        return written
    return replace(written, value=Text(word, written.value.span))


def is_broken(term: TermText, scope: Scope) -> bool:
    """Return whether a term has an argument, or a repeat, that cannot have a value."""
    values = [argument.value for argument in term.arguments]
    if term.repeat is not None:
        values.append(term.repeat)
    return any(not names(value).isdisjoint(scope.broken) for value in values)


def unknown_names(term: TermText, target: Op | str, scope: Scope) -> list[Diagnostic]:
    """Return a finding for each name that is neither a parameter nor a word (GC208).

    In a calculation and in a repeat every name is a parameter. A word alone is a value;
    where an argument takes none, the binding says so, unless the word is much like a
    parameter.
    """
    found: list[Name] = [] if term.repeat is None else list(_names(term.repeat))
    if isinstance(target, Op):
        takers = _taken(term, target)
    else:
        takers = [(argument, None) for argument in term.arguments]
    for written, argument in takers:
        if argument is not None and not _takes_words(argument):
            found += _misspelt(written.value, scope)
        found += _operands(written.value)
    return [
        _unknown(name, scope)
        for name in found
        if not scope.is_parameter(name.text) and name.text not in _VALUES
    ]


def _taken(term: TermText, op: Op) -> list[tuple[ArgumentText, Argument | None]]:
    """Return each argument as written with the one of the op, None if it has none."""
    taken = []
    position = 0
    for written in term.arguments:
        if written.key is not None:
            argument = op.argument(written.key)
        else:
            known = position < len(op.arguments)
            argument = op.arguments[position] if known else None
            position += 1
        taken.append((written, argument))
    return taken


def _takes_words(argument: Argument) -> bool:
    return bool(argument.choices) or argument.kind in (Kind.FLAG, Kind.WORD)


def _misspelt(value: Expr, scope: Scope) -> Iterator[Name]:
    """Yield the words that are much like a parameter."""
    words = _words(value)
    return (name for name in words if scope.guesses.nearest(name.text) is not None)


def _words(value: Expr) -> Iterator[Name]:
    """Yield the names that stand alone in a value, or in a list."""
    if isinstance(value, Name):
        yield value
    elif isinstance(value, Items):
        for item in value.items:
            yield from _words(item)


def _operands(value: Expr) -> Iterator[Name]:
    """Yield the names in the calculations of a value."""
    if isinstance(value, Unary | Binary):
        yield from _names(value)
    elif isinstance(value, Items):
        for item in value.items:
            yield from _operands(item)


def _names(value: Expr) -> Iterator[Name]:
    return (part for part in walk(value) if isinstance(part, Name))


def _unknown(name: Name, scope: Scope) -> Diagnostic:
    meant = scope.guesses.nearest(name.text)
    remedy: tuple[str, ...] = ()
    if meant is not None:
        remedy = (f"did you mean `{meant}`?",)
    elif scope.parameters:
        shown = list(scope.parameters)[:_MOST_SHOWN]
        more = ", ..." if len(shown) < len(scope.parameters) else ""
        remedy = (f"in reach: {listed(shown)}{more}",)
    message = f"`{name.text}` is no parameter in reach"
    return Diagnostic(Code.GC208, message, Place(name.span), help=remedy)
