"""Where the files of a spec are, and which of them may be imported."""

import os
from pathlib import Path

from graphc.record import record

_MARKS = ("pyproject.toml", ".git")


@record
class Location:
    """A file: as it is opened and called in reports, and where it is without links."""

    name: str
    real: str


def location_of(path: str | os.PathLike[str]) -> Location:
    """Return where a spec is; standard input, ``-``, is in the current directory."""
    name = os.fspath(path)
    return Location(name, os.path.realpath(name))


def beside(importer: Location, written: str) -> Location:
    """Return the file that ``written`` names in the text of another.

    It is relative to the folder of that file; where that is a link, to the folder of
    what the link leads to.
    """
    linked = os.path.islink(importer.name)  # noqa: PTH114 - Path drops a leading `./`
    folder = os.path.dirname(importer.real if linked else importer.name)  # noqa: PTH120
    joined = os.path.join(folder or ".", written)  # noqa: PTH118
    if "\0" in joined:  # no file can have such a name, which reading it reports
        return Location(joined, str(Path(importer.real).parent / written))
    real = os.path.realpath(joined)
    plain = os.path.normpath(joined)
    if plain == "-" or os.path.realpath(plain) != real:  # `-` would be standard input
        plain = joined
    return Location(plain, real)


def root_of(spec: Location) -> str:
    """Return the folder whose files a spec may import.

    It is the nearest one around the spec that holds a ``pyproject.toml`` or ``.git``,
    or else the spec's own.
    """
    folder = Path(spec.real).parent
    for each in (folder, *folder.parents):
        if any((each / mark).exists() for mark in _MARKS):
            return str(each)
    return str(folder)


def is_within(root: str, file: Location) -> bool:
    """Return whether a file is in the folder ``root``, links followed."""
    return Path(file.real).is_relative_to(root)
