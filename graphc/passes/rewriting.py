"""The contract of passes that rewrite a network for what it is built for.

A pass takes a network with its sizes and returns another that computes the same from
the weights of the same training: equal inputs give equal outputs in evaluation, up to
rounding. It works in the modules, not in their instances: what it changes in a module
must hold for every instance of it. It changes no object, and keeps the names of nodes.

A term whose layer has other weights than the trained one's tells in ``trained`` where
they come from. A term that is the trained network's own object keeps its weights. Terms
are compared by identity, so one that is replaced takes along ``weights_of`` the other.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeAlias

from graphc.diagnostics import Code, Diagnostic, Place, Severity
from graphc.infer import Sized
from graphc.ir import Argument, Network, Term, reworded, term_of, weights_of
from graphc.lang import ArgumentText, Expr, TermText, names
from graphc.ops import find
from graphc.record import record


@record(eq=False)
class Rewritten:
    """A network after a pass, and what the pass had to leave as it was."""

    network: Network
    remarks: tuple[Diagnostic, ...] = ()


Pass: TypeAlias = Callable[[Sized], Rewritten]
"""A pass; its sizes are those of the network before it."""


def given(term: Term, name: str) -> Expr | None:
    """Return what the term of an op gives for an argument of that declared name."""
    place = _place(term, name)
    return None if place is None else term.arguments[place].value


def with_argument(term: Term, name: str, value: Expr) -> Term:
    """Return a term with a value for an argument, by its name in the declaration.

    A value that the term gives for it, by whatever name or place, is replaced. The
    term must be that of an op.
    """
    arguments = list(term.arguments)
    place = _place(term, name)
    if place is None:
        arguments.append(ArgumentText(name, term.span, value, term.span))
    else:
        arguments[place] = replace(arguments[place], value=value)
    changed = reworded(term, arguments=tuple(arguments))
    return replace(changed, trained=weights_of(term))


def _place(term: Term, name: str) -> int | None:
    """Return which of the arguments that a term gives is that of the declared name."""
    if isinstance(term.target, str):
        raise TypeError(f"{term.name} is a module")
    position = 0
    for number, written in enumerate(term.arguments):
        if written.key is None:
            declared: Argument | None = term.target.arguments[position]
            position += 1
        else:
            declared = term.target.argument(written.key)
        if declared is not None and declared.name == name:
            return number
    return None


def op_term(name: str, near: Term, *values: Expr, **named: Expr) -> Term:
    """Return a new term of an op, which stands in the text where another one does."""
    target = find(name)
    if target is None:
        raise ValueError(f"no op is called {name}")
    place = near.span
    arguments = (
        *(ArgumentText(None, None, value, place) for value in values),
        *(ArgumentText(key, place, value, place) for key, value in named.items()),
    )
    return term_of(TermText(name, near.name_span, None, arguments, place), target)


OPEN = "parameters decide how many layers stand in its row"
"""Why terms stay of which ``is_open`` is true."""


def is_open(terms: Sequence[Term]) -> bool:
    """Whether parameters decide how many layers stand in a row of terms.

    Then the places of its layers, by which trained weights are found, are another in
    each instance, and the row has to stay as it is.
    """
    return len(terms) > 1 and has_open_repeat(terms)


def has_open_repeat(terms: Sequence[Term]) -> bool:
    """Whether parameters decide how often one of some terms is repeated."""
    repeats = (term.repeat for term in terms if term.repeat is not None)
    return any(names(repeat) for repeat in repeats)


def left(term: Term, why: str) -> Diagnostic:
    """Return a remark that a pass leaves a term as it is, and why (GC601)."""
    message = f"`{term.text}` stays as it is: {why}"
    return Diagnostic(Code.GC601, message, Place(term.span), severity=Severity.NOTE)
