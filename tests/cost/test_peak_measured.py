"""The peak that is told beside the one of the file for inference as it runs."""

from pathlib import Path
from typing import cast

import pytest
import torch
from torch import nn

from graphc import load
from graphc.cost import Peaks
from graphc.emit.torch import emit_rewritten
from graphc.emit.torch.load import load as loaded
from graphc.infer import Sized
from graphc.passes import optimize
from graphc.verify.held import peak_of

SPECS = Path(__file__).parents[2] / "specs"


def told_and_measured(sized: Sized) -> tuple[int, int]:
    """Return the peak of a network built for inference without its input, in bytes."""
    rewritten = optimize(sized).sized
    source = emit_rewritten(rewritten, sized)
    (shape,) = rewritten.model.inputs
    with torch.device("meta"):
        model = cast("nn.Module", getattr(loaded(source), sized.model.name)()).eval()
        image = torch.zeros(1, *map(int, shape or ()))
    told = Peaks().peak(rewritten.model)
    assert told is not None
    return told, peak_of(model, image)


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
