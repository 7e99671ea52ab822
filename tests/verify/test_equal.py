import pytest
from torch_specs import optimized, sized, spec

from graphc.diagnostics import Code
from graphc.emit.torch import emit_rewritten
from graphc.infer import Sized
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


def repeated(count: int) -> Sized:
    text = spec(f"image: Input\nrow: {count} x Block", "- image -> row: 4*1*1")
    return sized(f"{text}modules:\n  Block:\n    label: Conv 4 k=1 BN\n")


def test_values_that_are_too_large_for_a_type_are_no_difference() -> None:
    deep = repeated(400)
    found = compare_rewritten(optimized(deep), deep)
    assert found.ok
    assert found.unfit == ("float32",)
    assert found.differences["float64"] < 1e-9


def test_more_instances_than_can_be_run_are_refused() -> None:
    large = repeated(2_000_000)
    found = compare_rewritten(large, large)
    assert not found.ok
    (finding,) = found.hindrances("large.yaml")
    assert (finding.code, finding.file) == (Code.GC582, "large.yaml")


SMALL = "image: Input\nflat: Reshape [1,-1]\npool: AvgPool k=49 s=49"


def test_a_module_that_does_not_run_for_sizes_is_told_with_them() -> None:
    network = sized(spec(SMALL, "- image -> flat: C*H*W\n- flat -> pool"))
    found = compare_rewritten(optimized(network), network)
    assert not found.ok
    (finding,) = found.hindrances("small.yaml")
    assert finding.code is Code.GC403
    assert finding.message.startswith("the module does not run: with C=1, H=2, W=3: ")


def test_so_is_a_module_for_inference(monkeypatch: pytest.MonkeyPatch) -> None:
    text = emit_rewritten(optimized(NETWORK), NETWORK)
    monkeypatch.setattr(
        "graphc.verify.equal.emit_rewritten",
        lambda *_: text.replace("nn.Conv2d(8, 4", "nn.Conv2d(4, 4"),
    )
    (finding,) = compare_rewritten(optimized(NETWORK), NETWORK).hindrances("")
    assert finding.message.startswith("the module for inference does not run: ")
