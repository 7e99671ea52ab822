"""The file for a CPU alone: convolutions that oneDNN packs, and plain ones."""

import pickle
import warnings
from copy import deepcopy

import pytest
import torch
from torch import Tensor, nn
from torch_specs import loaded, sized, spec

from graphc.emit.torch import Purpose, emit_rewritten
from graphc.emit.torch.load import load

NET = spec(
    """
    image: Input
    stem: Conv 6 k=3 s=2 p=1 ReLU
    row: Conv 6 k=[1,3] p=[0,1], ReLU, Conv 6 k=1 g=2
    same: Conv 6 k=2 p=same ReLU
    raw: Conv 6 k=1 bias=false
    sum: Sum ReLU
    """,
    "- image -> stem -> row -> same -> sum: [3*9*9, _, _, _]\n- stem -> raw -> sum",
)


def packed(text: str) -> str:
    """Return the file for a CPU of a network that no pass has rewritten."""
    found = sized(text)
    return emit_rewritten(found, found, Purpose.INFERENCE_CPU)


def pair() -> tuple[nn.Module, nn.Module]:
    """Return a network as it is trained and as it is for a CPU."""
    torch.manual_seed(0)
    trained: nn.Module = loaded(NET).Net().eval()
    made: nn.Module = load(packed(NET)).Net.from_trained(trained.state_dict())
    return trained, made


def image(size: int = 9) -> Tensor:
    return torch.randn(2, 3, size, size)


def agrees(trained: nn.Module, made: nn.Module, given: Tensor) -> None:
    with torch.no_grad():
        torch.testing.assert_close(made(given), trained(given), rtol=1e-4, atol=1e-5)


def test_a_convolution_takes_the_relu_behind_it() -> None:
    lines = [line.strip() for line in packed(NET).splitlines()]
    assert "x = self.stem(image)  # 6*5*5" in lines
    assert "PackedConv2d(6, 6, kernel_size=1, groups=2)," in lines
    assert any("F.relu(self.same(" in line for line in lines)


def test_it_computes_the_same_at_any_size_and_after_new_weights() -> None:
    trained, made = pair()
    for size in (9, 13, 9):
        agrees(trained, made, image(size))
    again, other = loaded(NET).Net().eval(), load(packed(NET)).Net
    made.load_state_dict(other.from_trained(again.state_dict()).state_dict())
    agrees(again, made, image())
    agrees(again, made, image().repeat(2, 1, 1, 1))


def test_what_is_packed_is_used() -> None:
    _, made = pair()
    stem = made.get_submodule("stem")
    assert vars(stem)["_packed"] is None
    with torch.no_grad():
        made(image())
    assert vars(stem)["_packed"] is not None


def test_it_can_be_copied_and_saved_behind_a_run() -> None:
    trained, made = pair()
    agrees(trained, made, image())
    agrees(trained, deepcopy(made), image())
    agrees(trained, pickle.loads(pickle.dumps(made)), image())


def test_in_float64_and_for_gradients_it_is_a_plain_one() -> None:
    trained, made = pair()
    given = image().double().requires_grad_()
    found = made.double()(given)
    torch.testing.assert_close(found, trained.double()(given), rtol=1e-9, atol=1e-9)
    found.sum().backward()
    assert given.grad is not None


def test_without_onednn_it_says_so_and_computes_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    trained, made = pair()
    monkeypatch.setattr(torch.backends.mkldnn, "is_available", lambda: False)
    module = load(packed(NET))
    module.has_onednn.cache_clear()
    with pytest.warns(UserWarning, match="no packed convolutions of oneDNN"):
        agrees(trained, made, image())
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        agrees(trained, made, image())  # it is said once
    module.has_onednn.cache_clear()


def test_a_network_without_maps_has_none_of_this() -> None:
    text = spec("tokens: Input\nfc: Linear 4 ReLU", "- tokens -> fc: 5*8")
    assert "onednn" not in packed(text).lower()
