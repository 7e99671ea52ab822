"""What stands for the program: another one works other things out."""

import os
import sys
from collections.abc import Iterator
from importlib.util import find_spec

from graphc.cache.store import digest

_LIBRARIES = ("yaml", "networkx")


def fingerprint() -> str | None:
    """Return a digest of this program and what it runs on, None if there is none.

    It changes with Python, with a file of graphc's own code (its name, size or time of
    change: reading all of it would take longer than to check a spec), and with the
    libraries that take part in a check. A program without files of its own, as in a
    zip archive, has no fingerprint.
    """
    here = os.path.dirname(os.path.dirname(__file__))
    try:
        told = [sys.version, *_code(here), *map(_library, _LIBRARIES)]
    except OSError:
        return None
    return digest("\n".join(told).encode(errors="surrogateescape"))


def _code(folder: str) -> Iterator[str]:
    """Yield a line for each file of code below a folder, in an order of its own."""
    with os.scandir(folder) as listing:
        entries = sorted(listing, key=lambda one: one.name)
    for entry in entries:
        if entry.name.endswith(".py"):
            yield _stamp(entry.path, entry.stat())
        elif "." not in entry.name and entry.name != "__pycache__":
            yield from _code(entry.path)


def _library(name: str) -> str:
    found = find_spec(name)
    file = found.origin if found else None
    return _stamp(file, os.stat(file)) if file else name


def _stamp(file: str, status: os.stat_result) -> str:
    return f"{file} {status.st_size} {status.st_mtime_ns}"
