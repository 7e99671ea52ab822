"""What is told of a checkpoint, against what a strict load of it says."""

import json
import random
from pathlib import Path

import pytest
import torch
from torch import Tensor
from torch_specs import module, sized, spec

from graphc import SpecError, load
from graphc.cli import main
from graphc.emit.torch import drafts, state
from graphc.emit.torch.load import module as instance
from graphc.weights import Checkpoint, compare, read_checkpoint

BLOCK = module("Block", "input: Input\nbody: Conv 8 k=1 BN", "- input -> body")
MAP = 'checkpoint: {"layers.{i}.body": "net.{i+1}", ~: aux}\n'
TEXT = spec(
    "image: Input\nlayers: 3 x Block\nhead: Conv 4 k=1",
    "- image -> layers: 8*9*9\n- layers -> head",
    MAP,
    BLOCK,
)
SIZED = sized(TEXT)
TENSORS = state(SIZED, drafts(SIZED))


def _checkpoint(path: Path) -> Checkpoint:
    found = read_checkpoint(path)
    assert isinstance(found, Checkpoint)
    return found


def _change(state_dict: dict[str, Tensor], dice: random.Random) -> None:
    key = dice.choice(list(state_dict))
    match dice.choice(["drop", "resize", "more", "aux", "vector", "counts"]):
        case "drop":
            del state_dict[key]
        case "resize":
            state_dict[key] = torch.ones(3, 3)
        case "vector":
            state_dict[key] = state_dict[key].reshape(-1)
        case "counts":
            for each in [k for k in state_dict if k.endswith("num_batches_tracked")]:
                del state_dict[each]
        case name:
            state_dict[f"{name}.w"] = torch.ones(1)


@pytest.mark.parametrize("seed", range(60))
def test_loads_exactly_where_torch_does(seed: int, tmp_path: Path) -> None:
    dice = random.Random(seed)
    state_dict = instance(SIZED).state_dict()
    if dice.random() < 0.5:
        known = SIZED.network.meta.checkpoint
        assert known is not None
        for key in list(state_dict):
            state_dict[known.given(key)] = state_dict.pop(key)
    for _ in range(dice.choice([0, 0, 1, 2])):
        _change(state_dict, dice)
    if dice.random() < 0.3:
        state_dict = dict(state_dict)  # without the versions
    path = tmp_path / "weights.pt"
    torch.save(state_dict, path)
    told = compare(TENSORS, SIZED.network.meta.checkpoint, _checkpoint(path)).loads
    try:
        instance(SIZED).load_state_dict(torch.load(path, weights_only=True))
        loads = True
    except RuntimeError:
        loads = False
    assert told == loads


def test_each_kind_of_difference(tmp_path: Path) -> None:
    shapes = {t.key: t.shape for t in TENSORS}
    held = {key: shape for key, shape in shapes.items() if key != "head.bias"}
    held |= {"head.weight": (9, 8, 1, 1), "more": (2,), "aux.fc": (1,)}
    file = Checkpoint(str(tmp_path), held, others=("epoch",))  # type: ignore[arg-type]
    found = compare(TENSORS, SIZED.network.meta.checkpoint, file)
    assert [pair.key for pair in found.missing] == ["head.bias"]
    assert [(p.key, p.shape, p.found) for p in found.differ] == [
        ("head.weight", (4, 8, 1, 1), (9, 8, 1, 1))
    ]
    assert found.left_over == {"more": (2,), "epoch": None}
    assert found.unused == ("aux.fc",)
    assert len(found.matched) == len(TENSORS) - 2
    assert not found.renamed
    assert not found.loads


def test_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("net.yaml").write_text(TEXT)
    net = load("net.yaml").module()
    torch.save(net.state_dict(), "own.pt")
    assert main(["weights", "net.yaml", "own.pt"]) == 0
    assert capsys.readouterr().out == (
        "net.yaml and own.pt, 23 tensors\n  match        23\n  missing       0\n"
        "  left over     0\n  differ        0\na strict load works\n"
    )
    held = {f"module.{key}": value for key, value in net.state_dict().items()}
    torch.save({"model": held}, "wrapped.pt")
    assert main(["weights", "net.yaml", "wrapped.pt"]) == 1
    out = capsys.readouterr().out
    assert '  note: the tensors are those of `["model"]` in the file\n' in out
    assert "`--strip module.` compares without it\n" in out
    assert out.endswith("a strict load fails\n")
    strip = ["weights", "net.yaml", "wrapped.pt", "--strip", "module."]
    assert main([*strip, "--format", "json", "-o", "out.json"]) == 0
    assert capsys.readouterr().out == ""
    table = json.loads(Path("out.json").read_text())
    assert (table["loads"], len(table["matched"])) == (True, 23)
    assert main([*strip, "-o", "wrapped.pt"]) == 2
    assert Path("wrapped.pt").stat().st_size > 1000
    Path("own.pt").write_bytes(b"nothing")
    assert main(["weights", "net.yaml", "own.pt"]) == 2
    assert main(["weights", "net.yaml", "nowhere.pt"]) == 2
    Path("net.yaml").write_text(TEXT.replace("Conv 4", "Cnov 4"))
    assert main(["weights", "net.yaml", "wrapped.pt"]) == 1
    assert "GC411" in capsys.readouterr().err


def test_from_python(tmp_path: Path) -> None:
    path = tmp_path / "net.yaml"
    path.write_text(TEXT)
    found = load(path)
    torch.save(found.module().state_dict(), tmp_path / "own.pt")
    assert found.weights(tmp_path / "own.pt").loads
    with pytest.raises(SpecError, match="GC411"):
        found.weights(tmp_path / "nothing.pt")


def test_outputs_that_are_left_out(tmp_path: Path) -> None:
    text = spec(
        "image: Input\na: Conv 8 k=1\nb: Conv 8 k=1",
        "- image -> a: 3*9*9\n- image -> b",
        "checkpoint: {a: x, b: y}\n",
    )
    (tmp_path / "net.yaml").write_text(text)
    held = load(tmp_path / "net.yaml").module().state_dict()
    torch.save({k.replace("a.", "x."): v for k, v in held.items()}, tmp_path / "x.pt")
    arguments = ["weights", str(tmp_path / "net.yaml"), str(tmp_path / "x.pt")]
    assert main(arguments) == 1
    assert main([*arguments, "--only", "a"]) == 1
    first = {k.replace("a.", "x."): v for k, v in held.items() if k[0] == "a"}
    torch.save(first, tmp_path / "x.pt")
    assert main([*arguments, "--only", "a"]) == 0
