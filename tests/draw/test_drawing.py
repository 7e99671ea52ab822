"""What a drawing has in it: boxes, sizes, badges, mistakes, legend, caption."""

from pathlib import Path

import pytest
from networks import sized

from graphc.draw import (
    Drawing,
    Level,
    OneModule,
    Overview,
    Standing,
    Unrolled,
    draw,
)
from graphc.emit.dot import dot
from graphc.ir import Family

IRV1 = sized(
    (Path(__file__).parents[2] / "specs/irv1.yaml").read_text(encoding="utf-8")
)

SMALL = """
model: Small
nodes:
  image: Input
  conv1: Conv k=3 s=2 ReLU
  conv2: Conv k=3
  blocks: 3 x Block
  output: Output
edges:
  - image -> conv1: 3*9*9
  - conv1 -> conv2: 8*5*4
  - conv2 -> blocks: 8*2*2
  - blocks -> output
modules:
  Block:
    nodes: {input: Input, conv: Conv k=1, sum: Sum, output: Output}
    edges:
      - input -> conv: C*H*W
      - conv -> sum
      - input -> sum
      - sum -> output
  Unused:
    nodes: {input: Input, output: Output}
    edges: [input -> output]
"""

MORE_NODES = "  half: MaxPool k=2\n  more: Block\n  output: Output\n"
MORE_EDGES = "  - blocks -> half\n  - half -> more\n  - more -> output\n"

LEVELS: list[Level] = [Overview(), OneModule("InceptionResNetA"), Unrolled()]


def sizes(drawing: Drawing) -> dict[tuple[str, str], str]:
    return {(one.source, one.target): one.size for one in drawing.all_arrows()}


@pytest.mark.parametrize("level", LEVELS)
def test_every_arrow_joins_two_boxes_and_has_a_size(level: Level) -> None:
    drawing = draw(IRV1, level)
    ids = [box.id for box in drawing.all_boxes()]
    assert len(ids) == len(set(ids))
    for arrow in drawing.all_arrows():
        assert arrow.source in ids
        assert arrow.target in ids
        assert all(dim.isdigit() for dim in arrow.size.split("*"))
        assert arrow.standing is Standing.ANNOTATED or isinstance(level, Unrolled)


@pytest.mark.parametrize("level", LEVELS)
def test_legend_has_exactly_the_families_of_the_boxes(level: Level) -> None:
    drawing = draw(IRV1, level)
    assert len(drawing.legend) == len(set(drawing.legend))
    assert set(drawing.legend) == {box.family for box in drawing.all_boxes()}


def test_overview_of_irv1_has_all_seven_figures() -> None:
    drawing = draw(IRV1, Overview())
    assert [group.title for group in drawing.groups] == [
        "",
        "Stem",
        "InceptionResNetA",
        "ReductionA",
        "InceptionResNetB",
        "ReductionB",
        "InceptionResNetC",
    ]
    assert len(list(drawing.all_boxes())) == 73
    assert len(list(drawing.all_arrows())) == 78
    assert sizes(drawing)["Stem/conv3", "Stem/conv4"] == "64*147*147"


def test_top_of_irv1_runs_across_in_its_order() -> None:
    top = draw(IRV1, Overview()).groups[0]
    names = [name for line in top.lines for name in line]
    assert names == [box.id for box in top.boxes]
    assert len(top.lines) == 2


def test_repeat_is_one_box_with_a_badge() -> None:
    boxes = {box.id: box for box in draw(IRV1, Overview()).all_boxes()}
    repeat = boxes["InceptionResNetV1/inception_b"]
    assert repeat.badge == "\u00d710"
    assert repeat.lines == ("InceptionResNetB",)
    assert repeat.family is None
    assert boxes["InceptionResNetV1/stem"].badge == ""


def test_tooltips_tell_arguments_sizes_and_cost() -> None:
    boxes = {box.id: box for box in draw(IRV1, Overview()).all_boxes()}
    conv = boxes["Stem/conv1"].tooltip
    assert "kernel_size=3 stride=2" in conv
    assert "3*299*299 -> 32*149*149" in conv
    assert "896 parameters" in conv
    note = boxes["InceptionResNetV1/pool"].tooltip
    assert "the size drawn behind it, 1792, is flat" in note
    assert "388,800 parameters, 470,400,000 MACs" in (
        boxes["InceptionResNetV1/inception_a"].tooltip
    )


def test_caption_tells_model_source_cost_and_results() -> None:
    caption = draw(IRV1, Overview()).caption
    told = " ".join(caption.lines)
    assert caption.title == "InceptionResNetV1"
    assert "arXiv:1602.07261" in told
    assert "22,824,024 parameters, 6,402,809,952 MACs" in told
    assert "top5 error 4.3 %" in told


