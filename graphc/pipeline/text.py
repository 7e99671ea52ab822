"""A text that was read, and what it is."""

import os
from collections.abc import Iterator

from graphc.diagnostics import Code, Diagnostic, Place
from graphc.files import Reader, read
from graphc.pipeline.kinds import Kind, drawn_at, kind_of_name, kind_of_text
from graphc.record import record
from graphc.source import Source, Span


@record
class Text:
    """A file that was read, or why it was not; ``path`` is how it is opened.

    ``files`` gives the texts of other files. ``found`` tells that it was found in a
    folder, and not named itself.
    """

    path: str
    kind: Kind
    source: Source | Diagnostic
    files: Reader = read
    found: bool = False

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
