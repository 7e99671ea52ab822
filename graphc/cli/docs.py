"""``graphc docs``."""

import argparse
import difflib
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from graphc.cli.report import report
from graphc.diagnostics import Diagnostic, count, counted, write
from graphc.pipeline.docs import Filled, fill
from graphc.pipeline.output import write_file
from graphc.pipeline.verdict import exit_code, failed


def run(options: argparse.Namespace) -> int:
    """Fill documents from their specs, or tell whether they are what they would be.

    An error in any marker or spec, and none of the documents is written.
    """
    if "-" in options.files:
        write(sys.stderr, "graphc: docs fills files in place: name a file, not `-`\n")
        return 2
    documents = [fill(file, options.import_root) for file in options.files]
    findings = list(
        dict.fromkeys(finding for one in documents for finding in one.findings)
    )
    told = f"{', '.join(options.files)}: {{}}nothing was written"
    if failed(findings):
        report(findings, options, told.format(f"{count(findings)}: "))
        return exit_code(findings)
    if options.check:
        return _compare(documents, findings, options)
    return _write(documents, findings, options)


def _compare(
    documents: Sequence[Filled],
    findings: Sequence[Diagnostic],
    options: argparse.Namespace,
) -> int:
    stale = [one for one in documents if one.stale or one.stale_drawings()]
    if options.format == "text":
        for one in stale:
            write(sys.stdout, "".join(_difference(one)))
    outcome = [f"{one.file}: {_verdict(one)}" for one in documents]
    report(findings, options, "\n".join(outcome))
    return int(bool(stale))


def _difference(document: Filled) -> Iterator[str]:
    """Yield a unified diff from a document to what it would be."""
    before = document.source.text if document.source else ""
    name = document.file
    lines = difflib.unified_diff(
        before.splitlines(), document.text.splitlines(), name, name, lineterm=""
    )
    yield from (f"{line}\n" for line in lines)


def _verdict(document: Filled) -> str:
    drawings = [f"{one.file} is stale" for one in document.stale_drawings()]
    parts = ["stale"] if document.stale else []
    told = ", ".join([*parts, *drawings]) or "up to date"
    return f"{counted(document.markers, 'marker')}: {told}"


def _write(
    documents: Sequence[Filled],
    findings: list[Diagnostic],
    options: argparse.Namespace,
) -> int:
    told = []
    for one in documents:
        written = []
        for file, data in _files(one):
            problem = write_file(file, data, *one.specs)
            if problem:
                findings.append(problem)
                break
            written.append(str(file))
        outcome = f"wrote {', '.join(written)}" if written else "up to date"
        told.append(f"{one.file}: {counted(one.markers, 'marker')}: {outcome}")
    report(findings, options, "\n".join(told))
    return exit_code(findings)


def _files(document: Filled) -> Iterator[tuple[Path, bytes]]:
    """Yield what is to be written: the drawings, then the document with them."""
    for made in document.stale_drawings():
        yield made.file, made.data
    if document.stale:
        yield Path(document.file), document.data
