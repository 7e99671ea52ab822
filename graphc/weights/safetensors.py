"""The header of a safetensors file: names and shapes of its tensors, in JSON.

The format: 8 bytes with the length of the header, little-endian; the header; the data.
See https://huggingface.co/docs/safetensors.
"""

import json
from math import prod
from pathlib import Path

from graphc.weights.checkpoint import Shape

_LENGTH = 8
_LONGEST = 100_000_000
_LONGEST_MARK = 64
_BITS = (
    {"BOOL": 8, "F4": 4, "F6_E2M3": 6, "F6_E3M2": 6, "C64": 64}
    | {f"{kind}{bits}": bits for kind in "FIU" for bits in (8, 16, 32, 64)}
    | {"BF16": 16, "F8_E4M3": 8, "F8_E5M2": 8, "F8_E8M0": 8}
)


class NoSafetensorsError(Exception):
    """Why a file is no safetensors file, in words that follow its name."""


def is_page(start: bytes) -> bool:
    """Return whether a file is a web page, as a failed download leaves it."""
    return start.lstrip()[:_LONGEST_MARK].lower().startswith((b"<!doctype", b"<html"))


def looks_like(path: Path) -> bool:
    """Return whether a file begins as safetensors files do."""
    with path.open("rb") as file:
        start = file.read(_LENGTH + 1)
    length = int.from_bytes(start[:_LENGTH], "little")
    return start[_LENGTH:] == b"{" and length < path.stat().st_size


def shapes(path: Path) -> dict[str, Shape]:
    """Return the shapes of a file's tensors by name.

    Raises NoSafetensorsError if the header is malformed or does not fit the file's
    length, OSError if the file cannot be read. No tensor is read.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        length = int.from_bytes(file.read(_LENGTH), "little")
        if size < _LENGTH or length > min(size - _LENGTH, _LONGEST):
            file.seek(0)
            page = is_page(file.read(_LONGEST_MARK))
            raise NoSafetensorsError(
                "it is a web page" if page else "it ends before its header does"
            )
        header = _parsed(file.read(length))
    ends = [0]
    found = {}
    for name, entry in header.items():
        if name != "__metadata__":
            found[name], end = _tensor(name, entry)
            ends.append(end)
    held = size - _LENGTH - length
    if max(ends) != held:
        raise NoSafetensorsError(
            f"its header tells of {max(ends):,} bytes of data, and {held:,} are there"
        )
    return found


def _parsed(text: bytes) -> dict[str, object]:
    try:
        header = json.loads(text, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise NoSafetensorsError("its header is not JSON") from error
    if not isinstance(header, dict):
        raise NoSafetensorsError("its header is not a JSON object")
    return header


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    table = dict(pairs)
    if len(table) < len(pairs):
        raise NoSafetensorsError("its header has a name twice")
    return table


def _tensor(name: str, entry: object) -> tuple[Shape, int]:
    """Return a tensor's shape, and where its data ends in bytes."""
    if isinstance(entry, dict):
        shape, ends = _sizes(entry.get("shape")), _sizes(entry.get("data_offsets"))
        if shape is not None and ends is not None and len(ends) == 2:
            bits = _BITS.get(str(entry.get("dtype")))
            count = ends[1] - ends[0]
            if count == (prod(shape) * bits + 7) // 8 if bits else count >= 0:
                return shape, ends[1]
    raise NoSafetensorsError(f"its header says nothing sound of `{name}`")


def _sizes(value: object) -> tuple[int, ...] | None:
    """Return a list of integers from 0 on; None for anything else."""
    if not isinstance(value, list):
        return None
    found = [each for each in value if type(each) is int and each >= 0]
    return tuple(found) if len(found) == len(value) else None
