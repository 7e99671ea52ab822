"""Nodes that share a module: one attribute, parameters once, applied at each."""

import torch
from torch import nn
from torch_specs import code, module, sized, spec

from graphc.cost import cost
from graphc.diagnostics import Sink
from graphc.emit.torch import drafts, state
from graphc.emit.torch.load import module as ready
from graphc.frontend import elaborate
from graphc.infer import Sized, infer
from graphc.passes import keep_outputs
from graphc.source import Source
from graphc.verify import verify

SIAMESE = """\
graphc: 1
model: Siamese
nodes:
  left: Input
  right: Input
  embed: Conv 64 k=10 MaxPool 2 Flatten
  embed_right: same as embed
  distance: Sub
  abs: Abs
  score: Linear 1
edges:
  - left -> embed: 3*29*29
  - right -> embed_right: 3*29*29
  - embed -> distance: 6400
  - embed_right -> distance
  - distance -> abs -> score
"""
HEAD = module(
    "Head",
    "input: Input\nconv: Conv width k=1 BN\npool: GlobalAvgPool\noutput: Output",
    "- input -> conv -> pool -> output",
    "params: {width: ~}\n",
)


def numbers(network: nn.Module) -> int:
    return sum(parameter.numel() for parameter in network.parameters())


def holds(network: Sized) -> nn.Module:
    """Return the module, after its sizes, keys and parameters were compared."""
    report = verify(network)
    assert report.failure is None
    assert report.mismatches == ()
    made = ready(network)
    keys = [tensor.key for tensor in state(network, drafts(network))]
    assert keys == list(made.state_dict())
    assert cost(network.model).parameters == numbers(made)
    return made


def test_twins_have_the_parameters_of_one() -> None:
    made = holds(sized(SIAMESE))
    assert numbers(made) == 25_665
    assert [name for name, _ in made.named_children()] == [
        "embed",
        "embed_max_pool",
        "score",
    ]
    left, right = torch.rand(2, 2, 3, 29, 29)
    assert made(left, right).shape == (2, 1)
    assert torch.equal(made(left, left), made.score.bias.expand(2, 1))
    assert torch.allclose(made(left, right), made(right, left))


def test_both_applications_cost_their_work() -> None:
    one = 64 * 20 * 20 * 3 * 100
    assert cost(sized(SIAMESE).model).macs == 2 * one + 6400


def test_an_op_without_parameters_can_be_shared() -> None:
    names = [name for n in range(6) for name in (f"fc{n}", f"act{n}")]
    labels = "".join(
        f"fc{n}: Linear 4\nact{n}: {'ReLU' if n == 0 else 'same as act0'}\n"
        for n in range(6)
    )
    text = spec(
        f"image: Input\n{labels}",
        f"- image -> fc0: 4\n- {' -> '.join(names)}",
    )
    assert numbers(holds(sized(text))) == 120


def test_a_module_can_be_shared_at_another_size() -> None:
    text = spec(
        "a: Input\nb: Input\nright: same as left\nleft: Head 5\nsum: Sum",
        "- a -> left -> sum: [3*8*8, 5]\n- b -> right -> sum: [3*4*6, 5]",
        "",
        HEAD,
    )
    made = holds(sized(text))
    assert [name for name, _ in made.named_children()] == ["left"]
    assert code(text).count("self.left(") == 2
    assert "right" not in made.state_dict()


def test_what_a_chain_of_names_leads_to_is_shared() -> None:
    text = spec(
        "x: Input\nb: same as c\nc: same as d\nd: Linear 3 ReLU Linear 3",
        "- x -> d: 3\n- d -> b -> c",
    )
    made = holds(sized(text))
    assert list(made.state_dict()) == [
        f"d.{number}.{part}" for number in (0, 2) for part in ("weight", "bias")
    ]


def test_the_module_is_there_if_only_its_second_use_counts() -> None:
    text = spec(
        "x: Input\na: Conv 4 k=1\nb: same as a\nout: Output",
        "- x -> a: 3*8*8\n- x -> b -> out",
    )
    made = ready(sized(text))
    assert list(made.state_dict()) == ["a.weight", "a.bias"]
    assert made(torch.rand(1, 3, 8, 8)).shape == (1, 4, 8, 8)


def test_a_shared_softmax_is_no_head() -> None:
    text = spec(
        "x: Input\na: Linear 4 Softmax\nb: same as a",
        "- x -> a -> b: [4, _]",
    )
    made = holds(sized(text))
    assert not hasattr(made, "logits")
    assert torch.allclose(made(torch.rand(2, 4)).sum(1), torch.ones(2))


def test_blocks_share_within_themselves() -> None:
    block = module(
        "Block",
        "input: Input\nconv: Conv width k=3 p=1\nagain: same as conv\noutput: Output",
        "- input -> conv -> again -> output",
        "params: {width: ~}\n",
    )
    text = spec(
        "x: Input\na: Block 4\nb: 2 x Block 4\nc: same as b",
        "- x -> a -> b -> c: [4*8*8, _, _]",
        "",
        block,
    )
    made = holds(sized(text))
    assert numbers(made) == 3 * (4 * 4 * 9 + 4)
    made.train()
    made(torch.rand(1, 4, 8, 8)).sum().backward()
    assert all(parameter.grad is not None for parameter in made.parameters())


def test_without_the_output_of_the_first_the_second_has_the_module() -> None:
    text = spec(
        "x: Input\nbody: Linear 4\nsame: same as body\nthird: same as body\n"
        "one: Output\nother: Output",
        "- x -> body -> one: [4, 4]\n- x -> same -> third -> other: [4, 4, 4]",
    )
    sink = Sink()
    network = elaborate(Source("spec.yaml", text), sink)
    assert network is not None
    kept = infer(keep_outputs(network, ["other"]), sink)
    assert sink.sorted() == ()
    made = holds(kept)
    assert list(made.state_dict()) == ["body.weight", "body.bias"]
