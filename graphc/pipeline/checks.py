"""From the paths on the command line to checked networks."""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from importlib import import_module

from graphc.diagnostics import Code, Diagnostic
from graphc.files import Reader, read
from graphc.pipeline.check import check_text
from graphc.pipeline.kinds import Kind
from graphc.pipeline.networks import CheckedDocument
from graphc.pipeline.paths import texts
from graphc.pipeline.text import Text
from graphc.record import record

_MOST_SHOWN = 8


@record(eq=False)
class Outcome:
    """What checking a file gave; ``found`` tells that it was found in a folder.

    A spec is given as a document with one network.
    """

    document: CheckedDocument
    found: bool = False

    @property
    def file(self) -> str:
        """The file, as it was named."""
        return self.document.file

    @property
    def silent(self) -> bool:
        """Whether it was found in a folder, and turned out to be of no interest."""
        return self.found and not (self.document.networks or self.document.findings)


def check_paths(
    paths: Sequence[str],
    import_root: str | os.PathLike[str] | None = None,
    kind: Kind | None = None,
    reader: Reader = read,
) -> tuple[Outcome, ...]:
    """Check files, standard input (``-``), and what folders hold, each file once.

    ``kind`` is what files that are named themselves are, if that is not to be told by
    their names; ``reader`` gives the texts. Reports GC571 if there is nothing to check,
    in a folder or in all.
    """
    done = tuple(_outcomes(paths, import_root, kind, reader))
    if any(one.document.networks or one.document.findings for one in done):
        return done
    first, *others = done
    told = replace(first.document, findings=(_nothing(paths, done),))
    return (replace(first, document=told), *others)


def _outcomes(
    paths: Iterable[str],
    import_root: str | os.PathLike[str] | None,
    kind: Kind | None,
    reader: Reader,
) -> Iterator[Outcome]:
    for text in texts(paths, kind, reader):
        if isinstance(text, Diagnostic):
            yield _failed(text, text.file or "")
        else:
            yield Outcome(_checked(text, import_root), text.found)


def _checked(text: Text, import_root: str | os.PathLike[str] | None) -> CheckedDocument:
    if text.kind is Kind.SPEC:
        spec = check_text(text, import_root)
        return CheckedDocument(text.path, (spec,), (), ())
    # What reads documents is imported only for one.
    documents = import_module("graphc.pipeline.document")
    drawn: CheckedDocument = documents.check_document(text.path, text.reader, text.kind)
    return drawn


def _failed(finding: Diagnostic, file: str) -> Outcome:
    return Outcome(CheckedDocument(file, (), (), (finding,)))


def _nothing(paths: Sequence[str], done: Sequence[Outcome]) -> Diagnostic:
    first, *others = paths
    more = f" and {len(others)} more" if others else ""
    message = f"`{first}`{more} {'hold' if others else 'holds'} nothing to check"
    reasons = [
        f"{one.file}:{skip.span.first.line}: {skip.reason}"
        for one in done
        for skip in one.document.skipped
    ]
    notes = [f"skipped: {reason}" for reason in reasons[:_MOST_SHOWN]]
    return Diagnostic(Code.GC571, message, notes=tuple(notes), file=first)
