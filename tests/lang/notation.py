"""What the tests of the notation share: texts as fragments, findings as rows."""

from collections.abc import Callable
from typing import NamedTuple, TypeVar

from hypothesis import strategies as st

from graphc.diagnostics import Sink
from graphc.lang import Binary, Expr, Items, Name, Number, Text, Unary, parse_expr
from graphc.source import Fragment, Source, Span

T = TypeVar("T")

Parser = Callable[[Fragment, Sink], T | None]


class Found(NamedTuple):
    """A finding: its code, the text under its mark, and the column of that, from 1."""

    code: str
    text: str
    column: int
    message: str
    help: tuple[str, ...]


def fragment(text: str) -> Fragment:
    """Return a text that stands behind five characters of something else."""
    source = Source("spec", f"key: {text}\n")
    return Fragment(text, Span(source, 5, 5 + len(text)))


def accept(parse: Parser[T], text: str) -> T:
    """Return what is read; fail on any finding."""
    sink = Sink()
    found = parse(fragment(text), sink)
    assert sink.sorted() == ()
    assert found is not None
    return found


def accept_expr(text: str) -> Expr:
    """Return the expression that is read; fail on any finding."""
    sink = Sink()
    expr = parse_expr(fragment(text), sink)
    assert sink.sorted() == ()
    assert expr is not None
    return expr


def refuse(parse: Parser[T], text: str) -> Found:
    """Return the one finding; fail if something is read."""
    sink = Sink()
    assert parse(fragment(text), sink) is None
    (finding,) = sink.sorted()
    assert finding.place is not None
    span = finding.place.span
    column = span.start - 5 + 1
    return Found(finding.code.name, span.text, column, finding.message, finding.help)


def total(parse: Parser[T], text: str) -> T | None:
    """Return what is read, after checking that a text gives that or one finding."""
    sink = Sink()
    piece = fragment(text)
    found = parse(piece, sink)
    findings = sink.sorted()
    assert len(findings) == (found is None)
    for finding in findings:
        assert finding.place is not None
        span = finding.place.span
        assert piece.span.start <= span.start <= span.end <= piece.span.end
    return found


NOWHERE = Span(Source("nowhere", ""), 0, 0)

NAMES = st.sampled_from(["n", "x", "width", "H", "C2", "same", "true", "Größe", "_k"])
NUMBERS = st.integers(0, 10**18) | st.floats(0, allow_nan=False, allow_infinity=False)
ATOMS: st.SearchStrategy[Expr] = (
    st.builds(Number, NUMBERS, st.just(NOWHERE))
    | st.builds(Name, NAMES, st.just(NOWHERE))
    | st.builds(Text, st.text("ab\"'\\\n \u00e4", max_size=4), st.just(NOWHERE))
)


def _combined(parts: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    operators = st.sampled_from(["+", "-", "*", "/", "//", "%"])
    return (
        st.builds(Unary, parts, st.just(NOWHERE))
        | st.builds(Binary, operators, parts, parts, st.just(NOWHERE))
        | st.builds(Items, st.lists(parts, max_size=3).map(tuple), st.just(NOWHERE))
    )


EXPRS: st.SearchStrategy[Expr] = st.recursive(ATOMS, _combined, max_leaves=12)
"""Expressions of all kinds."""

SIGNS = st.text(
    st.sampled_from(
        list("0123456789abxXH_ .,;:?+-*/%()[]=@\"'\\>\u00d7\u2192\u00e4\t\n")
    )
    | st.characters(),
    max_size=30,
)
"""Texts of the signs that the notation uses, and others."""
