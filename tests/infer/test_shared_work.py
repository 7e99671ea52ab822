"""A module is solved once for each set of arguments and sizes."""

from pathlib import Path

import pytest
from checking import check_text, sound

SPEC = Path(__file__).parents[2] / "specs" / "irv1.yaml"
TEXT = SPEC.read_text(encoding="utf-8")

BLOCK = """
modules:
  Block:
    nodes: {input: Input, conv: Conv k=3 p=1 ReLU, sum: Sum}
    edges:
      - input -> conv -> sum
      - input -> sum
"""


def row(count: int, label: str = "Block", modules: str = BLOCK) -> str:
    return f"""
graphc: 1
model: Row
nodes: {{image: Input, body: {count} x {label}, last: ReLU}}
edges:
  - image -> body: 8*9*9
  - body -> last
{modules}"""


def test_a_repeat_is_one_instance_however_long() -> None:
    for count in (1, 5, 1_000_000):
        sized = sound(row(count))
        assert [one.name for one in sized.instances] == ["Row", "Block"]
        assert sized.counts.instances == 1 + count


@pytest.mark.parametrize("channels", [8, 16])
def test_a_repeat_of_an_op_costs_nothing_either(channels: int) -> None:
    sized = sound(row(10**6, f"Conv {channels} k=3 p=1", ""))
    body = sized.model.module.graph.nodes["body"]
    (stage,) = sized.model.stages(body)
    assert stage.count == 10**6
    assert len(stage.runs) <= 3


def test_every_module_of_the_figure_is_solved_once() -> None:
    sized = sound(TEXT)
    assert len(sized.instances) == len(sized.network.modules) + 1
    assert sized.counts.instances == 24


def test_modules_in_modules_are_solved_once() -> None:
    """Ten levels of two uses each are 2,047 instances, and 11 to solve."""
    levels = "".join(
        f"""  L{n}:
    nodes: {{input: Input, a: L{n + 1}, b: L{n + 1}}}
    edges: [input -> a -> b]
"""
        for n in range(10)
    )
    last = "  L10:\n    nodes: {input: Input, act: ReLU}\n    edges: [input -> act]\n"
    text = f"""
graphc: 1
model: Tree
nodes: {{image: Input, root: L0}}
edges: [image -> root: 4]
modules:
{levels}{last}"""
    sized = sound(text)
    assert len(sized.instances) == 12
    assert sized.counts.instances == 2048


def test_different_sizes_are_different_instances() -> None:
    text = """
graphc: 1
model: Two
nodes: {image: Input, a: Half, b: Half, c: Half, out: Output}
edges:
  - image -> a: 4*32*32
  - a -> b -> c -> out
modules:
  Half:
    nodes: {input: Input, pool: MaxPool k=2}
    edges: [input -> pool]
"""
    sized = sound(text)
    half = sized.network.modules["Half"]
    assert [one.outputs[0] for one in sized.of(half)] == [
        (4, 16, 16),
        (4, 8, 8),
        (4, 4, 4),
    ]


def test_equal_arguments_of_another_kind_are_another_instance() -> None:
    text = """
graphc: 1
model: Kinds
nodes: {image: Input, a: Block 1, b: Block true, out: Output}
edges:
  - image -> a: 1*9*9
  - a -> b -> out
modules:
  Block:
    params: {value: ~}
    nodes: {input: Input, conv: Conv value k=1}
    edges: [input -> conv]
"""
    assert check_text(text).codes == ["GC206"]


def test_a_row_that_shrinks_for_ever_is_refused_and_quickly() -> None:
    for size in ("8*9*9", "8*_*_"):
        text = row(10**6, "Conv 8 k=3", "").replace("8*9*9", size)
        result = check_text(text.replace("body -> last", "body -> last: 8*9*9"))
        assert len(result.findings) == 1
