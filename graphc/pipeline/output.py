"""Writing a result: whole or not at all."""

import os
import tempfile
from pathlib import Path

from graphc.diagnostics import Code, Diagnostic

_READABLE = 0o666


def write_file(path: Path, data: bytes, *sources: str) -> Diagnostic | None:
    """Replace the file ``path`` by ``data``, or say why it cannot be (GC401).

    The data goes to a new file in the same folder that then takes the place of the old
    one, so a reader sees the old file or the new one, and after a failure the old one.
    Folders that are missing are made; a link is followed, and permissions stay.
    ``sources`` are the spec's file and those it imports, which are never overwritten.
    """
    target = Path(os.path.realpath(path))
    reason = _obstacle(target, sources)
    if reason is not None:
        return _unwritable(path, reason)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _replace(target, data)
    except OSError as error:
        return _unwritable(path, (error.strerror or str(error)).lower())
    return None


def _obstacle(target: Path, sources: tuple[str, ...]) -> str | None:
    if target.is_dir():
        return "it is a directory"
    if target.exists() and not target.is_file():
        return "it is a device or a pipe"
    for source in sources if target.exists() else ():
        if Path(source).exists() and target.samefile(source):
            itself = source == sources[0]
            return f"it is {'the spec itself' if itself else 'imported by the spec'}"
    return None


def _replace(target: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        temporary.chmod(_mode(target))
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _mode(target: Path) -> int:
    """Return the permissions of the old file, or those that a new file gets."""
    if target.exists():
        return target.stat().st_mode & 0o7777
    mask = os.umask(0)
    os.umask(mask)
    return _READABLE & ~mask


def _unwritable(path: Path, reason: str) -> Diagnostic:
    return Diagnostic(
        Code.GC401,
        f"`{path}` cannot be written: {reason}",
        help=("name another file with `-o FILE`, or `-o -` for standard output",),
        file=str(path),
    )
