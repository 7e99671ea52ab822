"""A file's text, or why there is none."""

import codecs
import errno
import os
import shlex
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from graphc.diagnostics import Code, Diagnostic, nearest
from graphc.source import Source

SIZE_LIMIT = 8 * 1024 * 1024
"""Bytes of the largest spec that is read."""

DOCUMENT_LIMIT = 32 * 1024 * 1024
"""Bytes of the largest document that is read: it is more than its diagrams."""

_DOCUMENTS = (".md", ".markdown", ".mmd", ".mermaid")

COULD_NOT_RUN = frozenset({Code.GC001, Code.GC002})
"""The codes that mean the command could not run (exit 2), whatever the spec says."""

_STDIN = "<stdin>"
_ENCODINGS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NEIGHBOURS = 2000
_REASONS = {
    errno.ENOENT: "there is no file `{}`",
    errno.ENOTDIR: "there is no file `{}`",
    errno.EACCES: "reading `{}` is not permitted",
    errno.EPERM: "reading `{}` is not permitted",
    errno.ENAMETOOLONG: "the name of the file is too long: `{}`",
    errno.ELOOP: "the link `{}` leads round in a circle",
}


Reader: TypeAlias = "Callable[[str | os.PathLike[str]], Source | Diagnostic]"
"""What gives the text of a file, or why there is none; ``read`` is one."""


def read(path: str | os.PathLike[str], limit: int | None = None) -> Source | Diagnostic:
    """Return the text of the file ``path``, or of standard input for "-".

    Reads UTF-8, and UTF-16 or UTF-32 behind a byte order mark; the mark is dropped. The
    locale plays no part. The source is called as the user called the file, with ``/``
    between the parts. No more than ``limit`` bytes are ever read, by default
    ``SIZE_LIMIT``, and ``DOCUMENT_LIMIT`` of what is called a document. Findings have
    no place; their ``file`` is the name. Codes: GC001 no such file, a directory, a
    device or pipe, not permitted; GC002 larger than ``limit``; GC003 not text. Those in
    ``COULD_NOT_RUN`` mean exit code 2.
    """
    data = load(path, limit)
    return data if isinstance(data, Diagnostic) else decoded(data, path)


def load(path: str | os.PathLike[str], limit: int | None = None) -> bytes | Diagnostic:
    """Return the bytes of a file, of which ``decoded`` makes a text: see ``read``."""
    name = _shown(path)
    if limit is None:
        called = name.lower().endswith(_DOCUMENTS)
        limit = DOCUMENT_LIMIT if called else SIZE_LIMIT
    try:
        return _bytes(path, name, limit)
    except OSError as error:
        return _unreadable(path, name, error)
    except ValueError:  # a NUL in the path
        return Diagnostic(Code.GC001, f"no file can be called `{name}`", file=name)


def decoded(data: bytes, path: str | os.PathLike[str]) -> Source | Diagnostic:
    """Return the text of the bytes of a file, or why they are none: see ``read``."""
    name = _shown(path)
    mark, encoding = next(
        (found for found in _ENCODINGS if data.startswith(found[0])), (b"", "utf-8")
    )
    if not mark and b"\0" in data:
        return _binary(data, name)
    body = data[len(mark) :]
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        before = body[: error.start].decode(encoding)
        return _undecodable(name, encoding, data, len(mark) + error.start, before)
    return Source(name, text)


def encoded_like(text: str, data: bytes) -> bytes:
    """Return a text in the encoding of ``data``, with the mark that it begins with."""
    for mark, encoding in _ENCODINGS:
        if data.startswith(mark):
            return mark + text.encode(encoding)
    return text.encode()


def neighbour(path: str | os.PathLike[str]) -> Path | None:
    """Return the file in the same folder that is called most like ``path``."""
    wanted = Path(path)
    try:
        with os.scandir(wanted.parent) as listing:
            names = [
                entry.name
                for entry, _ in zip(listing, range(_NEIGHBOURS), strict=False)
                if entry.is_file()
            ]
    except OSError:
        return None
    near = nearest(wanted.name, sorted(names))
    return wanted.with_name(near) if near else None


def _shown(path: str | os.PathLike[str]) -> str:
    """Return the name for reports: what the bytes of the name are in UTF-8."""
    if os.fspath(path) == "-":
        return _STDIN
    name = os.fspath(path).replace(os.sep, "/")
    try:
        return os.fsencode(name).decode("utf-8", "backslashreplace")
    except UnicodeEncodeError:
        return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _bytes(path: str | os.PathLike[str], name: str, limit: int) -> bytes | Diagnostic:
    if os.fspath(path) == "-":
        if sys.stdin is None:  # closed by whoever started the process
            return Diagnostic(Code.GC001, f"`{name}` is closed", file=name)
        data = sys.stdin.buffer.read(limit + 1)
        return data if len(data) <= limit else _too_large(name, limit)
    if not name:
        return Diagnostic(
            Code.GC001, f"no file can be called `{name}`: the name is empty", file=name
        )
    status = Path(path).stat()
    if not stat.S_ISREG(status.st_mode):
        return _irregular(name, status.st_mode)
    if status.st_size > limit:
        return _too_large(name, limit, status.st_size)
    with Path(path).open("rb") as file:
        data = file.read(limit + 1)
    return data if len(data) <= limit else _too_large(name, limit)


def _irregular(name: str, mode: int) -> Diagnostic:
    if stat.S_ISDIR(mode):
        return Diagnostic(Code.GC001, f"`{name}` is a directory", file=name)
    remedy = "use `-` to read standard input"
    message = f"`{name}` is a device or a pipe, not a file"
    return Diagnostic(Code.GC001, message, help=(remedy,), file=name)


def _too_large(name: str, limit: int, size: int | None = None) -> Diagnostic:
    message = f"`{name}` is larger than {limit:,} bytes"
    notes = (f"it has {size:,} bytes",) if size else ()
    return Diagnostic(Code.GC002, message, notes=notes, file=name)


def _unreadable(path: str | os.PathLike[str], name: str, error: OSError) -> Diagnostic:
    reason = _REASONS.get(error.errno or 0, "`{}` cannot be read")
    notes = () if error.errno in _REASONS else ((error.strerror or "").lower(),)
    near = neighbour(path) if error.errno == errno.ENOENT else None
    remedy = (f"did you mean `{_shown(near)}`?",) if near else ()
    message = reason.format(name)
    return Diagnostic(Code.GC001, message, notes=notes, help=remedy, file=name)


def _binary(data: bytes, name: str) -> Diagnostic:
    at = data.index(0)
    line = data.count(b"\n", 0, at) + 1
    message = f"`{name}` is not text: byte 0x00 at offset {at} on line {line}"
    return Diagnostic(Code.GC003, message, file=name)


def _undecodable(
    name: str, encoding: str, data: bytes, at: int, before: str
) -> Diagnostic:
    """Return GC003 for the byte at ``at``, which follows the text ``before``."""
    line = before.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    message = (
        f"`{name}` is not text: byte 0x{data[at]:02x} at offset {at} on line {line}"
        f" is not {encoding.removesuffix('-le').removesuffix('-be').upper()}"
    )
    if encoding != "utf-8":
        return Diagnostic(Code.GC003, message, file=name)
    file = shlex.quote(name)
    remedy = (
        "save the file as UTF-8",
        f"if it is Latin-1: `iconv -f latin1 -t utf-8 {file} > utf8.yaml`",
    )
    return Diagnostic(Code.GC003, message, help=remedy, file=name)
