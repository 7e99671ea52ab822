"""The file for inference takes the weights of the trained network, and no others."""

import subprocess
import sys
from pathlib import Path

import pytest
import torch
from torch import nn
from torch_specs import module, optimized, sized, spec

from graphc.diagnostics import Sink
from graphc.emit.torch import emit, emit_rewritten
from graphc.emit.torch.load import load
from graphc.emit.torch.trained import pieces
from graphc.infer import Sized, infer
from graphc.passes import keep_outputs

IMAGE = "image: Input\n"
BLOCK = module(
    "Block",
    "input: Input\nconv: Conv 4 k=3 p=1 bias=false\nbn: BN ReLU\nsum: Sum",
    "- input -> conv: 4*H*W\n- conv -> bn\n- bn -> sum\n- input -> sum",
)
POOLED = module(
    "Pooled",
    "input: Input\npool: AvgPool 3 s=1 p=1 Conv width k=1 ReLU\nback: Conv 8 k=1 BN",
    "- input -> pool: 8*H*W\n- pool -> back",
    "params: {width: ~}\n",
)
SPECS = {
    "a row of terms": spec(IMAGE + "row: Conv 4 k=3 BN ReLU", "- image -> row: 3*9*9"),
    "a bias of its own": spec(
        IMAGE + "conv: ConvTranspose 6 k=3 s=2 g=2\nbn: BN",
        "- image -> conv: 4*9*9\n- conv -> bn",
    ),
    "before a layer": spec(
        IMAGE + "bn: BN\nconv: Conv 6 k=3 g=2", "- image -> bn: 4*9*9\n- bn -> conv"
    ),
    "not affine": spec(
        IMAGE + "conv: Conv 4 k=3\nbn: BN affine=false eps=0.1",
        "- image -> conv: 4*9*9\n- conv -> bn",
    ),
    "layers behind a dropout": spec(
        IMAGE + "head: Flatten Linear 8 ReLU Dropout 0.5 Linear 5",
        "- image -> head: 3*4*4",
    ),
    "repeated blocks": spec(
        IMAGE + "conv: Conv 4 k=1\nblocks: 3 x Block\npool: AvgPool k=9 Flatten",
        "- image -> conv: 3*9*9\n- conv -> blocks\n- blocks -> pool",
        modules=BLOCK,
    ),
    "a tensor that is learnt": spec(
        IMAGE + "shift: Parameter [3,1,1]\nsum: Sum\nconv: Conv 4 k=1 BN",
        "- image -> sum: 3*5*5\n- shift -> sum\n- sum -> conv",
    ),
    "siblings": spec(
        IMAGE + "one: Conv 4 k=1 BN ReLU\nother: Conv 6 k=1 BN ReLU\nboth: Concat",
        "- image -> one: 512*14*14\n- image -> other\n- one -> both\n- other -> both",
    ),
    "an average before a convolution": spec(
        IMAGE + "pool: AvgPool 3 s=1 p=1\nconv: Conv 2 k=1 BN ReLU",
        "- image -> pool: 8*9*9\n- pool -> conv",
    ),
    "an average and siblings": spec(
        IMAGE + "one: Conv 4 k=1 BN ReLU\npool: AvgPool 3 s=1 p=1\n"
        "other: Conv 6 k=1 BN ReLU\nboth: Concat",
        "- image -> one: 512*14*14\n- image -> pool\n- pool -> other\n"
        "- one -> both\n- other -> both",
    ),
    "averages in blocks": spec(
        IMAGE + "first: Pooled 4\nlast: 2 x Pooled 4",
        "- image -> first: 8*9*9\n- first -> last",
        modules=POOLED,
    ),
    "other keys": spec(
        IMAGE + "conv: Conv 4 k=3\nbn: BN",
        "- image -> conv: 3*9*9\n- conv -> bn",
        "checkpoint:\n  conv: features.0\n  bn: features.1\n",
    ),
}


def trained(network: Sized) -> nn.Module:
    """Return a network's own module, as some training may have left it."""
    torch.manual_seed(0)
    made: nn.Module = getattr(load(emit(network)), network.model.name)()
    for key, tensor in made.double().eval().state_dict().items():
        if key.endswith("running_var"):
            tensor.uniform_(0.5, 2.0)
        elif tensor.is_floating_point():
            tensor.normal_(0.2, 0.5)
    return made


def rewritten(network: Sized, whole: Sized | None = None) -> type:
    text = emit_rewritten(optimized(network), whole or network)
    found: type = getattr(load(text), network.model.name)
    return found


def image(network: Sized) -> torch.Tensor:
    (shape,) = network.model.inputs
    return torch.randn(2, *(shape or ()), dtype=torch.float64)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", SPECS)
def test_it_computes_what_the_trained_network_does(name: str) -> None:
    network = sized(SPECS[name])
    own = trained(network)
    other = rewritten(network).from_trained(own.state_dict())  # type: ignore[attr-defined]
    given = image(network)
    torch.testing.assert_close(other(given), own(given), rtol=1e-9, atol=1e-9)
    assert not any(each.requires_grad for each in other.parameters())
    assert not other.training


