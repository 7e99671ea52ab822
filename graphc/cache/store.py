"""A folder of values under keys."""

import json
import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from itertools import count
from typing import TypeAlias

JSON: TypeAlias = "str | int | list[JSON] | dict[str, JSON] | None"

MOST_ENTRIES = 64
"""So many values are kept in each of the 256 parts of a folder."""

MOST_BYTES = 1 << 20
"""So many bytes are kept in each part: 256 MiB in all."""

_LARGEST = MOST_BYTES // 4
_numbers = count()


def digest(data: bytes) -> str:
    """Return a name for bytes, which no others have: SHA-256 in hexadecimal."""
    return sha256(data).hexdigest()


def content(file: str, most: int) -> str | None:
    """Return the digest of what is in a file.

    None if there is no file that can be read, or more than ``most`` bytes in it.
    """
    try:
        status = os.stat(file)
        if not stat.S_ISREG(status.st_mode) or status.st_size > most:
            return None
        with open(file, "rb") as stream:
            return digest(stream.read(most))
    except (OSError, ValueError):  # a NUL in the name
        return None


class Store:
    """Values in files, each named for its key, which is a ``digest``.

    A folder that cannot be read or written is an empty one that keeps nothing. Several
    processes may use it at once: a file is put there whole, and one that was cut off
    or changed is not taken for a value. It stays small: of each part the values that
    were not asked for longest are removed when another comes.
    """

    def __init__(self, folder: str) -> None:
        self._folder = folder

    def get(self, key: str) -> JSON:
        """Return the value of a key, None if there is none."""
        file = self._file(key)
        try:
            with open(file, "rb") as stream:
                told, _, data = stream.read(2 * _LARGEST).partition(b"\n")
            if told.decode("ascii") != digest(data):
                return None
            value: JSON = json.loads(data)
        except (OSError, ValueError, RecursionError):
            return None
        with suppress(OSError):
            os.utime(file)
        return value

    def put(self, key: str, value: JSON) -> None:
        """Keep a value, if that can be done and it is no giant."""
        data = json.dumps(value, separators=(",", ":")).encode()
        if len(data) > _LARGEST:
            return
        file = self._file(key)
        part = os.path.dirname(file)
        with suppress(OSError, ValueError):
            os.makedirs(part, mode=0o700, exist_ok=True)
            _write(file, digest(data).encode() + b"\n" + data)
            _thin_out(part)

    def _file(self, key: str) -> str:
        return os.path.join(self._folder, key[:2], key[2:])


def _write(file: str, data: bytes) -> None:
    """Write a file that others see whole or not at all."""
    new = f"{file}.{os.getpid()}.{next(_numbers)}"
    try:
        with open(new, "xb") as stream:
            stream.write(data)
        os.replace(new, file)
    except BaseException:
        with suppress(OSError):
            os.unlink(new)
        raise


def _thin_out(part: str) -> None:
    """Remove what was not asked for longest, if there is too much."""
    entries = size = 0
    for status, file in sorted(_files(part), key=lambda one: -one[0].st_mtime_ns):
        entries, size = entries + 1, size + status.st_size
        if entries > MOST_ENTRIES or size > MOST_BYTES:
            os.unlink(file)


def _files(part: str) -> Iterator[tuple[os.stat_result, str]]:
    with os.scandir(part) as listing:
        for entry in listing:
            with suppress(OSError):  # removed by another process
                yield entry.stat(follow_symlinks=False), entry.path
