"""Keys of a ``state_dict`` with numbers left open: ``encoder.layers.{i}``."""

import re
from collections.abc import Mapping
from dataclasses import field
from typing import TypeAlias

from graphc.diagnostics import Code, Diagnostic, Place, Sink
from graphc.lang.evaluate import evaluate
from graphc.lang.expr import Binary, Expr, Name, Number, Unary, parse_expr, walk
from graphc.record import record
from graphc.source import Fragment, Span

_MOST = 500
_DIGITS = 18
_HOLE = re.compile(r"\{([^{}]*)\}")
_NUMBER = r"(\d+)"


@record
class Hole:
    """A number that is left open, ``{i}``, or follows from one that is: ``{i+1}``."""

    expr: Expr

    @property
    def name(self) -> str | None:
        """The name, where it is no calculation."""
        return self.expr.text if isinstance(self.expr, Name) else None

    def __str__(self) -> str:
        return f"{{{self.expr}}}"


KeyPart: TypeAlias = str | Hole


@record
class KeyText:
    """A key, or the first parts of several: letters and holes in their order."""

    parts: tuple[KeyPart, ...]
    span: Span = field(compare=False)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the holes that are no calculations, in their order."""
        holes = (part for part in self.parts if isinstance(part, Hole))
        return tuple(hole.name for hole in holes if hole.name is not None)

    @property
    def rank(self) -> tuple[int, int]:
        """How much it says: dotted parts, then letters that are written."""
        letters = "".join(part for part in self.parts if isinstance(part, str))
        return letters.count("."), len(letters)

    @property
    def pattern(self) -> str:
        """The regular expression that finds it: a group for each hole."""
        return "".join(
            _NUMBER if isinstance(part, Hole) else re.escape(part)
            for part in self.parts
        )

    def match(self, key: str) -> tuple[Mapping[str, str], str] | None:
        """Return the digits in a key that begins so, and the rest of the key.

        None for another key; it begins so only where one of its dotted parts ends.
        """
        found = re.match(rf"{self.pattern}(?![^.])", key)
        if found is None:
            return None
        numbers = dict(zip(self.names, found.groups(), strict=True))
        return numbers, key[found.end() :]

    def filled(self, digits: Mapping[str, str]) -> str | None:
        """Return the key with its numbers; None where one is below 0, or too large."""
        numbers = {n: int(text) for n, text in digits.items() if len(text) <= _DIGITS}
        found = []
        for part in self.parts:
            if isinstance(part, str):
                found.append(part)
            elif part.name is not None:
                found.append(digits[part.name])
            else:
                value = evaluate(part.expr, numbers)
                if not isinstance(value, int) or value < 0:
                    return None
                found.append(str(value))
        return "".join(found)

    def __str__(self) -> str:
        return "".join(map(str, self.parts))


def parse_key(fragment: Fragment, sink: Sink, code: Code) -> KeyText | None:
    """Return the key that the text is, or None and a finding of that code.

    key  = part ("." part)*
    part = (letters | "{" expr "}")+

    An expression has integers, names, ``+``, ``-``, ``*`` and brackets.
    """
    if len(fragment.text) > _MOST:
        message = (
            f"a key of {len(fragment.text)} characters is too long, {_MOST} are allowed"
        )
        sink.add(Diagnostic(code, message, Place(fragment.span)))
        return None
    parts: list[KeyPart] = []
    at = 0
    for hole in _HOLE.finditer(fragment.text):
        parts += _letters(fragment.text[at : hole.start()])
        expr = _calculation(_inner(fragment, hole.start(1), hole.end(1)), sink, code)
        if expr is None:
            return None
        parts.append(Hole(expr))
        at = hole.end()
    parts += _letters(fragment.text[at:])
    key = KeyText(tuple(parts), fragment.span)
    message = _mistake(key)
    if message:
        sink.add(Diagnostic(code, message, Place(fragment.span)))
        return None
    return key


def _letters(text: str) -> list[KeyPart]:
    return [text] if text else []


def _calculation(fragment: Fragment, sink: Sink, code: Code) -> Expr | None:
    expr = parse_expr(fragment, sink, code)
    if expr is None or _is_small(expr):
        return expr
    message = f"`{expr}` is no calculation with whole numbers and `+ - *`"
    sink.add(Diagnostic(code, message, Place(fragment.span)))
    return None


def _inner(fragment: Fragment, start: int, end: int) -> Fragment:
    span = fragment.slice(start, end)
    offsets = fragment.offsets
    inside = None if offsets is None else offsets[start : end + 1]
    return Fragment(fragment.text[start:end], span, inside)


def _is_small(expr: Expr) -> bool:
    """Whether an expression calculates with integers, and divides nothing."""
    return all(
        isinstance(part, Name | Unary)
        or (isinstance(part, Number) and isinstance(part.value, int))
        or (isinstance(part, Binary) and part.operator in "+-*")
        for part in walk(expr)
    )


def _mistake(key: KeyText) -> str:
    """Return why a key can be none, or nothing."""
    letters = "".join("0" if isinstance(part, Hole) else part for part in key.parts)
    stray = next((sign for sign in "{}" if sign in letters), None)
    if stray is not None:
        return f"the bracket `{stray}` stands alone"
    if not all(letters.split(".")):
        return "a key has letters before, between and behind its points"
    if not letters.isprintable() or any(sign in letters for sign in "\"'\\"):
        return "a key has printable letters only, without quotes and backslashes"
    return ""
