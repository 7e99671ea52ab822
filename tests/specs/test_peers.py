"""The specs beside the implementations themselves, where those are installed."""

from collections.abc import Mapping

import pytest
import torch
from det_v1 import filled, image
from references import SPECS, installed, references
from torch import Tensor, nn

from graphc import load

PEERS: Mapping[str, tuple[str, str, Mapping[str, object]]] = {
    "inception_v3": (
        "torchvision.models",
        "inception_v3",
        {"weights": None, "aux_logits": True, "init_weights": False},
    ),
    "inception_v4": ("timm.models", "inception_v4", {}),
    "resnet152": ("torchvision.models", "resnet152", {}),
    "densenet121": ("torchvision.models", "densenet121", {}),
    "mobilenet_v2": ("torchvision.models", "mobilenet_v2", {}),
    "vit_b_16": ("torchvision.models", "vit_b_16", {}),
}


def peer(name: str) -> nn.Module:
    library, function, options = PEERS[name]
    package = installed(library)
    with torch.device("meta"):
        made: nn.Module = getattr(package, function)(**options)
    return filled(made, references()[name].gain)


def ours(name: str, theirs: nn.Module) -> nn.Module:
    """Return the spec's module with the weights of another, taken strictly."""
    with torch.device("meta"):
        made = load(SPECS / f"{name}.yaml").module().double().eval()
    made.to_empty(device="cpu").load_state_dict(theirs.state_dict(), strict=True)
    return made


def scores(model: nn.Module, pixels: Tensor) -> tuple[Tensor, ...]:
    found = getattr(model, "logits", model)(pixels)
    return found if isinstance(found, tuple) else (found,)


def near(found: Tensor, wanted: Tensor) -> None:
    scale = wanted.abs().max().item()
    torch.testing.assert_close(found, wanted, rtol=0, atol=1e-9 * scale)


@pytest.mark.parametrize("name", PEERS)
def test_the_scores_are_those_of_the_peer(name: str) -> None:
    theirs = peer(name)
    model = ours(name, theirs)
    pixels = image(*map(int, references()[name].input.split("*")))
    with torch.no_grad():
        near(scores(model, pixels)[0], scores(theirs, pixels)[0])


def test_the_auxiliary_scores_are_those_of_the_peer() -> None:
    theirs = peer("inception_v3")
    model = ours("inception_v3", theirs)
    seen: list[Tensor] = []
    map_of = theirs.get_submodule("Mixed_6e")
    map_of.register_forward_hook(lambda _, __, result: seen.append(result))
    pixels = image(3, 299, 299)
    with torch.no_grad():
        theirs(pixels)
        near(scores(model, pixels)[1], theirs.get_submodule("AuxLogits")(seen[0]))
