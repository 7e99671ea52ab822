"""Inception-ResNet-v1 against facts from a model that was written by hand."""

import copy
import pickle
from pathlib import Path

import pytest
import torch
from det_v1 import filled, image, noise
from torch import Tensor, nn

from graphc import load
from graphc.emit.torch.load import load as load_file

ROOT = Path(__file__).parents[2]
SPEC = ROOT / "specs" / "irv1.yaml"
GOLDEN = ROOT / "generated" / "irv1.py"

LOGITS = (
    -4.454507251331983,
    5.833245938633933,
    -2.6513898263886384,
    1.697491877326246,
    -1.2179645418812468,
    3.6232822775858713,
    -1.6556460727779758,
    4.981045598751637,
)
PROBABILITY = 0.10395879176286546
MEANS = {
    "stem": 0.0645264,
    "inception_a.0": 0.0972539,
    "inception_a.4": 0.235383,
    "reduction_a": 0.178392,
    "inception_b.0": 0.223973,
    "inception_b.9": 0.969151,
    "reduction_b": 0.771171,
    "inception_c.0": 0.946827,
    "inception_c.4": 1.94992,
}
PARAMETERS = {
    "stem": 652_336,
    "inception_a": 388_800,
    "reduction_a": 1_710_848,
    "inception_b": 6_913_280,
    "reduction_b": 3_347_840,
    "inception_c": 8_017_920,
    "classifier": 1_793_000,
}


def _new() -> nn.Module:
    made: nn.Module = load_file(GOLDEN.read_text()).InceptionResNetV1()
    return made


@pytest.fixture(scope="module")
def model() -> nn.Module:
    with torch.device("meta"):
        made = _new()
    return filled(made)


def test_the_file_is_what_the_spec_gives() -> None:
    assert load(SPEC).code() == GOLDEN.read_text()


def test_the_noise_is_the_agreed_one() -> None:
    expected = [-0.9844697713851929, 0.24463915824890137, -0.94045090675354]
    assert noise(1, 3).tolist() == expected


def test_state(model: nn.Module) -> None:
    assert sum(each.numel() for each in model.parameters()) == 22_824_024
    assert len([*model.parameters()]) == 304
    assert len(model.state_dict()) == 373
    sizes = [b.numel() for b in model.buffers() if b.is_floating_point()]
    assert sum(sizes) == 44_288
    found = {
        name: sum(p.numel() for p in part.parameters())
        for name, part in model.named_children()
    }
    assert {name: count for name, count in found.items() if count} == PARAMETERS


def test_keys(model: nn.Module) -> None:
    keys = [*model.state_dict()]
    assert keys[:2] == ["stem.conv1.weight", "stem.conv1.bias"]
    assert keys[-2:] == ["classifier.weight", "classifier.bias"]
    assert "inception_a.3.conv_1x1.weight" in keys
    assert "inception_b.9.bn.running_var" in keys


def test_values(model: nn.Module) -> None:
    means: dict[str, float] = {}

    def hook(path: str) -> None:
        def see(_: nn.Module, __: object, result: Tensor) -> None:
            means[path] = result.mean().item()

        model.get_submodule(path).register_forward_hook(see)

    for path in MEANS:
        hook(path)
    with torch.no_grad():
        logits = model.logits(image(3, 299, 299))  # type: ignore[operator]
    torch.testing.assert_close(
        logits[0, :8], torch.tensor(LOGITS, dtype=torch.double), rtol=0, atol=1e-9
    )
    probabilities = logits.softmax(1)
    assert probabilities.argmax().item() == 12
    assert abs(probabilities.max().item() - PROBABILITY) < 1e-9
    assert means == pytest.approx(MEANS, rel=1e-5)


def test_forward_is_the_softmax_of_the_logits(model: nn.Module) -> None:
    with torch.no_grad():
        image = torch.rand(1, 3, 299, 299).double()
        logits = model.logits(image)  # type: ignore[operator]
        assert torch.equal(model(image), logits.softmax(1))


def test_parameters_of_the_constructor() -> None:
    net = load(SPEC).module(classes=7, drop=0.5)
    assert net.get_submodule("classifier").out_features == 7
    assert net.get_submodule("dropout").p == 0.5


def test_training_reaches_every_parameter() -> None:
    with torch.device("meta"):
        net = load(SPEC).module()
        image = torch.zeros(2, 3, 299, 299)
    target = torch.zeros(2, dtype=torch.long, device="meta")
    loss = nn.functional.cross_entropy(net.logits(image), target)  # type: ignore[operator]
    torch.autograd.backward([loss])
    assert all(each.grad is not None for each in net.parameters())


def test_copies() -> None:
    net = load(SPEC).module()
    again = pickle.loads(pickle.dumps(net))
    assert type(again) is type(net)
    copied = copy.deepcopy(net)
    assert copied.state_dict().keys() == net.state_dict().keys()


def test_compiles_as_one_graph(model: nn.Module) -> None:
    compiled = torch.compile(model, fullgraph=True, backend="eager")
    image = torch.rand(1, 3, 299, 299).double()
    with torch.no_grad():
        torch.testing.assert_close(compiled(image), model(image))


def test_exports_with_any_batch() -> None:
    with torch.device("meta"):
        net = load(SPEC).module().eval()
        image = torch.zeros(2, 3, 299, 299)
    batch = torch.export.Dim("batch")
    program = torch.export.export(net, (image,), dynamic_shapes=({0: batch},))
    with torch.device("meta"):
        assert program.module()(torch.zeros(5, 3, 299, 299)).shape == (5, 1000)
