"""What labels in one line say, each text read once."""

from graphc.diagnostics import Code, Diagnostic, Place, Sink, in_mermaid
from graphc.frontend.fields import listed
from graphc.frontend.scope import Scope
from graphc.frontend.settle import stand_in
from graphc.frontend.words import is_broken, unknown_names, with_words
from graphc.ir import Op, Phrase, Term, term_of
from graphc.lang import TermText, apart, parse_label
from graphc.source import Fragment

_MOST_SHOWN = 8


def terms_of(label: Fragment, scope: Scope, sink: Sink) -> tuple[Term, ...]:
    """Return the terms of a label; none, and a finding, if it cannot be read.

    A text that is sound is read once in a scope, and its terms share what they say. Any
    other is read where it stands, for the sake of the places. Codes: GC201, GC202,
    GC208, GC209.
    """
    phrases = scope.phrases.get(label.text)
    if phrases is None:
        phrases = scope.phrases[label.text] = _phrases(label.text, scope)
    if phrases:
        return tuple([Term(phrase, label) for phrase in phrases])
    return _read(label, scope, sink)


def _phrases(text: str, scope: Scope) -> tuple[Phrase, ...]:
    """Return what the terms of a label say; nothing if something is wrong with one."""
    sink = Sink()
    terms = _read(apart(text), scope, sink)
    sound = all(isinstance(t.target, str) or t.target.known for t in terms)
    return tuple(term.phrase for term in terms) if sound and not sink.sorted() else ()


def _read(label: Fragment, scope: Scope, sink: Sink) -> tuple[Term, ...]:
    is_term = scope.table.is_term
    written = parse_label(label, is_term, scope.is_parameter, sink) or ()
    return tuple(resolved(term, scope, sink) for term in written)


def resolved(written: TermText, scope: Scope, sink: Sink) -> Term:
    """Return a term with the op or module that it names.

    One that cannot be read becomes one that says nothing. Codes: GC202, GC208.
    """
    name = written.name
    target = scope.table.target(name)
    if target is None:
        if not scope.table.is_refused(name):
            sink.add(_unknown_op(written, scope))
        return stand_in(name, written.name_span)
    if isinstance(target, Op):
        written = with_words(written, target)
    unknown = unknown_names(written, target, scope)
    if unknown or is_broken(written, scope):
        sink.extend(unknown)
        return stand_in(name, written.name_span)
    return term_of(written, target)


def _unknown_op(written: TermText, scope: Scope) -> Diagnostic:
    table = scope.table
    meant = table.imported(written.name) or table.guesses.nearest(written.name)
    lent = table.lent(written.name)
    if written.name == "same":
        remedy = "`same as NAME` is a whole label; make it a node of its own"
    elif lent and (meant is None or meant not in lent):
        more = ", ..." if len(lent) > _MOST_SHOWN else ""
        remedy = f"the import has {listed(lent[:_MOST_SHOWN])}{more}"
    elif meant is not None:
        remedy = f"did you mean `{meant}`?"
    else:
        remedy = f"`graphc ops` lists the ops; {_where_modules_stand(written)}"
    message = f"unknown op or module `{written.name}`"
    return Diagnostic(Code.GC202, message, Place(written.name_span), help=(remedy,))


def _where_modules_stand(term: TermText) -> str:
    if in_mermaid(term.span):
        return "a module is a diagram, or a subgraph, with its name as the title"
    return "a module stands under `modules:`"
