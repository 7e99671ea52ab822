"""From a document to checked networks."""

import os
from collections.abc import Collection
from dataclasses import replace

from graphc.diagnostics import Code, Diagnostic, Place, Sink, nearest
from graphc.files import Reader
from graphc.files import read as read_file
from graphc.frontend import elaborate_tree
from graphc.ingest import Ingested, Model, read
from graphc.pipeline.check import Checked, kept, left_open, solve
from graphc.pipeline.kinds import Kind
from graphc.pipeline.networks import CheckedDocument, Skipped
from graphc.pipeline.text import text_at
from graphc.record import record
from graphc.source import Language, Source, Span


@record(eq=False)
class Drawn:
    """A document as it was read: what it draws, and the findings of that."""

    source: Source | None
    ingested: Ingested
    findings: tuple[Diagnostic, ...]


def read_drawn(
    path: str | os.PathLike[str], reader: Reader = read_file, kind: Kind | None = None
) -> Drawn:
    """Read a document with diagrams, or a diagram; ``-`` is standard input."""
    text = text_at(path, kind, reader)
    source = text.source
    if isinstance(source, Diagnostic):
        return Drawn(None, Ingested((), ()), (source,))
    source = replace(source, language=Language.MERMAID)
    sink = Sink()
    ingested = read(source, sink, alone=text.kind is Kind.DIAGRAM)
    return Drawn(source, ingested, sink.sorted())


def check_document(
    path: str | os.PathLike[str], reader: Reader = read_file, kind: Kind | None = None
) -> CheckedDocument:
    """Check every network of a document; ``-`` is standard input."""
    drawn = read_drawn(path, reader, kind)
    networks = tuple(check_drawn(path, drawn, one) for one in drawn.ingested.models)
    skipped = tuple(Skipped(one.span, one.reason) for one in drawn.ingested.skipped)
    return CheckedDocument(os.fspath(path), networks, skipped, drawn.findings)


def check_model(
    path: str | os.PathLike[str],
    name: str | None,
    only: Collection[str] = (),
    reader: Reader = read_file,
    kind: Kind | None = None,
) -> Checked:
    """Check the network of a document, or that one of several which ``name`` names.

    Reports GC508 where there is none, GC509 where it is not plain which is meant.
    """
    drawn = read_drawn(path, reader, kind)
    model = chosen(drawn, name, os.fspath(path))
    if isinstance(model, Model):
        checked = check_drawn(path, drawn, model, only)
        findings = (*drawn.findings, *checked.findings)
        return replace(checked, findings=findings)
    lacks = () if drawn.source is None else (model,)
    return Checked(os.fspath(path), None, (*drawn.findings, *lacks))


def chosen(drawn: Drawn, name: str | None, file: str) -> Model | Diagnostic:
    """Return the network that is meant, or what is wrong (GC508, GC509)."""
    models = drawn.ingested.models
    names = [one.name for one in models]
    if not models:
        message = f"`{file}` draws no network"
        notes = tuple(f"skipped: {one.reason}" for one in drawn.ingested.skipped[:8])
        return Diagnostic(Code.GC508, message, notes=notes, file=file)
    if name is None and len(models) == 1:
        return models[0]
    for one in models:
        if one.name == name:
            return one
    places = [Place(one.span, f"`{one.name}`") for one in models]
    if name is None:
        message = f"`{file}` draws {len(models)} networks"
        remedy = f"name one with `--model {names[0]}`"
    else:
        message = f"`{file}` draws no network `{name}`"
        meant = nearest(name, names)
        remedy = f"did you mean `{meant}`?" if meant else f"it has {', '.join(names)}"
    return Diagnostic(Code.GC509, message, places[0], tuple(places[1:]), (), (remedy,))


def check_drawn(
    path: str | os.PathLike[str], drawn: Drawn, model: Model, only: Collection[str] = ()
) -> Checked:
    """Return a network of a document, checked as the figure that it is.

    What it leaves open is no error. ``only`` names the outputs of it that are kept.
    """
    if drawn.source is None:
        raise AssertionError("a model stands in a text")
    sink = Sink()
    sink.extend(model.findings)
    network = elaborate_tree(model.root, drawn.source, sink)
    whole = network if only else None
    if only and network is not None:
        network = kept(network, only, sink)
    sized = None if network is None else solve(network, sink)
    told = {one.place.span for one in model.findings if one.place is not None}
    found = tuple(one for one in sink.sorted() if not _is_told(one, told))
    told_open = left_open(found, is_sketch=model.is_sketch)
    return Checked(os.fspath(path), sized, told_open, whole=whole)


def _is_told(finding: Diagnostic, told: set[Span]) -> bool:
    """Whether a figure was said already to leave open what has no size."""
    at = None if finding.place is None else finding.place.span
    return finding.code is Code.GC307 and at in told
