"""Networks and mistakes that were published, as far as sizes go."""

from pathlib import Path

import pytest
from checking import check_text, only, sizes, sound

CASES = Path(__file__).parents[1] / "cases"
RESNET_V2 = (CASES / "published_inception_resnet_v2.yaml").read_text(encoding="utf-8")


def unet(size: int, levels: int) -> str:
    """Return a U-Net whose levels halve by pooling and double by upsampling."""
    nodes = ["image: Input", "bottom: Conv 8 k=3 p=1"]
    down, up, edges, before = [], [], [f"image -> enc0: 3*{size}*{size}"], "image"
    for level in range(levels):
        nodes += [f"enc{level}: Conv 8 k=3 p=1 ReLU", f"pool{level}: MaxPool k=2"]
        if level:
            down.append(f"{before} -> enc{level}")
        down.append(f"enc{level} -> pool{level}")
        before = f"pool{level}"
    down.append(f"{before} -> bottom")
    before = "bottom"
    for level in reversed(range(levels)):
        nodes += [f"up{level}: Upsample scale=2", f"join{level}: Concat"]
        nodes.append(f"dec{level}: Conv 8 k=3 p=1 ReLU")
        up += [f"{before} -> up{level} -> join{level}", f"enc{level} -> join{level}"]
        up.append(f"join{level} -> dec{level}")
        before = f"dec{level}"
    edges += [*down, *up]
    listed = "\n".join(f"  - {edge}" for edge in edges)
    named = "\n".join(f"  {node}" for node in nodes)
    return f"graphc: 1\nmodel: UNet\nnodes:\n{named}\nedges:\n{listed}\n"


@pytest.mark.parametrize(
    ("size", "levels", "join", "up", "skip"),
    [
        (700, 4, "join3", 86, 87),
        (222, 4, "join3", 26, 27),
        (511, 3, "join2", 126, 127),
        (684, 4, "join3", 84, 85),
    ],
)
def test_odd_sizes_fail_at_the_first_join(
    size: int, levels: int, join: str, up: int, skip: int
) -> None:
    finding = only(unet(size, levels))
    assert finding.code.name == "GC304"
    for told in (join, f"8*{up}*{up}", f"8*{skip}*{skip}"):
        assert told in finding.message


def test_sizes_that_divide_fit() -> None:
    found = sizes(sound(unet(704, 4)))
    assert found["UNet: up3 -> join3"] == found["UNet: enc3 -> join3"] == ["8*88*88"]


def decoder(output_padding: int) -> str:
    return f"""
graphc: 1
model: Decoder
nodes:
  encoder: Input
  coarse: Input
  up: ConvTranspose 256 k=3 s=2 p=1 output_padding={output_padding}
  sum: Sum
  out: Output
edges:
  - encoder -> sum: 256*32*32
  - coarse -> up: 256*16*16
  - up -> sum
  - sum -> out
"""


def test_a_decoder_meets_its_encoder_with_output_padding() -> None:
    assert sizes(sound(decoder(1)))["Decoder: sum -> out"] == ["256*32*32"]


def test_a_decoder_without_output_padding_is_one_short() -> None:
    finding = only(decoder(0))
    told = "\n".join((finding.message, *finding.notes, *finding.help))
    told += "".join(place.message for place in finding.related)
    assert finding.place is not None
    told += finding.place.message
    assert "31" in told
    assert "32" in told


@pytest.mark.parametrize(
    ("wide", "narrow", "join", "first", "second"),
    [
        (1154, 2144, "sum_b", "1154*17*17", "1152*17*17"),
        (1152, 2048, "sum_c", "2048*8*8", "2144*8*8"),
    ],
)
def test_the_widths_of_a_published_figure_do_not_add_up(
    wide: int, narrow: int, join: str, first: str, second: str
) -> None:
    text = RESNET_V2.replace("wide: 1152", f"wide: {wide}")
    finding = only(text.replace("narrow: 2144", f"narrow: {narrow}"))
    assert finding.code.name == "GC304"
    for told in (join, first, second):
        assert told in finding.message


def test_both_widths_of_a_published_figure_are_told_in_one_run() -> None:
    text = RESNET_V2.replace("wide: 1152", "wide: 1154")
    found = check_text(text.replace("narrow: 2144", "narrow: 2048")).findings
    assert len(found) == 2
    first = min(found, key=lambda finding: finding.code.name != "GC304")
    for told in ("sum_b", "1154*17*17", "1152*17*17"):
        assert told in first.message


SIAMESE = """
graphc: 1
model: Siamese
nodes:
  left: Input
  right: Input
  tower_left: Tower
  tower_right: Tower
  distance: Sub
  score: {score}
  out: Output
edges:
  - left -> tower_left: 3*{size}*{size}
  - right -> tower_right: 3*{size}*{size}
  - tower_left -> distance{flat}
  - tower_right -> distance
  - distance -> score -> out: [_, 1]
modules:
  Tower:
    nodes:
      input: Input
      conv: Conv 64 k=10 MaxPool k=2 Flatten
    edges: [input -> conv]
"""


def test_twins_share_their_tower() -> None:
    sized = sound(SIAMESE.format(score="Linear 1", size=29, flat=": 6400"))
    assert len(sized.of(sized.network.modules["Tower"])) == 1


def test_twins_of_another_size_give_other_features() -> None:
    finding = only(SIAMESE.format(score="Linear 1", size=28, flat=": 6400"))
    assert finding.code.name == "GC301"
    assert "annotate 5184" in finding.help
