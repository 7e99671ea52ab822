"""Running a module beside that which was rewritten for inference, on random weights."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import cast

import torch
from torch import Tensor, nn

from graphc.diagnostics import Diagnostic
from graphc.emit.torch import Purpose, drafts, emit_rewritten, written
from graphc.emit.torch.load import load
from graphc.infer import Sized
from graphc.record import record
from graphc.verify.deep import levels, with_room
from graphc.verify.run import FAILURES, MOST, does_not_run, inputs, said, too_many
from graphc.verify.samples import samples

BOUNDS: Mapping[str, float] = {"float64": 1e-9, "float32": 1e-4}
"""How far outputs may be apart, as a part of the largest, in each type of number."""


@record(eq=False)
class Equality:
    """How far the outputs of two modules are apart, in each type of number.

    A difference is the largest of all outputs, as a part of the largest value; it is
    not known in the types that are ``unfit``: what the plain module gives there is too
    large for them. ``failure`` says which of the modules did not run, and why;
    ``too_many`` are the instances of a module that was not run for them.
    """

    differences: Mapping[str, float]
    unfit: tuple[str, ...] = ()
    failure: str | None = None
    too_many: int = 0

    @property
    def ok(self) -> bool:
        """Whether both ran, and no difference is above its bound."""
        apart = self.differences.items()
        ran = self.failure is None and not self.too_many
        return ran and all(found <= BOUNDS[name] for name, found in apart)

    def hindrances(self, file: str) -> tuple[Diagnostic, ...]:
        """Return why a spec in that file could not be run (GC403, GC582)."""
        if self.too_many:
            return (too_many(self.too_many, file),)
        return () if self.failure is None else (does_not_run(self.failure, file),)


def compare_rewritten(
    sized: Sized,
    trained: Sized,
    purpose: Purpose = Purpose.INFERENCE,
    outputs: Sequence[str] | None = None,
    seed: int = 0,
) -> Equality:
    """Run a network rewritten for inference beside the one that it was made of.

    Both have the same random weights and inputs: a batch of 2, in float64 and float32,
    on the CPU. ``sized`` is rewritten from ``trained``, or from what leads to these of
    its ``outputs``; rewritten, they may have other names, but stand in the same order.
    """
    if trained.counts.instances > MOST:
        return Equality({}, too_many=trained.counts.instances)
    deep = max(levels(sized.model), levels(trained.model))
    ends = [node.name for node in trained.network.model.outputs]
    kept = [ends.index(name) for name in (ends if outputs is None else outputs)]
    return with_room(lambda: _compared(sized, trained, purpose, kept, seed), deep)


def _compared(
    sized: Sized, trained: Sized, purpose: Purpose, kept: Sequence[int], seed: int
) -> Equality:
    classes = drafts(trained)
    name = classes[-1].blueprint.name
    plain = getattr(load(written(trained, classes)), name)
    rewritten = getattr(load(emit_rewritten(sized, trained, purpose)), name)
    point, found, running = samples(trained.model)[0], {}, "the module"
    with torch.random.fork_rng(devices=[]), torch.no_grad():
        torch.manual_seed(seed)
        network: nn.Module = plain().double().eval()
        randomize(network)
        given = [_random(each) for each in inputs(trained, point)]
        state = network.state_dict()
        try:
            for kind in BOUNDS:
                dtype: torch.dtype = getattr(torch, kind)
                own = {key: _as(tensor, dtype) for key, tensor in state.items()}
                taken = [_as(each, dtype) for each in given]
                running = "the module"
                expected = _outputs(network.to(dtype), taken)
                running = f"the module for {purpose.value}"
                other = _outputs(rewritten.from_trained(own), taken)
                pairs = zip([expected[place] for place in kept], other, strict=True)
                found[kind] = _most_apart(pairs)
        except FAILURES as error:
            return Equality({}, failure=f"{running} does not run: {said(error, point)}")
    known = {kind: apart for kind, apart in found.items() if apart is not None}
    return Equality(known, tuple(found.keys() - known.keys()))


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


def _most_apart(pairs: Iterable[tuple[Tensor, Tensor]]) -> float | None:
    """Return the largest difference of outputs; None if what is expected is too large.

    Each is a part of the largest value that is expected.
    """
    apart = [_apart(*pair) for pair in pairs]
    known = [each for each in apart if each is not None]
    return max(known) if len(known) == len(apart) else None


def _apart(expected: Tensor, found: Tensor) -> float | None:
    if expected.shape != found.shape:
        return math.inf
    if not expected.isfinite().all():
        return None
    if not expected.numel():
        return 0.0
    largest = expected.abs().max().item()
    apart = (expected - found).abs().max().item()
    if not math.isfinite(apart):
        return math.inf
    return apart / largest if largest else apart
