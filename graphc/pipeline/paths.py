"""From the paths on the command line to the texts that they name."""

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from graphc.diagnostics import Code, Diagnostic
from graphc.files import Reader, read
from graphc.pipeline.kinds import Kind, kind_of_name, may_hold_networks
from graphc.pipeline.text import Text, text_at

_LEFT_OUT = frozenset({"node_modules", "__pycache__"})
_ENVIRONMENT = "pyvenv.cfg"
_SEARCHED = (
    "a folder is searched for specs, which are YAML with the key `graphc`, and for "
    "flowcharts in files called .md, .markdown, .mmd or .mermaid"
)


def texts(
    paths: Iterable[str], kind: Kind | None = None, reader: Reader = read
) -> Iterator[Text | Diagnostic]:
    """Give the texts that paths name, each once; ``-`` is standard input.

    Files come in the order in which they are named, those of a folder by their names:
    only specs and what may hold flowcharts. ``kind`` is what the files that are named
    themselves are; by default their names tell, or else what is in them. Reports GC001
    for a folder that cannot be read, GC571 for one that holds nothing to check.
    """
    known: set[str] = set()
    for path in paths:
        if path != "-" and Path(path).is_dir():
            yield from _of_folder(path, known, reader)
        elif _is_new(path, known):
            yield text_at(path, kind, reader)


def _is_new(path: str, known: set[str]) -> bool:
    real = path if path == "-" or "\0" in path else os.path.realpath(path)
    new = real not in known
    known.add(real)
    return new


def _of_folder(
    folder: str, known: set[str], reader: Reader
) -> Iterator[Text | Diagnostic]:
    empty = True
    for file in _files(folder):
        text = file if isinstance(file, Diagnostic) else _text_in_folder(file, reader)
        if text is None:
            continue
        empty = False
        if isinstance(text, Diagnostic) or _is_new(text.path, known):
            yield text
    if empty:
        message = f"`{folder}` holds nothing to check"
        yield Diagnostic(Code.GC571, message, notes=(_SEARCHED,), file=folder)


def _text_in_folder(path: str, reader: Reader) -> Text | None:
    """Return a file of a folder; None if it has nothing to do with networks.

    One that cannot be opened is told of; one that is no text, or too large for a spec,
    is somebody else's.
    """
    kind = kind_of_name(path)
    if kind is None or not Path(path).is_file():
        return None
    source = reader(path)
    if isinstance(source, Diagnostic):
        told = source.code is Code.GC001 or (
            source.code is Code.GC002 and kind is not Kind.SPEC
        )
        return Text(path, kind, source, reader, found=True) if told else None
    if not may_hold_networks(source.text, kind):
        return None
    return Text(path, kind, source, reader, found=True)


def _files(folder: str) -> Iterator[str | Diagnostic]:
    """Give the files below a folder by their names, links to folders not followed."""
    waiting: list[str] = [folder]
    while waiting:
        path = waiting.pop()
        if path != folder and not _is_folder(path):
            yield path
            continue
        try:
            with os.scandir(path) as listing:
                entries = sorted(listing, key=lambda one: one.name, reverse=True)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            message = f"the folder `{path}` cannot be read: {reason}"
            yield Diagnostic(Code.GC001, message, file=path)
            continue
        if path == folder or all(one.name != _ENVIRONMENT for one in entries):
            kept = (one for one in entries if _is_searched(one.name))
            waiting += (one.path.removeprefix("./") for one in kept)


def _is_searched(name: str) -> bool:
    return not name.startswith(".") and name not in _LEFT_OUT


def _is_folder(path: str) -> bool:
    try:
        return stat.S_ISDIR(Path(path).lstat().st_mode)
    except OSError:  # gone since it was listed
        return False
