"""Modules that are a label become classes that are an ``nn.Sequential``."""

import pytest
import torch

from graphc.diagnostics import Sink
from graphc.frontend import elaborate
from graphc.source import Source
from graphc.verify import verify
from tests.torch_specs import body, loaded, sized, spec

ROWS = spec(
    """
    image: Input
    features: ConvBN 8 s=2, 2 x ConvBN 16
    head: Head classes
    """,
    """
    - image -> features: 3*32*32
    - features -> head: 16*16*16
    """,
    "params: {classes: 10}\n",
    """
    ConvBN:
      params: {out: ~, s: 1}
      label: Conv out k=3 s=s p=1 bias=false BN ReLU
    Head:
      params: {classes: ~}
      label: AdaptiveAvgPool 1, Flatten, Dropout 0.5, Linear classes
    """,
)


def test_the_class_is_an_nn_sequential() -> None:
    assert (
        body(ROWS, "ConvBN")
        == '''\
class ConvBN(nn.Sequential):
    """ConvBN: C*H*W -> out*16*16."""

    def __init__(self, in_channels: int, out: int, s: int = 1) -> None:
        super().__init__(
            nn.Conv2d(in_channels, out, kernel_size=3, stride=s, padding=1, bias=False),
            nn.BatchNorm2d(out),
            nn.ReLU(),
        )
'''
    )


def test_its_layers_count_from_0_without_a_name_between() -> None:
    net = loaded(ROWS).Net(classes=3)
    keys = [*net.state_dict()]
    assert keys[0] == "features.0.0.weight"
    assert "features.2.1.running_var" in keys
    assert keys[-1] == "head.3.bias"
    assert net(torch.zeros(2, 3, 32, 32)).shape == (2, 3)


def test_every_edge_in_it_is_verified() -> None:
    assert not verify(sized(ROWS)).mismatches


@pytest.mark.parametrize(
    ("row", "key"),
    [
        ("Conv 4 k=1", "node.0.weight"),
        ("ReLU Conv 4 k=1", "node.1.weight"),
        ("2 x Conv 3 k=1", "node.1.weight"),
        ("Conv 4 k=1 Transpose 2 3", "node.layers.weight"),
    ],
)
def test_a_row_of_anything(row: str, key: str) -> None:
    text = spec(
        "image: Input\nnode: Row", "- image -> node: 3*8*8", "", f"Row:\n  label: {row}"
    )
    assert key in loaded(text).Net().state_dict()
    assert not verify(sized(text)).mismatches


def test_a_row_has_no_nodes() -> None:
    text = spec(
        "image: Input\nnode: Row",
        "- image -> node: 3*8*8",
        "",
        "Row:\n  label: ReLU\n  nodes: {a: Input}",
    )
    sink = Sink()
    elaborate(Source("spec.yaml", text), sink)
    assert [f.message for f in sink.sorted()] == [
        "the module `Row`, a row, has no key `nodes`"
    ]
