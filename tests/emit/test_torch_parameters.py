"""Learned tensors in the generated code: where they stand, when they are expanded."""

import pytest
import torch
from torch_specs import body, code, loaded, module, sized, spec

from graphc.verify import verify

TOKENS = spec(
    """
    class_token: Parameter
    tokens: Input
    concat: Concat
    places: Parameter init=normal std=0.02
    sum: Sum
    norm: LayerNorm
    """,
    """
    - class_token -> concat: 1*8
    - tokens -> concat: 16*8
    - concat -> sum
    - places -> sum
    - sum -> norm
    """,
)


def test_a_token_is_expanded_and_a_summand_is_not() -> None:
    assert (
        body(TOKENS, "Net")
        == '''\
class Net(nn.Module):
    """Net: 16*8 -> 17*8."""

    def __init__(self) -> None:
        super().__init__()
        self.class_token = nn.Parameter(torch.zeros(1, 1, 8))
        self.places = nn.Parameter(torch.randn(1, 17, 8) * 0.02)
        self.norm = nn.LayerNorm(8)

    def forward(self, tokens: Tensor) -> Tensor:
        class_token = self.class_token.expand(tokens.shape[0], -1, -1)  # 1*8
        x = torch.cat([class_token, tokens], dim=1)  # 17*8
        x = x + self.places  # 17*8
        norm: Tensor = self.norm(x)  # 17*8
        return norm
'''
    )


def test_the_keys_are_the_names_of_the_nodes() -> None:
    network = loaded(TOKENS).Net()
    shapes = {key: tuple(value.shape) for key, value in network.state_dict().items()}
    assert shapes == {
        "class_token": (1, 1, 8),
        "places": (1, 17, 8),
        "norm.weight": (8,),
        "norm.bias": (8,),
    }


def test_every_example_of_a_batch_gets_the_token() -> None:
    network = loaded(TOKENS).Net().eval()
    tokens = torch.rand(3, 16, 8)
    together = network(tokens)
    alone = torch.cat([network(each[None]) for each in tokens])
    assert torch.allclose(together, alone, atol=1e-6)
    together.square().mean().backward()
    assert network.class_token.grad.abs().sum() > 0


JOINED = {
    "a sum of two that are learned": (
        "image: Input\np: Parameter\nq: Parameter\nsum: Sum\ncat: Concat",
        "- p -> sum: 2*4\n- q -> sum\n- sum -> cat\n- image -> cat: 3*4",
    ),
    "a summand with fewer dims": (
        "image: Input\np: Parameter\nsum: Sum",
        "- p -> sum: 4\n- image -> sum: 3*4",
    ),
    "a summand with fewer dims and none for the batch": (
        "image: Input\np: Parameter batch=false\nsum: Sum",
        "- p -> sum: 4\n- image -> sum: 3*4",
    ),
    "a scale without a dim for the batch": (
        "image: Input\np: Parameter batch=false init=1e-6\nmul: Mul",
        "- p -> mul: 3*1*1\n- image -> mul: 3*4*4",
    ),
    "a matrix": (
        "image: Input\np: Parameter\nproduct: MatMul",
        "- image -> product: 3*4\n- p -> product: 4*5",
    ),
    "one that is read twice": (
        "image: Input\np: Parameter\nsum: Sum\ncat: Concat",
        "- p -> sum: 3*4\n- image -> sum: 3*4\n- sum -> cat\n- p -> cat",
    ),
    "one that is returned": (
        "image: Input\np: Parameter\nsum: Sum\nout: Output\nlearned: Output",
        "- p -> sum: 3*4\n- image -> sum: 3*4\n- sum -> out\n- p -> learned",
    ),
    "one that a layer reads": (
        "image: Input\np: Parameter\nfc: Linear 4\nsum: Sum",
        "- p -> fc: 3*4\n- fc -> sum\n- image -> sum: 3*4",
    ),
}


@pytest.mark.parametrize(("nodes", "edges"), JOINED.values(), ids=JOINED)
def test_a_learned_tensor_has_the_batch_wherever_it_is_needed(
    nodes: str, edges: str
) -> None:
    network = sized(spec(nodes, edges))
    report = verify(network)
    assert (report.mismatches, report.failure) == ((), None)
    assert report.compared == len(network.model.module.graph.edges)


def test_a_block_gets_the_size_as_an_argument() -> None:
    block = module(
        "Scaled",
        "input: Input\nconv: Conv k=3 p=1\ngamma: Parameter init=ones\nmul: Mul\n"
        "output: Output",
        "- input -> conv: C*H*W\n- conv -> mul: C*H*W\n- gamma -> mul: C*1*1\n"
        "- mul -> output",
    )
    text = spec(
        "image: Input\none: Scaled\nup: Conv 8 k=1\ntwo: 2 x Scaled",
        "- image -> one: 4*6*6\n- one -> up -> two",
        modules=block,
    )
    assert "self.gamma = nn.Parameter(torch.ones(1, in_channels, 1, 1))" in code(text)
    report = verify(sized(text))
    assert (report.mismatches, report.failure) == ((), None)


def test_a_place_is_picked_by_an_index() -> None:
    text = spec(
        "tokens: Input\nfirst: Select 1 -2\nfc: Linear 2",
        "- tokens -> first -> fc: [5*8, _]",
    )
    assert "x = tokens[:, -2]  # 8" in code(text)
    tokens = torch.rand(3, 5, 8)
    network = loaded(text).Net()
    assert torch.equal(network(tokens), network.fc(tokens[:, 3]))


def test_an_argument_that_a_spec_names_is_named() -> None:
    block = module(
        "Mixer",
        "input: Input\nup: Linear hidden\ndown: Linear (heads*8)\nout: Output",
        "- input -> up -> down -> out",
        "params: {hidden: ~, heads: ~}\n",
    )
    text = spec(
        "x: Input\none: Mixer 32 heads=2\ntwo: Mixer heads=1 hidden=16",
        "- x -> one -> two: [5*4, _]",
        modules=block,
    )
    assert "self.one = Mixer(4, 32, heads=2)" in code(text)
    assert "self.two = Mixer(16, hidden=16, heads=1)" in code(text)
