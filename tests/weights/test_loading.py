"""Modules that are generated from a spec with ``checkpoint`` load by it."""

import copy
import io
import pickle
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from torch import Tensor, nn
from torch_specs import module, sized, spec

from graphc.emit.torch import emit
from graphc.emit.torch.load import module as instance

BLOCK = module(
    "Block",
    "input: Input\nbody: Conv 8 k=1 BN\nskip: Sum",
    "- input -> body -> skip\n- input -> skip",
)
NODES = "image: Input\nlayers: n x Block\nfirst: Conv 8 k=1\nhead: Conv 4 k=1"
EDGES = "- image -> layers: 8*9*9\n- layers -> first -> head"
MAP = """\
params: {n: 3}
checkpoint:
  "layers.{i}": "net.blocks.{2*i + 1}"
  "layers.{i}.body.1": "net.norm{i}0.bn"
  first: head
  head: the-last +1
  ~: [aux, "old{k}"]
"""
LONG = "a_rather_long_name_of_a.module_in_another."
WIDE = f"""\
params: {{n: 3}}
checkpoint:
  "layers.{{i}}.body.0": "{LONG}{{i+1}}.conv"
  "layers.{{i}}.body.1": "{LONG}{{i}}.norm"
"""


def _net(head: str = MAP) -> nn.Module:
    return instance(sized(spec(NODES, EDGES, head, BLOCK)))


def _foreign(key: str) -> str:
    """Return what MAP makes of a key, worked out by hand."""
    parts = key.split(".")
    if parts[0] == "layers":
        number, rest = int(parts[1]), parts[2:]
        if rest[:2] == ["body", "1"]:
            return ".".join([f"net.norm{number}0.bn", *rest[2:]])
        return ".".join([f"net.blocks.{2 * number + 1}", *rest])
    return ".".join([{"first": "head", "head": "the-last +1"}[parts[0]], *parts[1:]])


def _filled(net: nn.Module) -> dict[str, Tensor]:
    keys = net.state_dict()
    return {
        key: torch.full_like(value, number)
        for number, (key, value) in enumerate(keys.items())
    }


def _same(left: nn.Module, right: dict[str, Tensor]) -> bool:
    held = left.state_dict()
    return list(held) == list(right) and all(
        torch.equal(held[key], right[key]) for key in right
    )


def test_the_keys_of_a_checkpoint_load_strictly() -> None:
    net = _net()
    values = _filled(net)
    foreign = {_foreign(key): value for key, value in values.items()}
    foreign |= {"aux.conv.weight": torch.ones(3), "old7.x": torch.ones(1)}
    before = dict(foreign)
    net.load_state_dict(foreign, strict=True)
    assert _same(net, values)
    assert foreign == before


def test_own_keys_load_strictly_too() -> None:
    net = _net()
    values = _filled(net)
    net.load_state_dict(values, strict=True)
    assert _same(net, values)


def test_the_map_holds_for_other_depths() -> None:
    net = instance(sized(spec(NODES, EDGES, MAP, BLOCK)), n=5)
    values = _filled(net)
    net.load_state_dict({_foreign(key): value for key, value in values.items()})
    assert _same(net, values)


def test_a_shift_over_keys_that_are_both() -> None:
    text = spec(
        "image: Input\nlayers: 4 x Conv 8 k=1",
        "- image -> layers: 8*9*9",
        'checkpoint: {"layers.{i}": "layers.{i+1}"}\n',
    )
    net = instance(sized(text))
    values = _filled(net)
    shifted = {
        key.replace(key[:8], f"layers.{int(key[7]) + 1}"): value
        for key, value in values.items()
    }
    net.load_state_dict(shifted)
    assert _same(net, values)
    net.load_state_dict(values)
    assert _same(net, values)


def test_as_a_part_of_another_module() -> None:
    whole = nn.ModuleDict({"a": nn.Linear(2, 2), "back.bone".replace(".", ""): _net()})
    net = whole["backbone"]
    values = _filled(net)
    given = {f"backbone.{_foreign(key)}": value for key, value in values.items()}
    given |= {f"a.{key}": value for key, value in whole["a"].state_dict().items()}
    whole.load_state_dict(given, strict=True)
    assert _same(net, values)
    nn.DataParallel(whole).load_state_dict({f"module.{k}": v for k, v in given.items()})


def test_what_is_wrong_is_said_in_own_names() -> None:
    net = _net()
    foreign = {_foreign(key): value for key, value in _filled(net).items()}
    foreign["net.blocks.1.body.0.weight"] = torch.ones(3)
    del foreign["head.bias"]
    with pytest.raises(RuntimeError) as caught:
        net.load_state_dict(foreign)
    assert 'Missing key(s) in state_dict: "first.bias"' in str(caught.value)
    assert "size mismatch for layers.0.body.0.weight" in str(caught.value)


def test_only_unused_keys() -> None:
    net = _net("params: {n: 1}\ncheckpoint: {~: aux}\n")
    values = _filled(net)
    net.load_state_dict({**values, "aux.x": torch.ones(1)}, strict=True)
    assert _same(net, values)
    with pytest.raises(RuntimeError, match="Unexpected"):
        net.load_state_dict({**values, "auxiliary.x": torch.ones(1)}, strict=True)


def test_copies_and_pickles_load_too() -> None:
    net = _net()
    values = _filled(net)
    foreign = {_foreign(key): value for key, value in values.items()}
    other = pickle.loads(pickle.dumps(copy.deepcopy(net)))
    other.load_state_dict(foreign)
    assert _same(other, values)
    stream = io.BytesIO()
    torch.save(net.state_dict(), stream)
    stream.seek(0)
    net.load_state_dict(torch.load(stream, weights_only=True))


def test_export_and_compile_take_it() -> None:
    net = _net().eval()
    x = torch.rand(2, 8, 9, 9)
    exported = torch.export.export(net, (x,)).module()
    assert torch.allclose(exported(x), net(x))
    compiled = torch.compile(net, backend="eager", fullgraph=True)
    assert torch.allclose(compiled(x), net(x))
    values = _filled(net)
    compiled.load_state_dict(
        {f"_orig_mod.{_foreign(key)}": value for key, value in values.items()}
    )
    assert _same(net, values)


def test_a_file_without_a_map_says_nothing_of_it() -> None:
    code = emit(sized(spec(NODES, EDGES, "params: {n: 3}\n", BLOCK)))
    assert "checkpoint" not in code
    assert "import re" not in code


def test_the_file_is_clean(tmp_path: Path) -> None:
    for name, head in {
        "map": MAP,
        "wide": WIDE,
        "unused": "params: {n: 1}\ncheckpoint: {~: [aux]}\n",
    }.items():
        (tmp_path / f"{name}.py").write_text(
            emit(sized(spec(NODES, EDGES, head, BLOCK)))
        )
    rules = "A,ARG,B,C4,E,F,I,N,PERF,PIE,RET,RUF,SIM,UP,W,D2,D3,D4"
    select = ("--select", rules, "--ignore", "N812,D203,D213,D400,D415")
    for command in (
        ("ruff", "format", "--isolated", "--diff", str(tmp_path)),
        ("ruff", "check", "--isolated", *select, str(tmp_path)),
        ("mypy", "--strict", "--no-incremental", *map(str, tmp_path.iterdir())),
    ):
        done = subprocess.run(
            [sys.executable, "-m", *command],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
