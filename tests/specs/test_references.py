"""The specs against the implementations that people use: keys, sizes, cost, values."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import pytest
import torch
from det_v1 import filled, image
from references import SPECS, Reference, keys, references
from torch import Tensor, nn
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.utils.flop_counter import FlopCounterMode

from graphc import Spec, load
from graphc.cost import cost

RELATIVE = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Ran:
    """The scores of a filled module, and what was behind each stage."""

    scores: Tensor
    stages: Mapping[str, Tensor]


@cache
def spec_of(name: str) -> Spec:
    return load(SPECS / f"{name}.yaml")


@pytest.fixture(scope="module", params=references())
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def reference(name: str) -> Reference:
    return references()[name]


@pytest.fixture(scope="module")
def bare(name: str) -> nn.Module:
    """Return the module without data."""
    with torch.device("meta"):
        return spec_of(name).module().eval()


@pytest.fixture(scope="module")
def ran(name: str, reference: Reference) -> Ran:
    with torch.device("meta"):
        made = spec_of(name).module()
    model = filled(made, reference.gain, reference.unfilled)
    seen: dict[str, Tensor] = {}

    def see(path: str) -> None:
        part = model.get_submodule(path)
        part.register_forward_hook(lambda _, __, result: seen.update({path: result}))

    for path in reference.stages:
        see(path)
    with torch.no_grad():
        result = scored(model, image(*sizes(reference.input)))
    return Ran(first(result), seen)


def scored(model: nn.Module, pixels: Tensor) -> object:
    """Return what a model says before a softmax, if it draws one."""
    return getattr(model, "logits", model)(pixels)


def first(result: object) -> Tensor:
    """Return the first output: the scores, where an auxiliary head has others."""
    found = result[0] if isinstance(result, tuple) else result
    assert isinstance(found, Tensor)
    return found


def sizes(written: str) -> list[int]:
    return list(map(int, written.split("*")))


def test_the_spec_has_no_findings(name: str) -> None:
    assert spec_of(name).check() == ()


def test_keys(name: str, bare: nn.Module) -> None:
    called = type(bare).forward.__globals__.get("checkpoint_key", str)
    state = bare.state_dict().items()
    found = [(called(key), tuple(each.shape)) for key, each in state]
    assert found == list(keys(name))


def test_weights_load_strictly(name: str, bare: nn.Module) -> None:
    shapes = keys(name)
    weights = {key: torch.empty(shape, device="meta") for key, shape in shapes}
    bare.load_state_dict(weights, strict=True)
    weights.popitem()
    with pytest.raises(RuntimeError, match="Missing key"):
        bare.load_state_dict(weights, strict=True)


def test_parameters(name: str, reference: Reference, bare: nn.Module) -> None:
    assert sum(each.numel() for each in bare.parameters()) == reference.parameters
    assert cost(spec_of(name).sized.model).parameters == reference.parameters


def test_macs(name: str, reference: Reference, bare: nn.Module) -> None:
    assert cost(spec_of(name).sized.model).macs == reference.macs
    pixels = torch.zeros(1, *sizes(reference.input), device="meta")
    with FlopCounterMode(display=False) as counter, sdpa_kernel(SDPBackend.MATH):
        bare(pixels)
    assert counter.get_total_flops() == 2 * reference.macs


def test_sizes_of_stages(reference: Reference, ran: Ran) -> None:
    found = {path: [*value.shape[1:]] for path, value in ran.stages.items()}
    wanted = {path: sizes(size) for path, (size, _) in reference.stages.items()}
    assert found == wanted


def test_means_of_stages(reference: Reference, ran: Ran) -> None:
    found = {path: value.mean().item() for path, value in ran.stages.items()}
    wanted = {path: mean for path, (_, mean) in reference.stages.items()}
    assert found == pytest.approx(wanted, rel=RELATIVE, abs=RELATIVE)


def test_outputs(reference: Reference, ran: Ran) -> None:
    scores = ran.scores[0]
    assert scores.shape == (reference.outputs,)
    near = RELATIVE * reference.std
    assert scores[:8].tolist() == pytest.approx(reference.first, abs=near)
    sampled = {index: scores[int(index)].item() for index in reference.sampled}
    assert sampled == pytest.approx(dict(reference.sampled), abs=near)
    assert scores.argmax().item() == reference.argmax
    assert scores.std().item() == pytest.approx(reference.std, rel=RELATIVE)
