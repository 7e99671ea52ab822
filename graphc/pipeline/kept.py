"""Reports that are kept, and given again while nothing of what they tell has changed.

A report stands under a key that is made of the program, how the file is called and
where it is, what is asked for, and the bytes of the file. In it stand the files that
were read besides, with a digest of each: it holds as long as they are found in the same
places with the same bytes. A report of a file that could not be read, or imports one
that could not be, is not kept: what would change it is more than bytes.
"""

import os
from importlib import import_module
from typing import TYPE_CHECKING

from graphc.cache import JSON, Store, content, digest
from graphc.pipeline.paths import Target
from graphc.pipeline.reports import Report

if TYPE_CHECKING:
    from graphc.files import Recorder

_FORM = "1"
"""The form of what is kept: another one is another key."""

_LARGEST = 1 << 25
"""Bytes of the largest file that is looked up; none larger is ever read."""


class Kept:
    """The reports in a store, as one program told them.

    ``import_root`` is the folder whose files may be imported, None for that of the
    project that a file is in.
    """

    def __init__(self, store: Store, program: str, import_root: str | None) -> None:
        self._store = store
        self._program = program
        self._root = None if import_root is None else os.path.realpath(import_root)

    def report(self, target: Target) -> Report | None:
        """Return what was told of a file, None if it has to be checked."""
        found = None if target.path == "-" else content(target.path, _LARGEST)
        if found is None:
            return None
        entry = self._store.get(self._key(target, found))
        if not isinstance(entry, dict) or not self._holds(entry, target):
            return None
        entries = import_module("graphc.pipeline.entries")
        known: Report | None = entries.report_of(entry, target, found)
        return known

    def keep(self, target: Target, report: Report, read: "Recorder") -> None:
        """Keep what was told of a file, if bytes alone can make it untrue."""
        if target.path == "-" or not read.complete:
            return
        entry = import_module("graphc.pipeline.entries").entry_of(report, target, read)
        if entry is not None:
            if entry["imports"]:
                entry["project"] = self._project(target)
            self._store.put(self._key(target, read.digests[target.path]), entry)

    def _key(self, target: Target, found: str) -> str:
        kind = "" if target.kind is None else target.kind.value
        asked = (target.path, target.real, kind, str(target.found), str(self._root))
        told = "\0".join((_FORM, self._program, *asked, found))
        return digest(told.encode(errors="surrogateescape"))

    def _holds(self, entry: dict[str, JSON], target: Target) -> bool:
        """Whether a spec would import the same files, and they are as they were."""
        imports = entry.get("imports")
        if not isinstance(imports, list):
            return False
        if imports and entry.get("project") != self._project(target):
            return False
        return all(_is_as_it_was(one) for one in imports)

    def _project(self, target: Target) -> str:
        """Return the folder whose files may be imported."""
        if self._root is not None:
            return self._root
        files = import_module("graphc.files")
        return str(files.root_of(files.location_of(target.path)))


def _is_as_it_was(imported: JSON) -> bool:
    match imported:
        case [str(path), str(real), str(known)]:
            return os.path.realpath(path) == real and content(path, _LARGEST) == known
    return False
