"""Terms of a label as data, and their canonical text."""

from dataclasses import field

from graphc.lang.expr import Binary, Expr, Name, Unary
from graphc.record import record
from graphc.source import Span


@record
class ArgumentText:
    """An argument as written: ``k=3``, or ``64`` without a key."""

    key: str | None
    key_span: Span | None = field(compare=False)
    value: Expr
    span: Span = field(compare=False)

    def __str__(self) -> str:
        if self.key is not None:
            return f"{self.key}={self.value}"
        return "(x)" if _is_mark(self.value) else str(self.value)


@record
class TermText:
    """A term as written: an op or a module with its arguments, perhaps repeated."""

    name: str
    name_span: Span = field(compare=False)
    repeat: Expr | None
    arguments: tuple[ArgumentText, ...]
    span: Span = field(compare=False)

    def __str__(self) -> str:
        words = [self.name, *map(str, self.arguments)]
        if self.repeat is not None:
            words[:0] = [_repeat_text(self.repeat), "x"]
        return " ".join(words)


def label_text(terms: tuple[TermText, ...]) -> str:
    """Return the canonical text of a label.

    A blank parts terms, or a comma where a blank would be read in another way: before
    a repeat and before a name that does not look like an op's. An argument ``x`` is
    bracketed, lest it be read as a repeat's.
    """
    text = ""
    for term in terms:
        if text:
            plain = term.repeat is None and looks_like_term(term.name)
            text += " " if plain else ", "
        text += str(term)
    return text


def looks_like_term(name: str) -> bool:
    """Whether a name is written as ops and modules are: CamelCase or with a dot."""
    return "." in name or name[:1].isupper()


def _repeat_text(repeat: Expr) -> str:
    return f"({repeat})" if isinstance(repeat, Binary | Unary) else str(repeat)


def _is_mark(value: Expr) -> bool:
    return isinstance(value, Name) and value.text == "x"
