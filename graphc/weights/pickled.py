"""Files that ``torch.save`` wrote: needs torch.

A pickle can run any code. It is read by torch's own reader for weights alone, which
knows tensors and plain containers and refuses everything else, and without values.
"""

import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from errno import EINVAL
from pathlib import Path

import torch
from torch import Tensor

from graphc.weights.checkpoint import Checkpoint
from graphc.weights.safetensors import is_page

_USUAL = ("state_dict", "model_state_dict", "model", "module", "net", "weights")
_DEEPEST = 3


class NoCheckpointError(Exception):
    """Why a file is no checkpoint, in words that follow its name.

    ``needed`` is the class that it would take to read it, if that is the reason.
    """

    def __init__(self, reason: str, needed: str = "") -> None:
        super().__init__(reason)
        self.needed = needed


def read_pickled(path: Path, name: str) -> Checkpoint:
    """Return what a file holds; raises NoCheckpointError, or OSError."""
    held = _loaded(path)
    found = list(_dicts(held, ()))
    if not found:
        kind = type(held).__name__
        raise NoCheckpointError(f"it holds no tensors by name, but a `{kind}`")
    at = min(range(len(found)), key=lambda number: _preference(found[number][0]))
    keys, table = found[at]
    named = {str(key): value for key, value in table.items()}
    tensors = {k: tuple(v.shape) for k, v in named.items() if isinstance(v, Tensor)}
    return Checkpoint(
        name,
        tensors,
        keys,
        tuple(".".join(other) for other, _ in found if other != keys),
        tuple(key for key in named if key not in tensors),
        _versions(table),
    )


def _loaded(path: Path) -> object:
    zipped = zipfile.is_zipfile(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return torch.load(path, map_location="meta", weights_only=True, mmap=zipped)
    except OSError as error:
        if error.errno == EINVAL:  # torch maps more than a file that is cut short has
            raise _reason(path, str(error), zipped=zipped) from error
        raise
    except Exception as error:  # bytes that are no pickle end in any exception
        raise _reason(path, str(error), zipped=zipped) from error


def _reason(path: Path, said: str, *, zipped: bool) -> NoCheckpointError:
    needed = re.search(r"GLOBAL (\S+) (?:was not an allowed|whose module)", said)
    if needed is not None:
        word = needed[1].rstrip(".")
        return NoCheckpointError(f"it needs `{word}`, which is no tensor", word)
    if "TorchScript" in said:
        return NoCheckpointError("it is a TorchScript program")
    if zipped and not _has_pickle(path):
        return NoCheckpointError("it is a zip file without `data.pkl`")
    if path.stat().st_size == 0:
        return NoCheckpointError("it is empty")
    with path.open("rb") as file:
        start = file.read(64)
    return NoCheckpointError(_kind(start, zipped=zipped))


def _kind(start: bytes, *, zipped: bool) -> str:
    if is_page(start):
        return "it is a web page"
    if zipped or start[:2] in (b"PK", b"\x80\x02"):
        return "it is damaged, or cut short"
    return "it is neither what `torch.save` writes nor safetensors"


def _has_pickle(path: Path) -> bool:
    with zipfile.ZipFile(path) as archive:
        return any(name.endswith("data.pkl") for name in archive.namelist())


def _dicts(
    held: object, path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], Mapping[object, object]]]:
    """Yield the dicts that hold tensors by name, with the keys that lead to them."""
    if not isinstance(held, Mapping):
        return
    if any(isinstance(value, Tensor) for value in held.values()):
        yield path, held
    elif len(path) < _DEEPEST:
        for key, value in held.items():
            yield from _dicts(value, (*path, str(key)))


def _preference(path: tuple[str, ...]) -> tuple[int, ...]:
    return tuple(_USUAL.index(key) if key in _USUAL else len(_USUAL) for key in path)


def _versions(table: Mapping[object, object]) -> dict[str, int]:
    """Return the versions of the modules, which ``state_dict`` puts beside its keys."""
    said = getattr(table, "_metadata", None)
    if not isinstance(said, Mapping):
        return {}
    return {
        str(path): one["version"]
        for path, one in said.items()
        if isinstance(one, Mapping) and isinstance(one.get("version"), int)
    }
