"""A file of weights: what it holds, or why it cannot be read."""

import os
import re
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from graphc.diagnostics import Code, Diagnostic
from graphc.files import neighbour
from graphc.weights.checkpoint import Checkpoint, Shape
from graphc.weights.safetensors import NoSafetensorsError, looks_like, shapes


def read_checkpoint(path: str | os.PathLike[str]) -> Checkpoint | Diagnostic:
    """Return the keys and shapes of a file: safetensors, or what ``torch.save`` wrote.

    Only the second needs torch. Nothing in the file is run. Reports GC411 for a file
    that is no checkpoint or cannot be read, GC402 if torch is needed and missing.
    """
    name = os.fspath(path)
    try:
        return _read(Path(path), name)
    except NoSafetensorsError as error:
        return _refused(name, f"`{name}` is no safetensors file: {error}")
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        return _refused(name, f"`{name}` cannot be read: {reason}")
    except ValueError:  # a NUL in the path
        return _refused(name, "no file has a name with such a letter in it")


def _read(path: Path, name: str) -> Checkpoint | Diagnostic:
    if not path.is_file():
        return _no_file(path, name)
    if path.suffix == ".safetensors" or looks_like(path):
        return Checkpoint(name, _by_module(shapes(path)), ordered=False)
    if find_spec("torch") is None:
        return Diagnostic(
            Code.GC402,
            f"`torch` is not installed, and `{name}` cannot be read without it",
            help=("pip install 'graphc[torch]'",),
            file=name,
        )
    pickled = import_module("graphc.weights.pickled")
    try:
        found: Checkpoint = pickled.read_pickled(path, name)
    except pickled.NoCheckpointError as error:
        return _no_checkpoint(name, str(error), needs_class=bool(error.needed))
    return found


def _no_file(path: Path, name: str) -> Diagnostic:
    if path.is_dir():
        return _refused(name, f"`{name}` is a directory")
    if path.exists():
        return _refused(name, f"`{name}` is a device or a pipe, not a file")
    near = neighbour(path)
    helps = (f"did you mean `{near}`?",) if near else ()
    return _refused(name, f"there is no file `{name}`", helps)


def _by_module(found: dict[str, Shape]) -> dict[str, Shape]:
    """Return tensors by name, 2 before 10: safetensors sorts them by letters."""
    return dict(sorted(found.items(), key=lambda item: _natural(item[0])))


def _natural(key: str) -> list[tuple[int, str]]:
    parts = re.split(r"(\d+)", key)
    return [(int(part), "") if i % 2 else (-1, part) for i, part in enumerate(parts)]


def _no_checkpoint(name: str, reason: str, *, needs_class: bool) -> Diagnostic:
    helps = ("save the weights alone: `torch.save(model.state_dict(), FILE)`",)
    return Diagnostic(
        Code.GC411,
        f"`{name}` is no checkpoint: {reason}",
        notes=("nothing in it was run",) if needs_class else (),
        help=helps if needs_class else (),
        file=name,
    )


def _refused(name: str, message: str, helps: tuple[str, ...] = ()) -> Diagnostic:
    return Diagnostic(Code.GC411, message, help=helps, file=name)
