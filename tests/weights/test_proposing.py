"""Maps that are proposed: they load strictly, and put every tensor where it belongs."""

import random
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import torch
from specs.references import keys as reference_keys
from torch_specs import module, sized, spec

from graphc import load
from graphc.cli import main
from graphc.emit.torch import StateTensor, drafts, state
from graphc.emit.torch.load import module as instance
from graphc.infer import Sized
from graphc.weights import Checkpoint, Proposal, proposal_text, propose

ROOT = Path(__file__).parents[2]
BLOCK = module(
    "Block",
    "input: Input\nbody: Conv 8 k=3 p=1 BN ReLU Conv 8 k=3 p=1\nnorm: BN\nsum: Sum",
    "- input -> body -> norm -> sum\n- input -> sum",
)
NODES = (
    "image: Input\nstem: Conv 8 k=3\nlayers: 12 x Block\n"
    "last: 2 x Block\nhead: Linear 10"
)
EDGES = "- image -> stem: 3*9*9\n- stem -> layers -> last -> head"


def _text(head: str = "") -> str:
    return spec(NODES, EDGES, head, BLOCK)


def _tensors(sized_: Sized) -> tuple[StateTensor, ...]:
    return state(sized_, drafts(sized_))


def _up(by: int, pattern: str) -> Callable[[str], str]:
    return lambda key: re.sub(pattern, lambda at: f"{at[1]}{int(at[2]) + by}", key)


def _swap(old: str, new: str) -> Callable[[str], str]:
    return lambda key: re.sub(old, new, key)


RENAMINGS: Mapping[str, Callable[[str], str]] = {
    "prefix": _swap("^", "backbone.net."),
    "other words": lambda key: key.replace("layers", "encoder.blocks").replace(
        "stem", "conv_in"
    ),
    "other separators": _swap(r"layers\.(\d+)\.body\.", r"layer_\1/body_"),
    "shift": _up(1, r"(layers\.)(\d+)"),
    "shift of all": _up(1, r"(\.)(\d+)(?=\.)"),
    "shift within": _up(3, r"(body\.)(\d+)"),
    "number in a word": _up(1, r"(layers)\.(\d+)"),
    "doubled": lambda key: re.sub(
        r"layers\.(\d+)", lambda at: f"net.{2 * int(at[1]) + 1}", key
    ),
    "joined rows": lambda key: re.sub(
        r"last\.(\d+)", lambda at: f"layers.{int(at[1]) + 12}", key
    ),
    "parts": lambda key: (
        key.replace("body.0", "conv1")
        .replace("body.1", "bn1")
        .replace("body.3", "conv2")
        .replace("norm", "bn2")
    ),
    "no names": lambda key: re.sub(
        r"[a-z]+(?=\.)", lambda at: "m" + str(sum(map(ord, at[0]))), key
    ),
    "one key": _swap(r"^head\.weight", "classifier.weight"),
    "other parts": lambda key: key.replace("norm.weight", "norm.gamma").replace(
        "norm.bias", "norm.beta"
    ),
    "nothing": lambda key: key,
}


def _whole(tensors: tuple[StateTensor, ...], proposal: Proposal) -> str:
    assert proposal.whole, proposal_text(proposal)
    assert proposal.choices == ()
    assert set(proposal.renamed) == {tensor.key for tensor in tensors}
    return proposal_text(proposal)


@pytest.mark.parametrize("name", RENAMINGS)
def test_the_proposal_loads_strictly_and_right(name: str) -> None:
    rename = RENAMINGS[name]
    tensors = _tensors(sized(_text()))
    held = {rename(tensor.key): tensor.shape for tensor in tensors}
    assert len(held) == len(tensors)
    block = _whole(tensors, propose(tensors, Checkpoint("x", held)))  # type: ignore[arg-type]
    net = instance(sized(_text("" if "{}" in block else block)))
    values = {
        key: torch.full_like(value, number)
        for number, (key, value) in enumerate(net.state_dict().items())
    }
    net.load_state_dict({rename(key): value for key, value in values.items()})
    found = net.state_dict()
    assert all(torch.equal(found[key], value) for key, value in values.items())
    assert len(block.splitlines()) <= 12


@pytest.mark.parametrize(
    "name", ["densenet121", "vit_b_16", "resnet152", "inception_v4"]
)
@pytest.mark.parametrize("seed", range(2))
def test_real_keys_whose_words_are_others(name: str, seed: int) -> None:
    dice = random.Random(seed)
    words: dict[str, str] = {}
    tensors = [StateTensor(key, shape) for key, shape in reference_keys(name)]
    usual = {"weight", "bias", "running_mean", "running_var", "num_batches_tracked"}

    def renamed(key: str) -> str:
        path, _, last = key.rpartition(".")
        kept = last if last in usual or "proj_" in last else ""
        rest = path if kept else key
        parts = re.split(r"([a-zA-Z]+)", rest)
        return "".join(
            words.setdefault(
                part, f"w{'abcdefgh'[dice.randrange(8)]}x{'y' * len(words)}z"
            )
            if part.isalpha()
            else part
            for part in parts
        ) + (f".{kept}" if kept else "")

    held = {renamed(tensor.key): tensor.shape for tensor in tensors}
    proposal = propose(tensors, Checkpoint("x", held))  # type: ignore[arg-type]
    assert proposal.whole, proposal_text(proposal)
    assert dict(proposal.renamed) == {t.key: renamed(t.key) for t in tensors}


