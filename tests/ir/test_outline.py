from textwrap import dedent

import pytest

from graphc.diagnostics import Sink
from graphc.frontend import elaborate
from graphc.ir import Network, outline, same_network
from graphc.source import Source

SPEC = dedent(
    """\
    graphc: 1
    model: Tiny
    source: a paper
    where: H % 2 == 0
    params: {classes: 10}
    checkpoint: {conv: features.0}
    reported:
      - {network: Tiny, top1 error: 10 %}
    nodes:
      image: Input
      conv: {label: Conv 8 k=3 p=1, note: drawn so}
      twice: same as conv
      row:
        - 2 x Block 8: 8*H*W
        - Conv classes
      sum: Sum
    edges:
      - image -> conv: 8*H*W
      - conv -> twice -> sum: [_, 8*H*W]
      - conv -> sum
      - sum -> row
    modules:
      Block:
        params: {width: ~}
        nodes: {input: Input, conv: Conv width k=1, act: ReLU}
        edges: [input -> conv -> act]
    """
)
OTHERWISE = SPEC.replace("Conv 8 k=3 p=1", "Conv 8 kernel=3 padding=1").replace(
    "  - conv -> twice -> sum: [_, 8*H*W]\n",
    '  - conv -> "twice"\n  - twice -> sum: "8xHxW"\n',
)
CHANGES = [
    ("k=3", "k=5"),
    ("8*H*W]", "8*H*H]"),
    ("  - conv -> twice -> sum: [_, 8*H*W]\n  - conv -> sum\n", "  - conv -> sum\n"
     "  - conv -> twice -> sum: [_, 8*H*W]\n"),
    ("2 x Block", "3 x Block"),
    ("classes: 10", "classes: 11"),
    ("width: ~", "width: 8"),
    ("same as conv", "Conv 8 k=3 p=1"),
    ("Block 8: 8*H*W", "Block 8: 8*_*W"),
    ("H % 2", "H % 4"),
    ("a paper", "another"),
    ("features.0", "features.1"),
    ("10 %", "11 %"),
    ("model: Tiny", "model: Other"),
    ("act: ReLU", "act: GELU"),
]  # fmt: skip


def network(text: str) -> Network:
    found = elaborate(Source("spec.yaml", text), Sink())
    assert found is not None
    return found


def test_two_ways_to_write_a_network_have_one_outline() -> None:
    assert outline(network(SPEC)) == outline(network(OTHERWISE))
    assert same_network(network(SPEC), network(OTHERWISE))


@pytest.mark.parametrize(("before", "after"), CHANGES)
def test_whatever_a_network_says_is_in_its_outline(before: str, after: str) -> None:
    assert before in SPEC
    changed = network(SPEC.replace(before, after, 1))
    assert not same_network(network(SPEC), changed)


def test_notes_can_be_left_out() -> None:
    bare = network(SPEC.replace(", note: drawn so", ""))
    assert not same_network(network(SPEC), bare)
    assert same_network(network(SPEC), bare, notes=False)
