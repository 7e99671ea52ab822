"""From the paths on the command line to the files that they name."""

import os
import stat
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from graphc.pipeline.kinds import Kind, kind_of_name

_LEFT_OUT = frozenset({"node_modules", "__pycache__"})
_ENVIRONMENT = "pyvenv.cfg"


class Target(NamedTuple):
    """A file to check, as it is opened, and where it is without links.

    ``kind`` is what it is, None if that is told by its text. ``found`` tells that it
    was found in a folder, and not named itself: it may be of no interest.
    """

    path: str
    real: str
    kind: Kind | None
    found: bool = False


class Unlisted(NamedTuple):
    """A folder that cannot be read, and why."""

    path: str
    reason: str


class Named(NamedTuple):
    """A path of the command line, and the files that it names.

    ``folder`` tells that it is one: its files come by their names.
    """

    path: str
    files: tuple[Target | Unlisted, ...]
    folder: bool = False


def named(paths: Iterable[str], kind: Kind | None = None) -> tuple[Named, ...]:
    """Return what paths name; ``-`` is standard input.

    ``kind`` is what the files that are named themselves are; by default their names
    tell. Of a folder there are the files that may be specs or hold flowcharts, by their
    names; links to folders are not followed.
    """
    return tuple(
        Named(path, tuple(_of_folder(path)), folder=True)
        if path != "-" and os.path.isdir(path)  # noqa: PTH112 - keeps a leading `./`
        else Named(path, (_target(path, kind or kind_of_name(path)),))
        for path in paths
    )


def _target(path: str, kind: Kind | None, *, found: bool = False) -> Target:
    return Target(path, place(path), kind, found)


def place(path: str) -> str:
    """Return where a file is; ``-`` stays."""
    return path if path == "-" or "\0" in path else os.path.realpath(path)


def _of_folder(folder: str) -> Iterator[Target | Unlisted]:
    """Give the files below a folder by their names, links to folders not followed."""
    waiting: list[tuple[str, bool]] = [(folder, True)]
    while waiting:
        path, is_folder = waiting.pop()
        if not is_folder:
            kind = kind_of_name(path)
            if kind is not None and _is_file(path):
                yield _target(path, kind, found=True)
            continue
        try:
            entries = _listing(path)
        except OSError as error:
            yield Unlisted(path, (error.strerror or str(error)).lower())
            continue
        if path == folder or all(one.name != _ENVIRONMENT for one in entries):
            kept = (one for one in entries if _is_searched(one.name))
            waiting += (
                (one.path.removeprefix("./"), one.is_dir(follow_symlinks=False))
                for one in kept
            )


def _listing(folder: str) -> list[os.DirEntry[str]]:
    """Return what is in a folder, the last name first."""
    with os.scandir(folder) as listing:
        return sorted(listing, key=lambda one: one.name, reverse=True)


def _is_searched(name: str) -> bool:
    return not name.startswith(".") and name not in _LEFT_OUT


def _is_file(path: str) -> bool:
    try:
        return stat.S_ISREG(os.stat(path).st_mode)  # noqa: PTH116 - as it is called
    except OSError:  # gone since it was listed, or a link to nothing
        return False
