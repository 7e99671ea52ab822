"""Running a module beside that which was rewritten for inference, on random weights."""

import math
from collections.abc import Mapping
from typing import cast

import torch
from torch import Tensor, nn

from graphc.emit.torch import Purpose, drafts, emit, emit_rewritten
from graphc.emit.torch.load import load
from graphc.infer import Sized
from graphc.record import record
from graphc.verify.run import inputs
from graphc.verify.samples import samples

BOUNDS: Mapping[str, float] = {"float64": 1e-9, "float32": 1e-4}
"""How far outputs may be apart, as a part of the largest, in each type of number."""


@record(eq=False)
class Equality:
    """How far the outputs of two modules are apart, in each type of number.

    A difference is the largest of all outputs, as a part of the largest value.
    """

    differences: Mapping[str, float]

    @property
    def ok(self) -> bool:
        """Whether no difference is above its bound."""
        return all(self.differences[name] <= most for name, most in BOUNDS.items())


def compare_rewritten(
    sized: Sized, trained: Sized, purpose: Purpose = Purpose.INFERENCE, seed: int = 0
) -> Equality:
    """Run a network rewritten for inference beside the one that it was made of.

    Both have the same random weights and inputs: a batch of 2, in float64 and float32,
    on the CPU. ``sized`` is rewritten from ``trained``, which may have more outputs.
    """
    name = drafts(trained)[-1].blueprint.name
    plain = getattr(load(emit(trained)), name)
    rewritten = getattr(load(emit_rewritten(sized, trained, purpose)), name)
    ends = [node.name for node in trained.network.model.outputs]
    kept = [ends.index(node.name) for node in sized.network.model.outputs]
    with torch.random.fork_rng(devices=[]), torch.no_grad():
        torch.manual_seed(seed)
        network: nn.Module = plain().double().eval()
        randomize(network)
        given = [_random(each) for each in inputs(trained, samples(trained.model)[0])]
        state = network.state_dict()
        found = {}
        for kind in BOUNDS:
            dtype: torch.dtype = getattr(torch, kind)
            own = {key: _as(tensor, dtype) for key, tensor in state.items()}
            taken = [_as(each, dtype) for each in given]
            network.to(dtype)
            expected = _outputs(network, taken)
            other = _outputs(rewritten.from_trained(own), taken)
            pairs = zip([expected[place] for place in kept], other, strict=True)
            found[kind] = max(_apart(*pair) for pair in pairs)
    return Equality(found)


def randomize(network: nn.Module) -> None:
    """Give a network random weights under which its values neither fade nor explode.

    Weights are normal with a variance of 2 over the inputs of a unit, after He, Zhang,
    Ren, Sun: Delving deep into rectifiers (2015); what normalizations keep is near 0
    and 1, and never so.
    """
    for key, tensor in network.state_dict().items():
        name = key.rpartition(".")[2]
        if not tensor.is_floating_point():
            continue
        if name == "running_var" or (name == "weight" and tensor.dim() == 1):
            tensor.uniform_(0.5, 1.5)
        elif tensor.dim() < 2:
            tensor.normal_(0.0, 0.1)
        else:
            tensor.normal_(0.0, math.sqrt(2.0 / max(1, tensor[0].numel())))


def _random(zeros: Tensor) -> Tensor:
    """Return an input of that shape; indices stay 0, which any table has."""
    return torch.randn_like(zeros).double() if zeros.is_floating_point() else zeros


def _as(tensor: Tensor, dtype: torch.dtype) -> Tensor:
    return tensor.to(dtype) if tensor.is_floating_point() else tensor.clone()


def _outputs(network: nn.Module, given: list[Tensor]) -> tuple[Tensor, ...]:
    """Return what a network gives; scores before a softmax, which would hide much."""
    call = getattr(network, "logits", network)
    found = cast("Tensor | tuple[Tensor, ...]", call(*given))
    return found if isinstance(found, tuple) else (found,)


def _apart(expected: Tensor, found: Tensor) -> float:
    """Return the largest difference as a part of the largest value."""
    if expected.shape != found.shape:
        return math.inf
    largest = expected.abs().max().item()
    apart = (expected - found).abs().max().item()
    if not math.isfinite(apart) or not math.isfinite(largest):
        return math.inf
    return apart / largest if largest else apart