def test_one_module_is_drawn_alone() -> None:
    drawing = draw(IRV1, OneModule("InceptionResNetA"))
    assert [group.title for group in drawing.groups] == ["InceptionResNetA"]
    assert len(list(drawing.all_boxes())) == 12
    assert len(list(drawing.all_arrows())) == 14
    assert "77,760 parameters" in drawing.caption.lines[0]
    with pytest.raises(KeyError):
        draw(IRV1, OneModule("Nothing"))


def test_unrolled_irv1_has_every_instance_and_every_join() -> None:
    drawing = draw(IRV1, Unrolled())
    instances = [one.title for column in drawing.groups for one in column.groups]
    assert instances[:2] == [
        "stem \u00b7 Stem",
        "inception_a.0 \u00b7 InceptionResNetA",
    ]
    assert len(instances) == 23
    found = sizes(drawing)
    first = "InceptionResNetV1/inception_b.8/output"
    assert found[first, "InceptionResNetV1/inception_b.9/input"] == "896*17*17"
    assert not any(box.badge for box in drawing.all_boxes())
    # 10 and 14 nodes, 5 times 11, 9, ...: as many as the figures have, by instances.
    nodes = [len(module.graph.nodes) for module in IRV1.network.modules.values()]
    stem, a, b, c, reduction_a, reduction_b = nodes
    expected = 4 + stem + 5 * a + 10 * b + 5 * c + reduction_a + reduction_b
    assert len(list(drawing.all_boxes())) == expected


def test_columns_turn_where_one_arrow_leads_on() -> None:
    drawing = draw(IRV1, Unrolled())
    assert len(drawing.groups) > 1
    assert len(drawing.arrows) == len(drawing.groups) - 1
    assert all(arrow.turns for arrow in drawing.arrows)


def test_mistaken_edge_shows_both_sizes_and_inferred_ones_are_told_apart() -> None:
    drawing = draw(sized(SMALL), Overview())
    arrows = {(one.source, one.target): one for one in drawing.all_arrows()}
    wrong = arrows["Small/conv1", "Small/conv2"]
    assert wrong.size == "8*5*4 \u2260 8*4*4"
    assert wrong.standing is Standing.MISTAKEN
    assert "annotated 8*5*4, inferred 8*4*4" in wrong.tooltip
    inferred = arrows["Small/blocks", "Small/output"]
    assert (inferred.size, inferred.standing) == ("8*2*2", Standing.INFERRED)
    annotated = arrows["Small/image", "Small/conv1"]
    assert annotated.standing is Standing.ANNOTATED


def test_sizes_of_a_module_are_those_of_its_instances() -> None:
    drawing = draw(sized(SMALL), Overview())
    assert sizes(drawing)["Block/input", "Block/conv"] == "8*2*2"


def test_module_with_different_instances_shows_names_or_the_first_size() -> None:
    text = SMALL.replace("  output: Output\n", MORE_NODES, 1)
    text = text.replace("  - blocks -> output\n", MORE_EDGES, 1)
    found = sizes(draw(sized(text), Overview()))
    assert found["Block/input", "Block/conv"] == "C*H*W"
    assert found["Block/conv", "Block/sum"] == "8*2*2, \u2026"


def test_undetermined_sizes_are_drawn_as_unknown() -> None:
    text = """
model: Open
nodes: {image: Input, conv: Conv k=1, output: Output}
edges:
  - image -> conv: 3*9*9
  - conv -> output
"""
    drawing = draw(sized(text), Overview())
    assert sizes(drawing)["Open/conv", "Open/output"] == "_*9*9"


def test_unused_modules_are_not_in_the_overview() -> None:
    drawing = draw(sized(SMALL), Overview())
    assert [group.title for group in drawing.groups] == ["", "Block"]


def test_name_that_only_repeats_the_label_is_left_out() -> None:
    boxes = {box.id: box for box in draw(sized(SMALL), Overview()).all_boxes()}
    assert boxes["Block/sum"].name == ""
    assert boxes["Block/conv"].name == "conv"


def test_many_repeats_are_drawn_as_one_where_there_is_no_room() -> None:
    text = SMALL.replace("3 x Block", "1000000 x Block")
    drawing = draw(sized(text), Unrolled())
    badges = [group.badge for column in drawing.groups for group in column.groups]
    assert badges == ["\u00d71,000,000"]
    assert len(list(drawing.all_boxes())) < 30


