"""The files of a spec: its own, and those that it imports."""

import os
from dataclasses import replace
from pathlib import PurePath

from graphc.diagnostics import Code, Diagnostic, Place, Sink
from graphc.files import Location, Reader, beside, is_within, neighbour, read
from graphc.frontend.fields import mapping
from graphc.frontend.imports import Import, imports
from graphc.frontend.meta import check_version
from graphc.reading import Mapping, compose
from graphc.record import record
from graphc.source import Source, Span

DEEPEST = 50
"""How many files may import one another in a row."""

_MOST_SHOWN = 8


@record(eq=False, slots=False)
class File:
    """A file of a spec as a tree, and what it imports."""

    name: str
    root: Mapping
    imported: tuple["Imported", ...]


@record(eq=False)
class Imported:
    """An entry of ``imports`` and the file it names, None if that cannot be used."""

    entry: Import
    file: File | None


@record
class _Open:
    """A file that is being read, and the import that led to it."""

    name: str
    by: Span | None


class Files:
    """Reads the files of one spec, each once; ``read`` has them, helpers first.

    ``root`` is the folder whose files may be imported, ``reader`` gives the text of an
    imported file. Codes: those of ``graphc.reading``, GC012, GC102 to GC104, GC119 to
    GC121.
    """

    def __init__(self, root: str, sink: Sink, reader: Reader = read) -> None:
        self.read: list[File] = []
        self._reader = reader
        self._root = root
        self._sink = sink
        self._known: dict[str, File | None] = {}
        self._names: set[str] = set()
        self._open: dict[str, _Open] = {}

    def spec(self, source: Source, location: Location) -> File | None:
        """Return the spec itself and read what it imports; None if it is no mapping."""
        return self._file(source, location, None)

    def tree(self, source: Source, location: Location, root: Mapping) -> File:
        """Return a spec whose tree was made of another text, and read its imports."""
        return self._with_imports(source, location, root, None)

    def _file(self, source: Source, location: Location, by: Span | None) -> File | None:
        root = _root(source, by, self._sink)
        if root is None:
            return None
        return self._with_imports(source, location, root, by)

    def _with_imports(
        self, source: Source, location: Location, root: Mapping, by: Span | None
    ) -> File:
        self._open[location.real] = _Open(source.name, by)
        imported = tuple(
            Imported(entry, self._imported(entry, location))
            for entry in imports(root, self._sink)
        )
        del self._open[location.real]
        file = File(source.name, root, imported)
        self.read.append(file)
        return file

    def _imported(self, entry: Import, importer: Location) -> File | None:
        """Return the file of an import, read at its first one."""
        location = beside(importer, entry.file.text)
        problem = self._problem(entry, location)
        if problem is not None:
            self._sink.add(problem)
            return None
        if location.real not in self._known:
            self._known[location.real] = None
            source = self._reader(location.name)
            if isinstance(source, Diagnostic):
                self._sink.add(_unreadable(source, entry, location))
            elif not source.text.strip():
                message = f"`{source.name}` is empty"
                place = Place(entry.file.span, "imported here")
                self._sink.add(Diagnostic(Code.GC119, message, place))
            else:
                span = entry.file.span
                self._known[location.real] = self._file(source, location, span)
        elif location.name not in self._names:
            # The reader learns of every name by which a spec knows a file.
            self._reader(location.name)
        self._names.add(location.name)
        return self._known[location.real]

    def _problem(self, entry: Import, location: Location) -> Diagnostic | None:
        """Return what forbids to follow an import."""
        span = entry.file.span
        if "://" in entry.file.text:
            message = f"`{entry.file.text}` is an address, and an import is a file"
            remedy = ("copy the file into the project",)
            return Diagnostic(Code.GC119, message, Place(span), help=remedy)
        if os.path.isabs(entry.file.text):  # noqa: PTH117 - a text, not yet a path
            message = (
                f"an import is relative to its file, and `{entry.file.text}` is not"
            )
            return Diagnostic(Code.GC121, message, Place(span))
        if not is_within(self._root, location):
            return _outside(entry, location, self._root)
        if location.real in self._open:
            return self._circle(location, span)
        if len(self._open) > DEEPEST:
            message = f"files import one another more than {DEEPEST} deep"
            return Diagnostic(Code.GC012, message, Place(span, "too deep"))
        return None

    def _circle(self, location: Location, span: Span) -> Diagnostic:
        way = list(self._open)
        steps = [self._open[real] for real in way[way.index(location.real) :]]
        names = _short([step.name for step in steps])
        to = [*names[1:], names[0]]
        spans = [*(step.by for step in steps[1:]), span]
        places = [
            Place(at, f"this imports `{name}`")
            for at, name in zip(spans, to, strict=True)
            if at is not None
        ]
        shown = [*names[:_MOST_SHOWN], "..."] if len(names) > _MOST_SHOWN else names
        message = f"`{names[0]}` imports itself: {' -> '.join([*shown, names[0]])}"
        return Diagnostic(Code.GC120, message, places[-1], tuple(places[:-1]))


def _short(names: list[str]) -> list[str]:
    """Return the names of files from the folder on that all are in."""
    paths = [PurePath(name) for name in names]
    around = next(
        folder
        for folder in (*paths[0].parents, PurePath())
        if all(path.is_relative_to(folder) for path in paths)
    )
    return [path.relative_to(around).as_posix() for path in paths]


def _root(source: Source, by: Span | None, sink: Sink) -> Mapping | None:
    """Return the tree of a text that is a spec of a version that is known."""
    node = compose(source, sink)
    root = None if node is None else mapping(node, "a spec", sink)
    if root is None:
        return None
    if not root.entries:
        message = f"`{source.name}` is empty"
        importer = () if by is None else (Place(by, "imported here"),)
        sink.add(Diagnostic(Code.GC004, message, Place(root.span), importer))
        return None
    return root if check_version(root, sink) else None


def _unreadable(found: Diagnostic, entry: Import, location: Location) -> Diagnostic:
    """Return why a file cannot be read, told at its import."""
    near = None if os.path.lexists(location.name) else neighbour(location.name)
    remedy: tuple[str, ...] = ()
    if near is not None:
        written = PurePath(entry.file.text).with_name(near.name).as_posix()
        remedy = (f"did you mean `{written}`?",)
    place = Place(entry.file.span, "imported here")
    return replace(found, code=Code.GC119, place=place, help=remedy, file=None)


def _outside(entry: Import, location: Location, root: str) -> Diagnostic:
    return Diagnostic(
        Code.GC121,
        f"`{entry.file.text}` leads out of the project",
        Place(entry.file.span, "imported here"),
        notes=(f"the project is `{root}`, the file `{location.real}`",),
        help=("copy the file into the project, or allow it with `--import-root DIR`",),
    )
