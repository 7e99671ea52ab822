"""The peak that is told beside the one of the file for inference as it runs."""

from pathlib import Path
from typing import Any, cast
from weakref import WeakValueDictionary

import pytest
import torch
from torch import Tensor, nn
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves

from graphc import load
from graphc.cost import Peaks
from graphc.emit.torch import emit_rewritten
from graphc.emit.torch.load import load as loaded
from graphc.infer import Sized
from graphc.passes import optimize

SPECS = Path(__file__).parents[2] / "specs"


class Watch(TorchDispatchMode):
    """The most bytes that are alive behind an op, without those held from before."""

    def __init__(self, before: list[Tensor]) -> None:
        super().__init__()
        self.most = 0
        self._before = {each.untyped_storage()._cdata for each in before}
        self._alive: WeakValueDictionary[int, Tensor] = WeakValueDictionary()

    def __torch_dispatch__(
        self, func: Any, types: Any, args: Any = (), kwargs: Any = None
    ) -> Any:
        found = func(*args, **(kwargs or {}))
        tensors = [each for each in tree_leaves(found) if isinstance(each, Tensor)]
        self._alive.update((id(each), each) for each in tensors)
        stored = [each.untyped_storage() for each in self._alive.values()]
        sizes = {each._cdata: each.nbytes() for each in stored}
        held = sum(size for key, size in sizes.items() if key not in self._before)
        self.most = max(self.most, held)
        return found


def told_and_measured(sized: Sized) -> tuple[int, int]:
    """Return the peak of a network built for inference without its input, in bytes."""
    rewritten = optimize(sized).sized
    source = emit_rewritten(rewritten, sized)
    (shape,) = rewritten.model.inputs
    with torch.device("meta"):
        model = cast("nn.Module", getattr(loaded(source), sized.model.name)()).eval()
        image = torch.zeros(1, *map(int, shape or ()))
    with torch.no_grad(), Watch([*model.state_dict().values(), image]) as watch:
        model(image)
    told = Peaks().peak(rewritten.model)
    assert told is not None
    return told, watch.most


@pytest.mark.parametrize(
    "name",
    [
        *("irv1", "inception_v3", "inception_v4", "resnet152", "densenet121"),
        *("mobilenet_v2", "efficientnet_lite0"),
    ],
)
def test_the_peak_of_a_network_is_what_it_is_told_to_be(name: str) -> None:
    told, measured = told_and_measured(load(SPECS / f"{name}.yaml").sized)
    # A norm makes two tensors of no size that take a byte or a channel each.
    assert told == pytest.approx(measured, rel=1e-3)


def test_what_attention_holds_inside_is_not_told() -> None:
    told, measured = told_and_measured(load(SPECS / "vit_b_16.yaml").sized)
    assert told < measured < 1.1 * told
