import pytest
from torch_specs import optimized, sized, spec

from graphc.emit.torch import emit_rewritten
from graphc.verify import compare_rewritten

NETWORK = sized(
    spec(
        "image: Input\nconv: Conv 8 k=3 p=1 bias=false BN ReLU\nhead: Conv 4 k=1\n"
        "probabilities: Softmax",
        "- image -> conv: 3*H*W\n- conv -> head\n- head -> probabilities",
    )
)


def test_a_rewritten_network_is_the_same_up_to_rounding() -> None:
    found = compare_rewritten(optimized(NETWORK), NETWORK)
    assert found.ok
    assert found.differences["float32"] > 0


@pytest.mark.parametrize(
    ("right", "wrong"), [("eps=1e-05", "eps=0.001"), ("padding=1", "padding=(1, 1)")]
)
def test_a_lie_is_seen_and_a_change_of_words_is_none(
    right: str, wrong: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = emit_rewritten(optimized(NETWORK), NETWORK)
    assert right in text
    monkeypatch.setattr(
        "graphc.verify.equal.emit_rewritten",
        lambda *_: text.replace(right, wrong),
    )
    found = compare_rewritten(optimized(NETWORK), NETWORK)
    assert found.ok is (right == "padding=1")
