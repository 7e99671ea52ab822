"""ViT-B/16 beside torchvision's, and at another depth."""

from pathlib import Path

import pytest
import torch
from references import installed

from graphc import load

SPEC = Path(__file__).parents[2] / "specs" / "vit_b_16.yaml"


def test_weights_and_scores_are_torchvisions() -> None:
    models = installed("torchvision.models")
    reference = models.vit_b_16().eval()
    ours = load(SPEC).module().eval()
    torch.nn.init.normal_(reference.heads.head.weight)  # which begins with zeros
    ours.load_state_dict(reference.state_dict(), strict=True)
    pixels = torch.rand(2, 3, 224, 224)
    with torch.no_grad():
        assert torch.allclose(ours(pixels), reference(pixels), atol=1e-5, rtol=1e-5)


def test_what_is_learned_begins_as_in_the_paper() -> None:
    torch.manual_seed(0)
    model = load(SPEC).module()
    assert model.class_token.abs().sum() == 0
    assert model.encoder.pos_embedding.std().item() == pytest.approx(0.02, rel=0.01)


def test_dropout_is_handed_down() -> None:
    with torch.device("meta"):
        model = load(SPEC).module(drop=0.25)
    found = [part.p for part in model.modules() if isinstance(part, torch.nn.Dropout)]
    assert found == [0.25] * (1 + 12 * 3)
