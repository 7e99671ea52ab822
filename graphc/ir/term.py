"""Terms: the ops and modules in a label, each at its place."""

from dataclasses import field, replace

from graphc.ir.op import Op
from graphc.ir.trained import Trained
from graphc.lang import ArgumentText, Expr, ShapeText, TermText, placed_term
from graphc.record import record
from graphc.source import Fragment, Span

# Terms are compared by identity: each is one place in one text, and a place is what a
# report blames. So are phrases, each of which is made for one text.


@record(eq=False)
class Phrase:
    """What a term says, apart from where it stands.

    ``target`` is the op, or the name of the module. The terms of labels with the same
    text share their phrases, whose places count in that text.
    """

    written: TermText
    target: Op | str


@record(eq=False)
class Term:
    """One op, or one use of a module, in a label: ``5 x Block 64 stride=2``.

    ``place`` is the text of the label; None where the places in the phrase are those of
    the term itself. ``shape`` is the size written behind it in a row, of what comes out
    of it, all repeats included; None if nothing was. ``trained`` tells of a rewritten
    term where its weights come from; None for one as it was written.
    """

    phrase: Phrase
    place: Fragment | None = None
    shape: ShapeText | None = None
    trained: Trained | None = None
    _placed: TermText | None = field(default=None, init=False, repr=False)

    @property
    def name(self) -> str:
        """The name of the op or module, as written."""
        return self.phrase.written.name

    @property
    def target(self) -> Op | str:
        """The op, or the name of the module."""
        return self.phrase.target

    @property
    def arguments(self) -> tuple[ArgumentText, ...]:
        """The arguments, each with its place."""
        return self.written.arguments if self.phrase.written.arguments else ()

    @property
    def repeat(self) -> Expr | None:
        """How often it stands in a row, with its place; None for once."""
        return None if self.phrase.written.repeat is None else self.written.repeat

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self._at(self.phrase.written.span)

    @property
    def name_span(self) -> Span:
        """Where its name stands."""
        return self._at(self.phrase.written.name_span)

    @property
    def written(self) -> TermText:
        """The term with all its places, which are made when first asked for."""
        if self.place is None:
            return self.phrase.written
        if self._placed is None:
            placed = placed_term(self.phrase.written, self.place)
            object.__setattr__(self, "_placed", placed)
            return placed
        return self._placed

    @property
    def text(self) -> str:
        """One of it, as a label would have it: without the repeat."""
        written = self.phrase.written
        return " ".join([written.name, *map(str, written.arguments)])

    def _at(self, span: Span) -> Span:
        return span if self.place is None else self.place.slice(span.start, span.end)


def term_of(
    written: TermText, target: Op | str, shape: ShapeText | None = None
) -> Term:
    """Return a term whose parts have their places already."""
    return Term(Phrase(written, target), shape=shape)


def reworded(term: Term, target: Op | str | None = None, **words: object) -> Term:
    """Return a term with another target, or with other parts of its ``TermText``."""
    written = replace(term.written, **words)  # type: ignore[arg-type]
    phrase = Phrase(written, term.target if target is None else target)
    return replace(term, phrase=phrase, place=None)
