"""Files of weights, and files that are none."""

import io
import json
import os
import pickle
import struct
import zipfile
from collections import OrderedDict
from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from graphc.diagnostics import Code, Diagnostic
from graphc.weights import Checkpoint, read_checkpoint

NET = nn.Sequential(nn.Conv2d(3, 4, 1), nn.BatchNorm2d(4), nn.Linear(4, 2))
SHAPES = {key: tuple(value.shape) for key, value in NET.state_dict().items()}


class Touch:
    """What runs a command if a pickle with it is executed."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, (f"touch {self.path}",)


def safetensors(tensors: dict[str, Tensor], **header: object) -> bytes:
    """Return a file in that format, with the names by letters."""
    table: dict[str, object] = {"__metadata__": {"format": "pt"}}
    data = b""
    for name in sorted(tensors):
        raw = tensors[name].numpy().tobytes()
        kind = {"torch.float32": "F32", "torch.int64": "I64"}[str(tensors[name].dtype)]
        table[name] = {
            "dtype": kind,
            "shape": list(tensors[name].shape),
            "data_offsets": [len(data), len(data) + len(raw)],
        }
        data += raw
    text = json.dumps(table | header).encode()
    return struct.pack("<Q", len(text)) + text + data


def read(path: Path) -> Checkpoint:
    found = read_checkpoint(path)
    assert isinstance(found, Checkpoint), found
    return found


def refused(path: Path) -> str:
    found = read_checkpoint(path)
    assert isinstance(found, Diagnostic)
    assert found.code is Code.GC411
    assert found.file == str(path)
    return found.message.replace(f"`{path}`", "").strip()


@pytest.mark.parametrize("zipped", [True, False])
def test_a_state_dict(tmp_path: Path, zipped: bool) -> None:  # noqa: FBT001
    path = tmp_path / "weights.pt"
    torch.save(NET.state_dict(), path, _use_new_zipfile_serialization=zipped)
    found = read(path)
    assert found.tensors == SHAPES
    assert list(found.tensors) == list(SHAPES)
    assert found.versions["1"] == 2
    assert (found.path, found.others, found.wrapper) == ((), (), "")


def test_dicts_within_dicts(tmp_path: Path) -> None:
    state = NET.state_dict()
    averaged = {f"module._orig_mod.{key}": value for key, value in state.items()}
    path = tmp_path / "training.pth"
    held = {"epoch": 3, "ema": {"shadow": averaged}, "model": {"state_dict": state}}
    torch.save(held, path)
    found = read(path)
    assert found.path == ("model", "state_dict")
    assert found.beside == ("ema.shadow",)
    assert found.tensors == SHAPES
    torch.save({"ema": averaged}, path)
    found = read(path)
    assert found.wrapper == "module._orig_mod."
    assert found.stripped(found.wrapper).tensors == SHAPES


def test_values_that_are_no_tensors(tmp_path: Path) -> None:
    path = tmp_path / "weights.bin"
    mixed = OrderedDict(
        {"w": torch.ones(2), "step": 3, "n": nn.Parameter(torch.ones(()))}
    )
    torch.save(mixed, path)
    found = read(path)
    assert found.tensors == {"w": (2,), "n": ()}
    assert found.others == ("step",)


def test_safetensors_need_no_torch(tmp_path: Path) -> None:
    path = tmp_path / "weights.safetensors"
    tensors = {f"layers.{i}.w": torch.ones(i + 1, 2) for i in range(12)}
    path.write_bytes(safetensors(tensors | {"n": torch.tensor(3)}))
    found = read(path)
    assert list(found.tensors) == [*(f"layers.{i}.w" for i in range(12)), "n"]
    assert found.tensors["layers.3.w"] == (4, 2)
    assert found.tensors["n"] == ()
    other = tmp_path / "weights.bin"
    other.write_bytes(path.read_bytes())
    assert read(other).tensors == found.tensors


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\1\0\0",
        struct.pack("<Q", 10**9) + b"{}",
        struct.pack("<Q", 4) + b"{{{{",
        struct.pack("<Q", 4) + b"[[]]",
        struct.pack("<Q", 100_000) + b"[" * 100_000,
        safetensors(NET.state_dict())[:-1],
        safetensors(NET.state_dict())[:40],
        safetensors(NET.state_dict()) + b"\0",
        safetensors({}, w={"dtype": "F32", "shape": [2], "data_offsets": [0, 4]}),
        safetensors({}, w={"dtype": "F32", "shape": [-1], "data_offsets": [0, 4]}),
        safetensors({}, w={"dtype": "F32", "shape": [True], "data_offsets": [0, 4]}),
        safetensors({}, w={"dtype": "F32", "shape": [1]}),
        safetensors({}, w=[1]),
        struct.pack("<Q", 16) + b'{"a":1,  "a":2 }',
    ],
)
def test_what_is_no_safetensors_file(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "weights.safetensors"
    path.write_bytes(data)
    assert refused(path).startswith("is no safetensors file: ")


def _bytes(value: object) -> bytes:
    stream = io.BytesIO()
    torch.save(value, stream)
    return stream.getvalue()


def _zip(name: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, "text")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "it is empty"),
        (bytes(range(256)) * 9, "it is neither what `torch.save` writes"),
        (b"PK\3\4", "it is damaged, or cut short"),
        (_zip("a.txt"), "it is a zip file without `data.pkl`"),
        (_zip("a/data.pkl"), "it is damaged, or cut short"),
        (_bytes(NET.state_dict())[:900], "it is damaged, or cut short"),
        (_bytes(NET), "it needs `torch.nn.modules.container.Sequential`"),
        (_bytes([torch.ones(2)]), "it holds no tensors by name, but a `list`"),
        (_bytes({"epoch": 3}), "it holds no tensors by name, but a `dict`"),
        (_bytes(torch.ones(2)), "it holds no tensors by name, but a `Tensor`"),
    ],
)
def test_what_is_no_checkpoint(tmp_path: Path, data: bytes, reason: str) -> None:
    path = tmp_path / "weights.pt"
    path.write_bytes(data)
    assert refused(path).startswith(f"is no checkpoint: {reason}")


def test_no_code_in_a_pickle_is_run(tmp_path: Path) -> None:
    mark, path = tmp_path / "mark", tmp_path / "weights.pt"
    held = {"w": torch.ones(2), "x": Touch(mark)}
    for data in (_bytes(held), pickle.dumps(Touch(mark)), pickle.dumps(held, 2)):
        path.write_bytes(data)
        assert refused(path).startswith("is no checkpoint: it ")
    assert not mark.exists()
    path.write_bytes(_bytes(held))
    found = read_checkpoint(path)
    assert isinstance(found, Diagnostic)
    assert "system" in found.message
    assert found.notes == ("nothing in it was run",)


def test_what_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "weights.pt").write_bytes(b"")
    assert refused(tmp_path) == "is a directory"
    assert refused(tmp_path / "nothing.pt") == "there is no file"
    os.mkfifo(tmp_path / "pipe")
    assert refused(tmp_path / "pipe") == "is a device or a pipe, not a file"
    found = read_checkpoint("a\0b")
    assert isinstance(found, Diagnostic)
