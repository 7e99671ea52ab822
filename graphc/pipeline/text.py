"""A text that was read, and what it is."""

import os
from collections.abc import Iterator

from graphc.diagnostics import Code, Diagnostic, Place
from graphc.files import Reader, read
from graphc.pipeline.kinds import (
    Kind,
    drawn_at,
    kind_of_name,
    kind_of_text,
    may_hold_networks,
)
from graphc.pipeline.paths import Target
from graphc.record import record
from graphc.source import Source, Span


@record
class Text:
    """A file that was read, or why it was not; ``path`` is how it is opened.

    ``files`` gives the texts of other files.
    """

    path: str
    kind: Kind
    source: Source | Diagnostic
    files: Reader = read

    def reader(self, path: str | os.PathLike[str]) -> Source | Diagnostic:
        """Return the text of a file; this one is not read again."""
        return self.source if os.fspath(path) == self.path else self.files(path)


def text_at(
    path: str | os.PathLike[str], kind: Kind | None = None, reader: Reader = read
) -> Text:
    """Return the text of a file, or of standard input for ``-``.

    What it is tells ``kind``, or its name, or else what is in it.
    """
    source = reader(path)
    known = kind or kind_of_name(os.fspath(path)) or _kind_of(source)
    return Text(os.fspath(path), known, source, reader)


def text_of(target: Target, reader: Reader = read) -> Text | None:
    """Return the text of a file to check, None if it has nothing to do with networks.

    Of the files of a folder one that cannot be opened is told of; one that is no text,
    or too large for a spec, is somebody else's.
    """
    text = text_at(target.path, target.kind, reader)
    if not target.found:
        return text
    source = text.source
    if isinstance(source, Source):
        return text if may_hold_networks(source.text, text.kind) else None
    told = source.code is Code.GC001 or (
        source.code is Code.GC002 and text.kind is not Kind.SPEC
    )
    return text if told else None


def _kind_of(source: Source | Diagnostic) -> Kind:
    return Kind.SPEC if isinstance(source, Diagnostic) else kind_of_text(source.text)


def misnamed(text: Text) -> Iterator[Diagnostic]:
    """Yield that a spec is none, but a flowchart (GC572)."""
    if isinstance(text.source, Diagnostic):
        return
    begin = drawn_at(text.source.text)
    if begin is None:
        return
    yield Diagnostic(
        Code.GC572,
        f"`{text.path}` holds a Mermaid flowchart, and not YAML",
        Place(Span(text.source, begin.start, begin.stop), "begins a flowchart"),
        help=("name the file `.mmd`, or `.md` for a document with flowcharts",),
    )