def test_sequence_is_unrolled_in_its_order() -> None:
    text = SMALL.replace("3 x Block", "Block ReLU, 2 x Block")
    found = sizes(draw(sized(text), Unrolled()))
    assert found["Small/blocks.0/output", "Small/blocks.1"] == "8*2*2"
    assert found["Small/blocks.1", "Small/blocks.2/input"] == "8*2*2"
    assert found["Small/blocks.2/output", "Small/blocks.3/input"] == "8*2*2"


def test_family_of_a_box_is_its_first_op() -> None:
    boxes = {box.id: box for box in draw(sized(SMALL), Overview()).all_boxes()}
    assert boxes["Small/conv1"].family is Family.CONVOLUTION


@pytest.mark.parametrize("level", LEVELS)
def test_drawings_are_deterministic(level: Level) -> None:
    text = (Path(__file__).parents[2] / "specs/irv1.yaml").read_text(encoding="utf-8")
    assert draw(sized(text), level) == draw(IRV1, level)
    assert dot(draw(sized(text), level)) == dot(draw(IRV1, level))


def long_graph(blocks: int) -> str:
    """Return a model without modules: residual blocks of two convolutions."""
    nodes, edges, last = ["  s0: Input"], [], "s0"
    for n in range(1, blocks + 1):
        nodes += [f"  a{n}: Conv k=3 p=1", f"  b{n}: Conv k=3 p=1", f"  s{n}: Sum"]
        edges += [f"  - {last} -> a{n}: 8*9*9", f"  - a{n} -> b{n}: 8*9*9"]
        edges += [f"  - b{n} -> s{n}: 8*9*9", f"  - {last} -> s{n}: 8*9*9"]
        last = f"s{n}"
    return "\n".join(["model: Long", "nodes:", *nodes, "edges:", *edges])


def test_long_graph_is_folded_where_a_single_tensor_leads_on() -> None:
    drawing = draw(sized(long_graph(20)), Overview())
    assert 1 < len(drawing.groups) < 20
    turning = {arrow.source for arrow in drawing.arrows}
    assert len(turning) == len(drawing.groups) - 1
    assert all(name.startswith("Long/s") for name in turning)
    assert len(list(drawing.all_boxes())) == 61
    assert len(list(drawing.all_arrows())) == 80


def test_graph_that_no_page_holds_is_not_folded() -> None:
    drawing = draw(sized(long_graph(250)), Overview())
    assert len(drawing.groups) == 1
    assert drawing.arrows == ()


def test_modules_within_modules_beyond_number_are_drawn_in_few_boxes() -> None:
    depth = 40
    text = "model: Deep\nnodes: {x: Input, m: M0, y: Output}\n"
    text += "edges:\n  - x -> m: 8*9*9\n  - m -> y\nmodules:\n"
    for n in range(depth):
        inner = f"M{n + 1}" if n < depth - 1 else "ReLU"
        text += f"  M{n}:\n    nodes: {{x: Input, a: {inner}, b: {inner}, y: Output}}\n"
        text += "    edges:\n      - x -> a\n      - a -> b\n      - b -> y\n"
    drawing = draw(sized(text), Unrolled())
    assert 3 <= len(list(drawing.all_boxes())) < 10_000
    dot(drawing)


ROW = """
model: Row
nodes:
  image: Input
  stages: Block 8, Conv 4 k=1, 2 x Block 16
  output: Output
edges:
  - image -> stages: 3*9*9
  - stages -> output: 16*3*3
modules:
  Block:
    params: {width: ~}
    nodes: {input: Input, conv: Conv width k=3, output: Output}
    edges: [input -> conv -> output]
"""


def test_a_row_of_modules_is_a_box_for_each_with_the_sizes_between() -> None:
    top = draw(sized(ROW), Overview()).groups[0]
    boxes = {box.name: box for box in top.boxes if box.name.startswith("stages")}
    assert {name: (box.lines, box.badge) for name, box in boxes.items()} == {
        "stages.0": (("Block 8",), ""),
        "stages.1": (("Conv 4 k=1",), ""),
        "stages.2": (("Block 16",), "\u00d72"),
    }
    found = {(one.source, one.target): one.size for one in top.arrows}
    assert found == {
        ("Row/image", "Row/stages.0"): "3*9*9",
        ("Row/stages.0", "Row/stages.1"): "8*7*7",
        ("Row/stages.1", "Row/stages.2"): "4*7*7",
        ("Row/stages.2", "Row/output"): "16*3*3",
    }


def test_a_row_whose_sizes_are_not_known_is_one_box() -> None:
    text = ROW.replace("Conv 4 k=1", "Conv k=1")
    names = [box.name for box in draw(sized(text), Overview()).groups[0].boxes]
    assert "stages" in names
