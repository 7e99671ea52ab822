"""The U-Net: parameters by hand, sizes for every image, code at several sizes."""

from functools import cache
from pathlib import Path

import pytest
import torch
from torch import nn

from graphc import load
from graphc.cost import cost
from graphc.emit.torch import emit
from graphc.emit.torch.load import load as run
from graphc.infer import Sized
from graphc.pipeline.check import check

SPEC = Path(__file__).parents[2] / "specs" / "unet.yaml"
WIDTHS = (64, 128, 256, 512, 1024)


@cache
def sized() -> Sized:
    return load(SPEC).sized


def conv(before: int, after: int, kernel: int) -> int:
    """The parameters of a convolution with bias."""
    return before * after * kernel * kernel + after


def double(before: int, after: int) -> int:
    return conv(before, after, 3) + conv(after, after, 3)


def parameters() -> int:
    """Those of figure 1: blocks down, up-convolutions and blocks up, the scores."""
    down = sum(map(double, (1, *WIDTHS), WIDTHS))
    pairs = [*zip(WIDTHS[1:], WIDTHS, strict=False)]
    up = sum(conv(wide, width, 2) + double(2 * width, width) for wide, width in pairs)
    return down + up + conv(WIDTHS[0], 2, 1)


def test_the_parameters_are_those_of_the_figure() -> None:
    assert parameters() == 31_030_658
    assert cost(sized().model).parameters == parameters()
    with torch.device("meta"):
        model = load(SPEC).module()
    assert sum(each.numel() for each in model.parameters()) == parameters()


@pytest.mark.parametrize(("height", "width"), [(16, 16), (32, 80), (48, 16)])
def test_the_code_runs_at_every_size_that_meets_the_condition(
    height: int, width: int
) -> None:
    torch.manual_seed(0)
    model = _thin().eval()
    with torch.no_grad():
        scores = model(torch.rand(1, 1, height, width))
    assert scores.shape == (1, 2, height, width)
    assert scores.isfinite().all()


@pytest.mark.parametrize(("height", "width"), [(24, 16), (16, 40)])
def test_other_sizes_do_not_fit(height: int, width: int) -> None:
    with pytest.raises(RuntimeError, match="Sizes of tensors must match"):
        _thin()(torch.rand(1, 1, height, width))


def test_the_code_says_sizes_as_expressions() -> None:
    text = emit(sized())
    assert '"""UNet: 1*H*W -> 2*H*W."""' in text
    assert "Input: image 1*H*W, where H % 16 == 0 and W % 16 == 0\n" in text
    assert "self.down4(down3)  # 1024*(H//16)*(W//16)\n" in text
    assert "up4 = self.up4(down4, down3)  # 512*(H//8)*(W//8)\n" in text
    assert "_*_" not in text


def test_without_the_condition_it_is_asked_for(tmp_path: Path) -> None:
    text = SPEC.read_text("utf-8")
    start, end = text.index("where:"), text.index("params:")
    path = tmp_path / "spec.yaml"
    path.write_text(text[:start] + text[end:], "utf-8")
    (finding,) = check(path).findings
    assert finding.code.name == "GC310"
    assert "H % 16 == 0" in finding.message
    assert "W % 16 == 0" in finding.message


def test_a_condition_that_is_too_weak_is_not_enough(tmp_path: Path) -> None:
    path = tmp_path / "spec.yaml"
    weak = SPEC.read_text("utf-8").replace("H % 16 == 0", "H % 8 == 0")
    path.write_text(weak, "utf-8")
    (finding,) = check(path).findings
    assert finding.code.name == "GC310"
    assert "H % 16" in finding.message
    assert "W" not in finding.message


def _thin() -> nn.Module:
    """Return the network with an eighth of the features, which is as deep."""
    text = emit(sized())
    for width in WIDTHS:
        text = text.replace(f"{width},", f"{width // 8},").replace(
            f"{width})", f"{width // 8})"
        )
    made: nn.Module = run(text).UNet()
    return made
