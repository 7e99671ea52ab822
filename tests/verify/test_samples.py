"""Models with free dims at their inputs: what they are run with, and what is told."""

import pytest
from torch_specs import sized, spec

from graphc.emit.torch import emit
from graphc.pipeline.verify import verify as verified
from graphc.verify import verify
from graphc.verify.samples import samples


def net(size: str, where: str = "", conv: str = "Conv 4 k=3 s=2") -> str:
    return spec(
        f"image: Input\nconv: {conv}\nout: Output",
        f"- image -> conv: {size}\n- conv -> out",
        f"where: [{where}]\n" if where else "",
    )


@pytest.mark.parametrize(
    ("text", "points"),
    [
        (net("3*9*9"), [{}]),
        (net("3*H*H"), [{"H": 3}, {"H": 4}]),
        (net("3*H*W"), [{"H": 3, "W": 4}, {"H": 5, "W": 3}]),
        (
            net("3*H*W", "H % 16 == 0, W >= 20"),
            [{"H": 16, "W": 21}, {"H": 48, "W": 20}],
        ),
        (net("3*H*W", "H == 8"), [{"H": 8, "W": 4}, {"H": 8, "W": 3}]),
        (net("3*(16*h)*(16*w)"), [{"h": 1, "w": 2}, {"h": 3, "w": 1}]),
    ],
)
def test_sizes_are_small_unlike_each_other_and_meet_the_conditions(
    text: str, points: list[dict[str, int]]
) -> None:
    assert list(samples(sized(text).model)) == points


def test_every_edge_is_compared_in_every_run() -> None:
    report = verify(sized(net("3*H*W", "W % 2 == 0")))
    assert (report.compared, report.mismatches, report.failure) == (4, (), None)
    assert report.runs == "H=3, W=6 and H=5, W=4"


def test_the_runs_are_told() -> None:
    assert verified(sized(net("3*H*W"))).summary == (
        "4 sizes compared with H=3, W=4 and H=5, W=3, all as inferred"
    )
    assert verified(sized(net("3*9*9"))).summary == "2 sizes compared, all as inferred"


def test_a_size_that_is_wrong_in_one_run_is_seen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    network = sized(net("3*H*W"))
    # What is right at H=3, W=4 alone.
    wrong = '_observed(self, "conv", 0, torch.zeros(2, 4, 1, 1))'
    seen = '        _observed(self, "image", 0, image)\n        conv:'
    text = emit(network).replace("self.conv(image)", wrong)
    observed = f"import torch\n{text}".replace("        conv:", seen)
    monkeypatch.setattr("graphc.verify.run.written", lambda *_, **__: observed)
    report = verify(network)
    (mismatch,) = report.mismatches
    assert mismatch.point == {"H": 5, "W": 3}
    (finding,) = report.findings("spec.yaml")
    assert finding.message == (
        "`conv` gives 4*1*1 when it is run with H=5, W=3, not 4*2*1"
    )


def test_a_run_that_fails_says_with_what(monkeypatch: pytest.MonkeyPatch) -> None:
    network = sized(net("3*H*W"))
    broken = emit(network).replace("nn.Conv2d(3,", "nn.Conv2d(5,")
    monkeypatch.setattr("graphc.verify.run.written", lambda *_, **__: broken)
    (finding,) = verify(network).findings("spec.yaml")
    assert finding.message.startswith("the module does not run: with H=3, W=4: ")
