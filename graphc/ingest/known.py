"""What a document says of its network beside the figures."""

import re
from functools import cached_property

from graphc.diagnostics import Code, Diagnostic, Place, Severity, Sink
from graphc.ingest.beside import states
from graphc.ingest.figure import Box, Figure, Item
from graphc.ingest.notation import Unsaid
from graphc.ingest.terms import terms_of
from graphc.ingest.text import mapping, number, replaced, word
from graphc.lang import Number
from graphc.markdown import Document
from graphc.reading import Entry, Node
from graphc.source import Span

_ARXIV = re.compile(r"arXiv:\s*([0-9]{4}\.[0-9]{4,5}|[a-z-]+/[0-9]{7})", re.IGNORECASE)
_IMAGENET = re.compile(r"\b(?:ImageNet|ILSVRC)\b", re.IGNORECASE)
_CLASSES = 1000
"""The classes of ImageNet's classification task (ILSVRC 2012)."""


class Beside:
    """What the text of a document names, looked for once for all of its networks."""

    def __init__(self, document: Document) -> None:
        self.source = document.source

    @cached_property
    def paper(self) -> Span | None:
        """Where it names a paper on arXiv, if that is the only one."""
        papers = {match[1]: match for match in _ARXIV.finditer(self.source.text)}
        return self._place(*papers.values()) if len(papers) == 1 else None

    @cached_property
    def imagenet(self) -> Span | None:
        """Where it first names ImageNet."""
        named = _IMAGENET.search(self.source.text)
        return None if named is None else self._place(named)

    def _place(self, match: re.Match[str]) -> Span:
        return Span(self.source, *match.span())


def known_of(main: Figure, beside: Beside, sink: Sink) -> tuple[Entry, ...]:
    """Return the entries of a spec that a document gives: its source, and parameters.

    The number of classes is a parameter where the classifier's width is not drawn and
    the document names ImageNet, and so is the rate of dropouts where it is one (GC507).
    """
    found: list[Entry] = []
    paper = beside.paper
    name = None if paper is None else _ARXIV.match(paper.text)
    if paper is not None and name is not None:
        found.append(Entry(word("source", paper), word(f"arXiv:{name[1]}", paper)))
    params = [*_classes(main, beside, sink), *_drop(main)]
    if params:
        key = word("params", main.span)
        found.append(Entry(key, mapping(params, main.span)))
    return tuple(found)


def _classes(main: Figure, beside: Beside, sink: Sink) -> list[tuple[str, Node]]:
    """Let a classifier without a width have that of ImageNet, if that is named."""
    open_ = [box for box in main.boxes.values() if Unsaid.WIDTH in box.unsaid]
    if len(open_) != 1 or states(main, "classes"):
        return []
    place = beside.imagenet
    if place is None:
        return []
    (box,) = open_
    box.items = [_with_width(item) for item in box.items]
    message = f"`{box.name}` does not say its width: {_CLASSES} classes are taken"
    related = (Place(place, f"this has {_CLASSES} classes"),)
    where = Place(box.label_span)
    note = Diagnostic(Code.GC507, message, where, related, severity=Severity.NOTE)
    sink.add(note)
    return [("classes", number(_CLASSES, box.label_span))]


def _with_width(item: Item) -> Item:
    for term in terms_of(item.label):
        if term.name == "Linear" and not term.arguments and item.label is not None:
            end = term.span.end
            label = replaced(item.label, end, end, " classes")
            return Item(label, item.size, item.span)
    return item


def _drop(main: Figure) -> list[tuple[str, Node]]:
    """Let dropouts that drop the same share name it."""
    rates: dict[float, list[Box]] = {}
    for box in main.boxes.values():
        for item in box.items:
            for term in terms_of(item.label):
                if term.name == "Dropout" and term.arguments:
                    value = term.arguments[0].value
                    rate = value.value if isinstance(value, Number) else -1
                    rates.setdefault(float(rate), []).append(box)
    if len(rates) != 1 or -1 in rates or states(main, "drop"):
        return []
    ((rate, boxes),) = rates.items()
    for box in boxes:
        box.items = [_with_drop(item) for item in box.items]
    return [("drop", number(rate, boxes[0].label_span))]


def _with_drop(item: Item) -> Item:
    label = item.label
    for term in reversed(terms_of(label)):
        if label is not None and term.name == "Dropout" and term.arguments:
            span = term.arguments[0].span
            label = replaced(label, span.start, span.end, "drop")
    return Item(label, item.size, item.span)
