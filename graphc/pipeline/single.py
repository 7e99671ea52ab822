"""From the text of one file to its checked networks, and what is told of them."""

import os
from dataclasses import replace
from importlib import import_module

from graphc.diagnostics import Severity, count
from graphc.pipeline.check import Checked, check_at, check_text
from graphc.pipeline.inputs import Shapes
from graphc.pipeline.kinds import Kind
from graphc.pipeline.networks import CheckedDocument
from graphc.pipeline.reports import NetworkReport, Report, Skipped
from graphc.pipeline.text import Text
from graphc.source import Language


def check_single(
    text: Text, import_root: str | os.PathLike[str] | None = None
) -> CheckedDocument:
    """Check a file that was read; a spec is given as a document with one network."""
    if text.kind is Kind.SPEC:
        spec = check_text(text, import_root)
        return CheckedDocument(text.path, (spec,), (), ())
    # What reads documents is imported only for one.
    documents = import_module("graphc.pipeline.document")
    drawn: CheckedDocument = documents.check_document(text.path, text.reader, text.kind)
    return drawn


def checked_at(document: CheckedDocument, shapes: Shapes) -> CheckedDocument:
    """Return a document whose networks were checked at other sizes too."""
    if not shapes:
        return document
    networks = tuple(check_at(one.with_model(), shapes) for one in document.networks)
    return replace(document, networks=networks)


def report_of(document: CheckedDocument, *, found: bool) -> Report:
    """Return what is told of a document that was checked."""
    networks = tuple(
        NetworkReport(_name(one), one.summary, _verdict(one), _sizes(one), one.findings)
        for one in document.networks
    )
    skipped = tuple(
        Skipped(one.span.first.line, one.span.first.column, one.reason)
        for one in document.skipped
    )
    return Report(document.file, networks, skipped, document.findings, found)


def _name(network: Checked) -> str:
    """Return the name of a network that stands in a document, where several may.

    Modules without a model have none.
    """
    if network.sized is None:
        return ""
    model = network.sized.network.model
    drawn = model.span.source.language is Language.MERMAID
    return model.name if drawn else ""


def _verdict(network: Checked) -> str:
    if any(one.severity is not Severity.NOTE for one in network.findings):
        return count(network.findings)
    notes = f", {count(network.findings)}" if network.findings else ""
    return f"{network.verdict}{notes}"


def _sizes(network: Checked) -> int | None:
    return None if network.sized is None else network.sized.counts.sizes
