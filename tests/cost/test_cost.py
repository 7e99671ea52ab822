"""Parameters and multiply-accumulates, against PyTorch's own count."""

from pathlib import Path

import pytest
from torch import nn
from torch_specs import chain, sized, spec
from torch_specs import module as part

from graphc import load
from graphc.cost import Cost, cost, node_cost
from graphc.emit.torch.load import module

IRV1 = Path(__file__).parents[2] / "specs" / "irv1.yaml"
MACS = {
    "stem": 2_079_128_672,
    "inception_a": 470_400_000,
    "reduction_a": 850_169_856,
    "inception_b": 1_988_689_920,
    "reduction_b": 501_448_704,
    "inception_c": 511_180_800,
    "pool": 0,
    "dropout": 0,
    "classifier": 1_792_000,
}


def test_irv1() -> None:
    model = load(IRV1).sized.model
    assert cost(model) == Cost(22_824_024, 44_288, 6_402_809_952)
    found = {
        name: node_cost(model, node).macs
        for name, node in model.module.graph.nodes.items()
        if name in MACS
    }
    assert found == MACS


def test_a_repeat_costs_as_much_as_its_parts() -> None:
    block = part("Block", "input: Input\nconv: Conv 4 k=3 p=1", "- input -> conv")
    one = spec("x: Input\nblocks: 1 x Block", "- x -> blocks: 4*8*8", "", block)
    many = one.replace("1 x", "1000000 x")
    assert cost(sized(many).model) == cost(sized(one).model) * 1_000_000


@pytest.mark.parametrize(
    ("labels", "shape"),
    [
        (["Conv 8 k=3 g=2 BN PReLU 8", "ConvTranspose 6 k=2 s=2 bias=false"], "4*8*8"),
        (
            ["GroupNorm 2", "InstanceNorm affine=true", "BN track_running_stats=false"],
            "4*8*8",
        ),
        (["LayerNorm", "Attention 4 bias=false", "Linear 12 bias=false"], "5*8"),
    ],
)
def test_as_pytorch_counts(labels: list[str], shape: str) -> None:
    network = sized(chain(labels, shape))
    found, made = cost(network.model), module(network)
    assert found.parameters == _numbers(made)
    floats = [b.numel() for b in made.buffers() if b.is_floating_point()]
    assert found.buffers == sum(floats)


def _numbers(made: nn.Module) -> int:
    return sum(each.numel() for each in made.parameters())
