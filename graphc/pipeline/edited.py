"""The texts of files as they are, or as they would be after edits."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import replace

from graphc.diagnostics import Diagnostic, Edit
from graphc.files import read
from graphc.fix import applied
from graphc.pipeline.paths import place
from graphc.source import Source


class Texts:
    """Gives each file's text, read once; one that was changed gives what it became.

    It is a ``graphc.files.Reader``. Files are told apart by where they are, whatever
    they are called; standard input is ``-``.
    """

    def __init__(self) -> None:
        self._read: dict[str, Source | Diagnostic] = {}
        self._files: dict[str, str] = {}
        self._became: dict[str, str] = {}

    def __call__(self, path: str | os.PathLike[str]) -> Source | Diagnostic:
        """Return the text of a file, or why there is none."""
        called = os.fspath(path)
        if called not in self._read:
            self._read[called] = read(path)
        source = self._read[called]
        if isinstance(source, Diagnostic):
            return source
        real = place(called)
        self._files[source.name] = real
        text = self._became.get(real)
        return source if text is None else replace(source, text=text)

    def file(self, source: Source) -> str:
        """Return where the file of a text is."""
        return self._files.get(source.name, source.name)

    def original(self, path: str) -> Source | None:
        """Return the text of a file as it was read."""
        source = self._read.get(path)
        return source if isinstance(source, Source) else None

    def became(self, path: str) -> str | None:
        """Return the text that a file became, None if it is as it was read."""
        return self._became.get(place(path))

    def edited(self, edits: Iterable[Edit]) -> "Texts | None":
        """Return the texts after edits, which point into what they are now.

        None if two edits overlap.
        """
        after = Texts()
        after._read, after._files = self._read, self._files
        after._became = dict(self._became)
        for source, own in _by_source(edits).items():
            text = applied(source.text, own)
            if text is None:
                return None
            after._became[self.file(source)] = text
        return after


def _by_source(edits: Iterable[Edit]) -> Mapping[Source, list[Edit]]:
    found: dict[str, tuple[Source, list[Edit]]] = {}
    for edit in edits:
        source = edit.span.source
        found.setdefault(source.name, (source, []))[1].append(edit)
    return dict(found.values())