@pytest.mark.parametrize("name", SPECS)
def test_its_file_stands_as_a_person_would_have_left_it(
    name: str, tmp_path: Path
) -> None:
    network = sized(SPECS[name])
    file = tmp_path / "generated" / "built.py"
    file.parent.mkdir()
    file.write_text(emit_rewritten(optimized(network), network), "utf-8")
    settings = Path(__file__).parents[2] / "pyproject.toml"
    (tmp_path / "pyproject.toml").write_text(settings.read_text("utf-8"), "utf-8")
    for command in (["ruff", "check"], ["ruff", "format", "--check"]):
        run = [sys.executable, "-m", *command, str(file)]
        done = subprocess.run(
            run, capture_output=True, text=True, cwd=tmp_path, check=False
        )
        assert done.returncode == 0, done.stdout


def test_weights_of_another_network_are_refused_with_all_their_keys() -> None:
    network = sized(SPECS["siblings"])
    state = trained(network).state_dict()
    del state["one.1.running_mean"], state["other.0.weight"]
    state["head.weight"] = torch.zeros(3)
    with pytest.raises(ValueError, match="not the state of a trained Net") as refused:
        rewritten(network).from_trained(state)  # type: ignore[attr-defined]
    told = str(refused.value)
    for key in ("one.1.running_mean is missing", "other.0.weight is missing"):
        assert key in told
    assert "head.weight is not one of its keys" in told


@pytest.mark.parametrize(
    ("key", "shape", "told"),
    [
        ("conv.weight", (4, 3, 5, 5), "of (4, 3, 5, 5), not (4, 3, 3, 3)"),
        ("bn.running_var", (7,), "these sizes do not fit together"),
    ],
)
def test_weights_of_other_sizes_are_refused(
    key: str, shape: tuple[int, ...], told: str
) -> None:
    network = sized(
        spec(IMAGE + "conv: Conv 4 k=3\nbn: BN", "- image -> conv: 3*9*9\n- conv -> bn")
    )
    state = trained(network).state_dict() | {key: torch.ones(shape)}
    with pytest.raises(ValueError, match="not the state") as refused:
        rewritten(network).from_trained(state)  # type: ignore[attr-defined]
    assert key in str(refused.value)
    assert told in str(refused.value)


def test_a_state_without_counts_of_batches_is_taken() -> None:
    network = sized(spec(IMAGE + "bn: BN", "- image -> bn: 3*9*9"))
    state = trained(network).state_dict()
    del state["bn.num_batches_tracked"]
    rewritten(network).from_trained(state)  # type: ignore[attr-defined]


def test_weights_are_copies() -> None:
    network = sized(spec(IMAGE + "conv: Conv 4 k=3", "- image -> conv: 3*9*9"))
    own = trained(network)
    other = rewritten(network).from_trained(own.state_dict())  # type: ignore[attr-defined]
    before = other.conv.weight.clone()
    own.state_dict()["conv.weight"].zero_()
    assert torch.equal(other.conv.weight, before)


def test_a_checkpoint_is_taken_by_its_keys_and_by_those_of_the_network() -> None:
    network = sized(SPECS["other keys"])
    own = trained(network)
    state = own.state_dict()
    other = {
        key.replace("conv", "features.0").replace("bn", "features.1"): tensor
        for key, tensor in state.items()
    }
    given = image(network)
    for each in (state, other):
        made = rewritten(network).from_trained(each)  # type: ignore[attr-defined]
        torch.testing.assert_close(made(given), own(given), rtol=1e-9, atol=1e-9)


def test_what_leads_to_outputs_that_are_left_out_may_be_in_the_weights() -> None:
    whole = sized(
        spec(
            IMAGE + "stem: Conv 4 k=3 BN ReLU\nmain: Conv 2 k=1\naux: Conv 5 k=1",
            "- image -> stem: 3*9*9\n- stem -> main\n- stem -> aux",
        )
    )
    own = trained(whole)
    cut = load_cut(whole, "main")
    other = rewritten(cut, whole).from_trained(own.state_dict())  # type: ignore[attr-defined]
    given = image(whole)
    expected, _ = own(given)
    torch.testing.assert_close(other(given), expected, rtol=1e-9, atol=1e-9)


def load_cut(whole: Sized, *names: str) -> Sized:
    return infer(keep_outputs(whole.network, names), Sink())


def test_a_module_called_like_a_rule_gets_another_name() -> None:
    block = BLOCK.replace("Block", "Fold")
    edges = "- image -> fold: 4*9*9\n- image -> sum\n- fold -> sum"
    network = sized(spec(IMAGE + "fold: Fold\nsum: Sum", edges, modules=block))
    own = trained(network)
    other = rewritten(network).from_trained(own.state_dict())  # type: ignore[attr-defined]
    given = image(network)
    torch.testing.assert_close(other(given), own(given), rtol=1e-9, atol=1e-9)


def test_the_pieces_are_the_same_where_they_are_tested() -> None:
    assert issubclass(pieces.Fold, pieces.Rule)
