"""Labels that are in the notation of specs as they stand."""

import re
from collections.abc import Callable

from graphc.diagnostics import Sink
from graphc.ingest.notation.drafts import Draft, Given
from graphc.ingest.notation.keys import ACTIVATIONS, DROPOUTS, KEYS, TAKEN
from graphc.ingest.notation.lexicon import called
from graphc.ingest.notation.parts import Part
from graphc.ingest.notation.words import tokens_of
from graphc.ir import Argument, Family, Kind, Op
from graphc.lang import (
    ArgumentText,
    Binary,
    Name,
    Number,
    TermText,
    names,
    parse_label,
)
from graphc.ops import find
from graphc.source import Fragment

_SHARED = re.compile(r"\s*same as \S+\s*")
_MOST_PLACED = 2
_DIMS = ("dim", "start_dim", "dim0")
_MOST_DIMS = 5
_OTHERS = DROPOUTS | ACTIVATIONS | TAKEN | frozenset(KEYS)  # keys that figures have


def is_shared(text: str) -> bool:
    """Whether the text is ``same as`` and the name of a node."""
    return _SHARED.fullmatch(text) is not None


def read_spec_label(
    text: Fragment, is_module: Callable[[str], bool]
) -> tuple[Draft, ...] | None:
    """Return the layers of a label that is in the notation of specs, or None.

    It is if each term is an op, as its declaration spells it, or a module, and its
    arguments are numbers, lists or words that the op takes. What is wrong with their
    values is left to be reported where specs are read. One number for a norm is none of
    its arguments, and a layer with a kernel has no three numbers by position.
    """

    def is_term(name: str) -> bool:
        return find(name) is not None or is_module(name)

    terms = parse_label(text, is_term, _is_no_param, Sink())
    if terms is None or not all(_is_meant(term, is_module) for term in terms):
        return None
    return tuple(map(_draft, terms))


def _is_no_param(_: str) -> bool:
    return False


def _is_meant(term: TermText, is_module: Callable[[str], bool]) -> bool:
    op = find(term.name)
    if op is None:
        return is_module(term.name) and not any(map(_has_names, term.arguments))
    placed = [argument for argument in term.arguments if argument.key is None]
    windowed = op.argument("kernel_size") is not None
    if (windowed and len(placed) > _MOST_PLACED) or (placed and not op.arguments):
        return False
    if placed and op.family is Family.NORMALIZATION and _is_scalar(op.arguments[0]):
        return False
    fits = map(_fits, op.arguments, placed)
    return all(fits) and all(_is_value(op, argument) for argument in term.arguments)


def _fits(declared: Argument, written: ArgumentText) -> bool:
    """Whether a value by position may be meant for the argument in its place.

    A tensor has four dims and the batch, at most five behind it.
    """
    value = written.value
    if declared.kind in (Kind.WORD, Kind.FLAG):
        return isinstance(value, Name)
    if not isinstance(value, Number) or declared.name not in _DIMS:
        return True
    return value.value <= _MOST_DIMS


def _has_names(argument: ArgumentText) -> bool:
    return bool(names(argument.value))


def _is_scalar(argument: Argument) -> bool:
    return argument.kind is Kind.NUMBER


def _is_value(op: Op, argument: ArgumentText) -> bool:
    """Whether a value has no word but one that the op takes, or is a calculation."""
    key = argument.key
    if key is not None and op.argument(key) is None and key in _OTHERS:
        return False
    if not _has_names(argument):
        return True
    value = argument.value
    if isinstance(value, Name) and key is None:
        return value.text in _words(op)
    if any(called(tokens_of(n, 0, len(n)), 0) for n in names(value)):
        return False
    worded = op.family in (Family.DATA, Family.MERGE, Family.RESHAPE)
    return key is not None or (isinstance(value, Binary) and not worded)


def _words(op: Op) -> set[str]:
    words = {word for argument in op.arguments for word in argument.choices}
    return words | {"true", "false", "none"}


def _draft(term: TermText) -> Draft:
    """Return a term as a layer, for what it leaves unsaid."""
    op = find(term.name)
    name = Part(term.name, 0, 0)
    if op is None:
        return Draft(name, None)
    order = iter(op.arguments)
    given = []
    for argument in term.arguments:
        key = argument.key
        declared = next(order, None) if key is None else op.argument(key)
        if declared is not None:
            given.append(Given(declared.name, Part(str(argument.value), 0, 0)))
    return Draft(name, op, given, noted=True)
