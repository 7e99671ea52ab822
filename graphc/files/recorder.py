"""A reader that remembers what it read."""

import os

from graphc.cache import digest
from graphc.diagnostics import Diagnostic
from graphc.files.read import decoded, load
from graphc.source import Source


class Recorder:
    """Reads files as ``read`` does, each once, and tells what of them was read.

    ``sources`` has the texts by the paths they were read from, ``digests`` those of
    their bytes. ``complete`` tells that nothing was asked for in vain.
    """

    def __init__(self) -> None:
        self.sources: dict[str, Source] = {}
        self.digests: dict[str, str] = {}
        self.complete = True

    def __call__(self, path: str | os.PathLike[str]) -> Source | Diagnostic:
        """Return the text of a file, or why there is none."""
        name = os.fspath(path)
        if name in self.sources:
            return self.sources[name]
        data = load(path)
        source = data if isinstance(data, Diagnostic) else decoded(data, path)
        if isinstance(data, Diagnostic) or isinstance(source, Diagnostic):
            self.complete = False
        else:
            self.sources[name] = source
            self.digests[name] = digest(data)
        return source
