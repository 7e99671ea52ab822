"""Parameters and multiply-accumulates, against PyTorch's own count."""

from pathlib import Path

import pytest
import torch
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.utils.flop_counter import FlopCounterMode
from torch_specs import chain, sized, spec
from torch_specs import module as part

from graphc import load
from graphc.cost import Cost, cost, node_cost
from graphc.emit.torch.load import module
from graphc.infer import Sized
from graphc.lang import Dim, Size

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


CHAINS = [
    (["Conv 8 k=3 g=2 BN PReLU 8", "ConvTranspose 6 k=2 s=2 bias=false"], "4*8*8"),
    (
        [
            "GroupNorm 2",
            "InstanceNorm affine=true",
            "BN track_running_stats=false",
            "LRN",
        ],
        "4*8*8",
    ),
    (["LayerNorm", "Attention 4 bias=false", "Linear 12 bias=false"], "5*8"),
    (
        ["Conv 4 k=3 d=2 p=same g=4", "ConvTranspose 8 k=3 s=3 g=2", "Conv 2 k=1"],
        "4*9*7",
    ),
    (["ConvTranspose 4 k=4 s=2 p=1 d=2 output_padding=1"], "2*7*5*3"),
    (
        ["Conv 12 k=4 s=4 Flatten 2, Transpose 1 2", "3 x Attention 3", "Linear 7"],
        "3*16*16",
    ),
    (["Linear 32 GELU Linear 8", "LayerNorm Linear 3"], "2*6*8"),
    (["2 x Conv 4 k=3", "Flatten Linear 10 Softmax"], "3*9*9"),
]
GRAPHS = {
    "attention to a memory": (
        "tokens: Input\nmemory: Input\nattend: Attention 2\nsum: Sum",
        "- tokens -> attend.query: 5*8\n- memory -> attend.key: 7*6\n"
        "- tokens -> sum\n- attend -> sum",
    ),
    "the scaled dot product": (
        "q: Input\nk: Input\nv: Input\nattend: SDPA",
        "- q -> attend.query: 2*5*8\n- k -> attend.key: 2*7*8\n"
        "- v -> attend.value: 2*7*3",
    ),
    "a matrix product": (
        "a: Input\nb: Input\nproduct: MatMul",
        "- a -> product: 4*5*6\n- b -> product: 4*6*7",
    ),
}
TEXTS = {
    **{" ".join(labels): chain(labels, shape) for labels, shape in CHAINS},
    **{name: spec(nodes, edges) for name, (nodes, edges) in GRAPHS.items()},
}
SPECS = sorted((Path(__file__).parents[2] / "specs").glob("*.yaml"))


@pytest.mark.parametrize("name", TEXTS)
def test_as_pytorch_counts(name: str) -> None:
    _holds_against_pytorch(sized(TEXTS[name]))


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_the_specs_cost_what_pytorch_counts(path: Path) -> None:
    _holds_against_pytorch(load(path).sized)


def _holds_against_pytorch(network: Sized) -> None:
    """Compare a network at an input of its size: 64 for each dim that is free."""
    at = {name: 64 for shape in _shapes(network) for name in _symbols(shape)}
    found = cost(network.model)
    with torch.device("meta"):
        made = module(network).eval()
        inputs = [
            torch.empty(1, *(_at(size, at) for size in shape))
            for shape in _shapes(network)
        ]
    fast = torch.backends.mha.get_fastpath_enabled()
    torch.backends.mha.set_fastpath_enabled(False)
    with sdpa_kernel(SDPBackend.MATH), FlopCounterMode(display=False) as counter:
        made(*inputs)
    torch.backends.mha.set_fastpath_enabled(fast)
    assert _at(found.parameters, at) == sum(each.numel() for each in made.parameters())
    floats = [b.numel() for b in made.buffers() if b.is_floating_point()]
    assert _at(found.buffers, at) == sum(floats)
    assert 2 * _at(found.macs, at) == counter.get_total_flops()


def _shapes(network: Sized) -> list[tuple[Size, ...]]:
    return [
        tuple(size for size in shape or () if not isinstance(size, tuple))
        for shape in network.model.inputs
    ]


def _symbols(shape: tuple[Size, ...]) -> set[str]:
    return {name for size in shape if isinstance(size, Dim) for name in size.symbols()}


def _at(size: Size, values: dict[str, int]) -> int:
    found = size.subs(values) if isinstance(size, Dim) else size
    assert isinstance(found, int)
    return found