def test_denselayers_become_one_entry() -> None:
    given = [k for k, _ in reference_keys("densenet121") if "denselayer" in k]
    shapes = dict(reference_keys("densenet121"))

    def own(key: str) -> str:
        return re.sub(r"denselayer(\d+)", lambda at: str(int(at[1]) - 1), key)

    tensors = [StateTensor(own(key), shapes[key]) for key in given]
    proposal = propose(tensors, Checkpoint("x", {key: shapes[key] for key in given}))
    assert [(e.own, e.given) for e in proposal.entries] == [
        ("features.denseblock{i}.{j}", "features.denseblock{i}.denselayer{j+1}")
    ]


def test_what_cannot_be_told_is_listed() -> None:
    tensors = [StateTensor(f"{name}.weight", (4, 4)) for name in ("a", "b")]
    tensors.append(StateTensor("c.weight", (9,)))
    held = {f"{name}.weight": (4, 4) for name in ("x", "y", "z")} | {"w.bias": (3,)}
    proposal = propose(tensors, Checkpoint("x", held))
    assert proposal.entries == ()
    assert not proposal.whole
    assert proposal_text(proposal) == (
        "checkpoint: {}\n# 0 of 3 keys are explained, 0 of them by their own names\n"
        "# ambiguous: a could be x, y\n# ambiguous: b could be y, z\n"
        "# unexplained: c.weight\n# left over: x.weight\n# left over: y.weight\n"
        "# left over: z.weight\n# left over: w.bias\n"
    )


def test_names_decide_where_sizes_do_not() -> None:
    tensors = [StateTensor(f"{n}.weight", (4, 4)) for n in ("query", "value")]
    held = {f"attn_{n}.weight": (4, 4) for n in ("query", "key", "value")}
    proposal = propose(tensors, Checkpoint("x", held))
    assert [(e.own, e.given) for e in proposal.entries] == [
        ("query", "attn_query"),
        ("value", "attn_value"),
    ]
    assert list(proposal.left_over) == ["attn_key.weight"]


def test_names_against_the_order_are_not_guessed() -> None:
    tensors = [StateTensor(f"att.{n}.weight", (4, 4)) for n in ("query", "value")]
    held = {f"self.{n}_proj.weight": (4, 4) for n in ("value", "query")}
    proposal = propose(tensors, Checkpoint("x", held))
    assert proposal.entries == ()
    assert [choice.own.path for choice in proposal.choices] == [
        "att.query",
        "att.value",
    ]


def test_another_order_where_sizes_tell() -> None:
    shapes = {"a": (1,), "b": (2,), "c": (3,), "d": (4,)}
    tensors = [StateTensor(f"{k}.weight", s) for k, s in shapes.items()]
    held = {f"m.{k * 2}.weight": s for k, s in reversed(shapes.items())}
    proposal = propose(tensors, Checkpoint("x", held))
    assert proposal.whole
    assert {e.own: e.given for e in proposal.entries} == {
        k: f"m.{k * 2}" for k in shapes
    }


@pytest.mark.parametrize("name", ["prefix", "other words", "one key", "nothing"])
def test_a_file_in_another_order_goes_by_names(name: str) -> None:
    tensors = _tensors(sized(_text()))
    pairs = [(RENAMINGS[name](tensor.key), tensor.shape) for tensor in tensors]
    proposal = propose(tensors, Checkpoint("x", dict(sorted(pairs)), ordered=False))  # type: ignore[arg-type]
    for key, given in proposal.renamed.items():
        assert given == RENAMINGS[name](key)
    if name != "other words":
        assert proposal.whole, proposal_text(proposal)


def test_counts_of_batches_are_not_needed() -> None:
    tensors = _tensors(sized(_text()))
    held = {RENAMINGS["prefix"](t.key): t.shape for t in tensors if not t.integer}
    proposal = propose(tensors, Checkpoint("x", held))  # type: ignore[arg-type]
    assert proposal.whole
    assert len(proposal.entries) == 4


def test_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("net.yaml").write_text(_text())
    net = load("net.yaml").module()
    rename = RENAMINGS["parts"]
    torch.save({rename(k): v for k, v in net.state_dict().items()}, "x.pt")
    assert main(["weights", "net.yaml", "x.pt", "--map"]) == 0
    block = capsys.readouterr().out
    assert '\n  "layers.{i}.body.3": "layers.{i}.conv2"\n' in block
    Path("net.yaml").write_text(_text(block))
    assert main(["weights", "net.yaml", "x.pt"]) == 0
    assert main(["weights", "net.yaml", "x.pt", "--map", "-o", "map.yaml"]) == 0
    assert Path("map.yaml").read_text() == block


def test_how_a_file_was_read_is_told() -> None:
    tensors = [StateTensor("a.weight", (3,))]
    file = Checkpoint("x", {"module.a.weight": (3,)}, path=("model",), ordered=False)
    assert proposal_text(propose(tensors, file), file) == (
        '# the tensors are those of `["model"]` in the file\n'
        "# all keys begin with `module.`: `--strip module.` compares without it\n"
        "checkpoint:\n  a: module.a\n"
        "# the file does not have the modules' order: names have decided\n"
        "# 1 of 1 keys are explained, 0 of them by their own names\n"
    )
