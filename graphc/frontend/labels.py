"""Nodes: a label in one line, in the long form, or a list of both."""

from collections.abc import Iterator

from graphc.diagnostics import Code, Diagnostic, Place, Sink, node_text
from graphc.frontend.fields import check_keys, refuse_kind, text
from graphc.frontend.items import size_behind, sized_item, with_size
from graphc.frontend.long_form import long_form
from graphc.frontend.phrases import resolved, terms_of
from graphc.frontend.scope import Scope
from graphc.frontend.settle import stand_in
from graphc.ir import Node, Op, Term
from graphc.reading import Entry, Mapping, Scalar, Sequence
from graphc.reading import Node as YamlNode

_ALONE = ("Input", "Output", "Parameter")
_EXAMPLE = "`Conv 32 k=3 ReLU`"


def node(entry: Entry, scope: Scope, sink: Sink) -> Node:
    """Return a node of the spec.

    A term that cannot be read becomes one that says nothing of its tensors, so that
    what surrounds it is checked all the same. Codes: GC014, GC101 to GC103, GC201,
    GC202, GC208, GC209.
    """
    written = entry.value
    if isinstance(written, Scalar):
        terms, note = _short(written, scope, sink), None
    else:
        terms, note = tuple(_terms(written, scope, sink)), note_of(written, sink)
    label = written.span
    if not terms or not _check_alone(terms, sink):
        terms = (stand_in(entry.name, label),)
    return Node(entry.name, terms, entry.key.span, label, note)


def is_read(node: Node) -> bool:
    """Return whether every term of a node could be read."""
    for term in node.terms:
        target = term.phrase.target
        if isinstance(target, Op) and not target.known:
            return False
    return True


def note_of(label: YamlNode, sink: Sink) -> str | None:
    """Return the note of a node, None if it has none; GC103 if it is no text."""
    found = label.get("note") if isinstance(label, Mapping) else None
    return None if found is None else text(found, "a note", sink)


def _terms(label: YamlNode, scope: Scope, sink: Sink) -> Iterator[Term]:
    if isinstance(label, Mapping) and label.entry("label") is not None:
        check_keys(label, ("label", "note"), "a node with a label", sink)
        inner = label.get("label")
        if isinstance(inner, Mapping) and inner.entry("label") is not None:
            refuse_kind(inner, f"a label is a text such as {_EXAMPLE}", sink)
        elif inner is not None:
            yield from _terms(inner, scope, sink)
    elif isinstance(label, Mapping):
        found = long_form(label, sink)
        if found is not None and found.whole:
            yield resolved(found.term, scope, sink)
        elif found is not None:
            scope.table.named.add(found.term.name)
            yield stand_in(found.term.name, found.term.span)
    elif isinstance(label, Sequence):
        yield from _listed(label, scope, sink)
    else:
        yield from _short(label, scope, sink)


def _listed(label: Sequence, scope: Scope, sink: Sink) -> Iterator[Term]:
    if not label.items:
        sink.add(_empty(label))
    for item in label.items:
        sized = sized_item(item, scope.table.is_term, sink)
        if sized:
            for entry in sized:
                yield from _sized(entry, scope, sink)
            continue
        if isinstance(item, Sequence):
            refuse_kind(item, "an item of a label is a label itself", sink)
            terms: tuple[Term, ...] = ()
        else:
            terms = tuple(_terms(item, scope, sink))
        yield from terms or (stand_in("?", item.span),)


def _sized(entry: Entry, scope: Scope, sink: Sink) -> Iterator[Term]:
    name = entry.key.text or "?"
    terms = tuple(_terms(entry.key, scope, sink)) or (stand_in(name, entry.key.span),)
    yield from with_size(terms, size_behind(entry, scope.broken, sink))


def _short(label: Scalar, scope: Scope, sink: Sink) -> tuple[Term, ...]:
    if label.faulty:
        return ()
    if not label.text.strip():
        sink.add(_empty(label))
        return ()
    if not isinstance(label.value, str):
        refuse_kind(label, f"a label is a text such as {_EXAMPLE}", sink)
        return ()
    return terms_of(label.fragment, scope, sink)


def _empty(label: YamlNode) -> Diagnostic:
    remedy = (f"write an op, as in {_EXAMPLE}",)
    return Diagnostic(Code.GC201, "the label is empty", Place(label.span), help=remedy)


def _check_alone(terms: tuple[Term, ...], sink: Sink) -> bool:
    """Return whether what begins or ends a way has no company, no repeat (GC201)."""
    faulty = [
        term
        for term in terms
        if term.name in _ALONE and (len(terms) > 1 or term.repeat is not None)
    ]
    for term in faulty:
        message = f"`{term.name}` stands alone in its node"
        example = node_text(term.span, term.name.lower(), term.name)
        remedy = (f"make it a node of its own, as in `{example}`",)
        sink.add(Diagnostic(Code.GC201, message, Place(term.span), help=remedy))
    return not faulty
