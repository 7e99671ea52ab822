"""Rows of modules whose arguments grow evenly become loops with an index."""

import torch

from graphc.verify import verify
from tests.torch_specs import body, loaded, module, sized, spec

LAYER = module(
    "Layer",
    """
    input: Input
    conv: Conv growth k=3 p=1
    concat: Concat
    output: Output
    """,
    """
    - input -> conv -> concat
    - input -> concat
    - concat -> output
    """,
    "params: {growth: ~}\n",
)


def dense(label: str, head: str = "") -> str:
    """Return a spec whose model is a row of layers that each widen what arrives."""
    return spec(f"image: Input\nblock: {label}", "- image -> block: 8*6*6", head, LAYER)


def lines(text: str) -> list[str]:
    """Return the lines of the model's constructor behind its first."""
    written = body(text, "Net").partition("super().__init__()")[2]
    return [line.strip() for line in written.partition("\n\n")[0].splitlines() if line]


def test_a_row_that_grows() -> None:
    text = dense("5 x Layer 4")
    assert lines(text) == [
        "self.block = nn.Sequential(*(Layer(8 + 4 * i, 4) for i in range(5)))"
    ]
    net = loaded(text).Net()
    assert net(torch.zeros(2, 8, 6, 6)).shape == (2, 28, 6, 6)
    assert net.block[4].conv.in_channels == 24
    assert not verify(sized(text)).mismatches


def test_by_one() -> None:
    assert "*(Layer(8 + i, 1) for i in range(3))" in lines(dense("3 x Layer 1"))[0]


def test_two_are_no_row() -> None:
    assert lines(dense("2 x Layer 4"))[1:3] == ["Layer(8, 4),", "Layer(12, 4),"]


def test_rows_that_grow_in_turn() -> None:
    text = dense("3 x Layer 4, Conv 4 k=1, 3 x Layer 2")
    assert lines(text)[1:4] == [
        "*(Layer(8 + 4 * i, 4) for i in range(3)),",
        "nn.Conv2d(20, 4, kernel_size=1),",
        "*(Layer(4 + 2 * i, 2) for i in range(3)),",
    ]


def test_a_parameter_decides_by_how_much() -> None:
    text = dense("4 x Layer growth", "params: {growth: 4}\n")
    net = loaded(text).Net(growth=3)
    assert net(torch.zeros(1, 8, 6, 6)).shape == (1, 20, 6, 6)
    assert "for i in range(4)" in "".join(lines(text))
