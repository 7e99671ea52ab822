"""Networks and mistakes that were published, as far as sizes go."""

from pathlib import Path

import pytest
from checking import check_text, known_text, only, places, sizes, sound

from graphc.infer import Instance
from graphc.ir import Op

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


def window(label: str, size: int) -> str:
    """Return a network of one node, on three channels of a square."""
    edges = f"[image -> window: 3*{size}*{size}, window -> out]"
    nodes = f"{{image: Input, window: {label}, out: Output}}"
    return f"graphc: 1\nmodel: Case\nnodes: {nodes}\nedges: {edges}\n"


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


@pytest.mark.parametrize(
    ("label", "size", "kernel"),
    [("Conv 4 k=6", 4, 6), ("MaxPool k=6", 4, 6), ("MaxPool k=2", 1, 2)],
)
def test_a_kernel_beyond_its_input_is_refused_by_name_and_size(
    label: str, size: int, kernel: int
) -> None:
    finding = only(window(label, size))
    assert finding.code.name == "GC303"
    told = f"`window`: a kernel of {kernel} is larger than the input of {size}"
    assert finding.message == told
    assert finding.place is not None
    assert finding.place.span.text == label
    assert [place.span.text for place in finding.related] == [f"3*{size}*{size}"]


def test_a_kernel_beyond_its_input_leaves_no_size_behind_it() -> None:
    result = check_text(window("MaxPool k=2", 1))
    assert result.sized is not None
    assert sizes(result.sized)["Case: window -> out"] == ["3*_*_"]


def test_padding_lets_the_kernel_fit() -> None:
    found = sizes(sound(window("Conv 4 k=6 p=1", 4)))
    assert found["Case: window -> out"] == ["4*1*1"]


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
    first, second = sorted(found, key=lambda finding: finding.code.name != "GC304")
    assert "`out=2144` on `branch_c` would give 2144*8*8" in second.help
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


def count(instance: Instance, op: str) -> int:
    """Return how often an op runs in an instance, with everything in it."""
    return sum(
        run.count
        * (
            count(run.body, op)
            if isinstance(run.body, Instance)
            else _is(stage.term.target, op)
        )
        for node in instance.module.graph.nodes.values()
        for stage in instance.stages(node)
        for run in stage.runs
    )


def _is(target: Op | str, op: str) -> int:
    return isinstance(target, Op) and target.name == op


RESNET = """
graphc: 1
model: ResNet
nodes:
  image: Input
  stem: Conv 64 k=7 s=2 p=3 BN ReLU
  pool: MaxPool k=3 s=2 p=1
  stage1: Projected 64, {0} x Bottleneck 64
  stage2: Projected 128 stride=2, {1} x Bottleneck 128
  stage3: Projected 256 stride=2, {2} x Bottleneck 256
  stage4: Projected 512 stride=2, {3} x Bottleneck 512
  flat: GlobalAvgPool
  fc: Linear 1000
edges:
  - image -> stem -> pool -> stage1 -> stage2: [3*224*224, _, _, _]
  - stage2 -> stage3 -> stage4 -> flat -> fc
modules:
  Bottleneck:
    params: {{width: ~}}
    nodes: &nodes
      input: Input
      conv1: Conv width k=1 BN ReLU
      conv2: Conv width k=3 p=1 BN ReLU
      conv3: Conv 4*width k=1 BN
      sum: Sum ReLU
    edges:
      - input -> conv1 -> conv2 -> conv3 -> sum
      - input -> sum
  Projected:
    params: {{width: ~, stride: 1}}
    nodes:
      <<: *nodes
      conv2: Conv width k=3 s=stride p=1 BN ReLU
      short: Conv 4*width k=1 s=stride BN
    edges:
      - input -> conv1 -> conv2 -> conv3 -> sum
      - input -> short -> sum
"""


@pytest.mark.parametrize(
    ("depth", "blocks"),
    [(50, (3, 4, 6, 3)), (101, (3, 4, 23, 3)), (152, (3, 8, 36, 3))],
)
def test_the_depth_of_a_resnet_leaves_its_projections_out(
    depth: int, blocks: tuple[int, ...]
) -> None:
    sized = sound(RESNET.format(*(number - 1 for number in blocks)))
    convolutions, linears = count(sized.model, "Conv"), count(sized.model, "Linear")
    assert convolutions - len(blocks) + linears == depth
    assert count(sized.model, "Sum") == sum(blocks)
    behind = ["64*112*112", "64*56*56", "256*56*56", "512*28*28", "1024*14*14"]
    edges = sized.network.model.graph.edges[1:7]
    found = [known_text(sized.model.known(edge)) for edge in edges]
    assert found == [*behind, "2048*7*7"]


def test_inception_v4_joins_its_branches_nineteen_times() -> None:
    text = (CASES / "published_inception_v4.yaml").read_text(encoding="utf-8")
    assert count(sound(text).model, "Concat") == 19


@pytest.mark.parametrize(
    ("image", "padding", "side"), [(224, 0, 54), (227, 0, 55), (224, 2, 55)]
)
def test_the_image_of_alexnet(image: int, padding: int, side: int) -> None:
    text = f"""
        graphc: 1
        model: AlexNet
        nodes: {{image: Input, conv: Conv 96 k=11 s=4 p={padding}, relu: ReLU}}
        edges:
          - image -> conv: 3*{image}*{image}
          - conv -> relu
    """
    assert sizes(sound(text))["AlexNet: conv -> relu"] == [f"96*{side}*{side}"]


def test_the_neurons_that_alexnet_prints_are_of_no_map() -> None:
    text = """
        graphc: 1
        model: AlexNet
        nodes: {image: Input, conv: Conv 96 k=11 s=4, flat: Flatten, relu: ReLU}
        edges:
          - image -> conv -> flat: [3*227*227, _]
          - flat -> relu: 253440
    """
    finding = only(text)
    assert finding.code.name == "GC301"
    assert "annotate 290400" in finding.help


def tiny_yolo(padding: str) -> str:
    return f"""
graphc: 1
model: TinyYolo
nodes:
  image: Input
  fine: Conv 256 k=3 s=16 p=1
  coarse: MaxPool k=2 Conv 512 k=3 p=1
  pool: MaxPool k=2 s=1 p={padding}
  conv: Conv 1024 k=3 p=1, Conv 256 k=1, Conv 128 k=1
  up: Upsample scale=2
  join: Concat
  detect: Conv 255 k=1
edges:
  - image -> fine: 3*416*416
  - fine -> join: 256*26*26
  - fine -> coarse: 256*26*26
  - coarse -> pool: 512*13*13
  - pool -> conv -> up -> join -> detect
"""


def test_darknet_pads_a_pool_of_stride_one() -> None:
    found = sizes(sound(tiny_yolo("[[0,1],[0,1]]")))
    assert found["TinyYolo: pool -> conv"] == ["512*13*13"]
    assert found["TinyYolo: join -> detect"] == ["384*26*26"]


def test_without_that_padding_its_maps_do_not_meet() -> None:
    text = tiny_yolo("0")
    finding = only(text)
    assert "12*12" in finding.message
    assert "13*13" in finding.message
    blamed = [text[start:end].strip() for start, end in places(finding)]
    assert "MaxPool k=2 s=1 p=0" in blamed
