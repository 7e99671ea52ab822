"""The diagrams of a document that are networks, and those that are not."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePath

from graphc.diagnostics import Code, Diagnostic, Place, Severity, Sink
from graphc.ingest.boxes import figure, undirected
from graphc.ingest.exact import Stated, beside, said, stated
from graphc.ingest.figure import Figure
from graphc.ingest.groups import definitions
from graphc.ingest.judge import judged, names_any
from graphc.ingest.notation import class_name
from graphc.ingest.tensors import ops_on_wires
from graphc.ingest.terms import named_in
from graphc.markdown import Block, Document
from graphc.mermaid import Flowchart, kind, parse
from graphc.ops import find
from graphc.reading import Entry
from graphc.record import record
from graphc.source import Span

_FLOWCHART = "flowchart"


@record(eq=False)
class Diagram:
    """A flowchart of a document, and the name of what it draws.

    ``stated`` is what its comments say of it, None if it is to be read as a figure:
    ``drawn`` then, which names the ``uses`` among the document's diagrams. ``extra``
    are the entries of a spec in its comments.
    """

    name: str
    span: Span
    chart: Flowchart
    titled: bool
    stated: Stated | None = None
    drawn: Figure | None = None
    uses: tuple[str, ...] = ()
    extra: tuple[Entry, ...] = ()


@record
class Skip:
    """A diagram that is no network, and the reason: ``a sequence diagram``."""

    span: Span
    reason: str


@record(eq=False)
class Found:
    """The diagrams of a document: networks, and those that are skipped."""

    diagrams: tuple[Diagram, ...]
    skipped: tuple[Skip, ...]


def diagrams(document: Document, sink: Sink) -> Found:
    """Return the flowcharts of a document that draw networks.

    A flowchart does so if a good part of its boxes name ops or modules, or show sizes.
    Of others nothing is reported, unless Mermaid refuses one that names an op or stands
    alone in its file. Codes: GC501 to GC504, GC510.
    """
    skipped: list[Skip] = []
    read: list[tuple[Diagram, Sink]] = []
    names = _Names(document)
    for block in document.blocks:
        own = Sink()
        reason = _other(block)
        chart = None if reason else parse(block.fragment, own)
        if chart is None:
            skipped.append(Skip(_place(block), reason or _refused(own)))
            if _is_alone(document):
                sink.extend(own.sorted())
        else:
            keys = said(chart, own)
            exact = stated(keys)
            if exact is None:
                one = names.named(block, chart, own)
                one = replace(one, extra=tuple(beside(keys)))
            else:
                one = Diagram(exact.name, exact.span, chart, titled=True, stated=exact)
            read.append((one, own))
    return _networks(read, skipped, document, sink)


def _networks(
    read: list[tuple[Diagram, Sink]],
    skipped: list[Skip],
    document: Document,
    sink: Sink,
) -> Found:
    known = {one.name for one, _ in read if one.titled and one.stated is None}
    every = [(_drawn(diagram, known), own) for diagram, own in read]
    reasons = judged(one.drawn for one, _ in every if one.drawn)
    pending = [one for one, _ in every if reasons.get(one.name) is None]
    by_name = {one.name: one for one, _ in every}
    while pending:  # what a network names is part of it, whatever its labels say
        for name in pending.pop().uses:
            if reasons[name] is not None:
                reasons[name] = None
                pending.append(by_name[name])
    kept: list[Diagram] = []
    for diagram, own in every:
        reason = reasons.get(diagram.name)
        if reason is None:
            kept.append(diagram)
        if reason is not None and own.failed:  # only a part of it was judged
            reason = _refused(own)
            told = diagram.drawn is not None and names_any(diagram.drawn)
        else:
            told = reason is None
        if told or _is_alone(document):
            sink.extend(own.sorted())
        if reason is None and diagram.drawn is not None:
            sink.extend(undirected(diagram.chart))
        elif reason is not None:
            skipped.append(Skip(diagram.chart.span, reason))
    return Found(tuple(kept), tuple(sorted(skipped, key=lambda one: one.span.start)))


def _drawn(diagram: Diagram, known: set[str]) -> Diagram:
    """Return a diagram with its figure, unless it is read letter by letter."""
    if diagram.stated is not None:
        return diagram
    modules = named_by(known, definitions(diagram.chart), diagram.name)
    found = figure(diagram.name, diagram.span, diagram.chart, modules)
    found.extra.extend(diagram.extra)
    ops_on_wires(found, modules)
    named = (named_in(found) & known) - {diagram.name}
    return replace(diagram, drawn=found, uses=tuple(sorted(named)))


def named_by(
    known: set[str], defined: set[str], drawn: str
) -> Callable[[str], str | None]:
    """Return what answers which module words name.

    That is one of the known but for the one that is being ``drawn``, or one that is
    defined in it.
    """

    def module(words: str) -> str | None:
        name = class_name(words)
        is_named = name in defined or (name in known and name != drawn)
        return name if is_named else None

    return module


def _other(block: Block) -> str | None:
    """Return what a diagram is that is no flowchart."""
    found = kind(block.fragment)
    if found == _FLOWCHART:
        return None
    if found is None:
        return "no kind of diagram that Mermaid has"
    article = "an" if found[:1] in "aeiou" else "a"
    return f"{article} {found} diagram"


def _place(block: Block) -> Span:
    return block.fence or block.fragment.slice(0, min(1, len(block.fragment.text)))


def _is_alone(document: Document) -> bool:
    """Whether a document is one diagram, and nothing else."""
    if len(document.blocks) != 1:
        return False
    return document.blocks[0].fragment.text == document.source.text


def _refused(own: Sink) -> str:
    """Return why a diagram cannot be judged that Mermaid refuses."""
    errors = [one for one in own.sorted() if one.severity is Severity.ERROR]
    return f"Mermaid refuses it: {errors[0].message}" if errors else "it cannot be read"


class _Names:
    """Gives each diagram the name of what it draws, none twice."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._first: dict[str, Span] = {}
        self._last: dict[str, int] = {}

    def named(self, block: Block, chart: Flowchart, sink: Sink) -> Diagram:
        for title in (chart.title, block.title, self._document.title):
            name = "" if title is None else class_name(title.text)
            if title is not None and name:
                span = title.slice(0, len(title.text))
                return Diagram(self._free(name, span, sink), span, chart, titled=True)
        stem = PurePath(self._document.source.name).stem
        unnamed = stem.startswith("<")  # standard input, which reports call `<stdin>`
        name = "Model" if unnamed else class_name(stem) or "Network"
        span = _place(block)
        return Diagram(self._free(name, span, sink), span, chart, titled=False)

    def _free(self, name: str, span: Span, sink: Sink) -> str:
        wanted = name if find(name) is None else f"{name}Network"
        first = self._first.setdefault(wanted, span)
        if first is span:
            return wanted
        number = self._last.get(wanted, 1) + 1
        while f"{wanted}{number}" in self._first:
            number += 1
        self._last[wanted] = number
        found = f"{wanted}{number}"
        self._first[found] = span
        if first.start != span.start:
            sink.add(_twice(wanted, first, span, found))
        return found


def _twice(name: str, first: Span, span: Span, read_as: str) -> Diagnostic:
    return Diagnostic(
        Code.GC510,
        f"two diagrams are called `{name}`",
        Place(span, f"this is read as `{read_as}`"),
        (Place(first, "first"),),
        severity=Severity.WARNING,
    )
