import shutil
from pathlib import Path

import pytest
from torch_specs import chain, optimized, sized

from graphc import load
from graphc.infer import Instance, Sized
from graphc.ir import Term
from graphc.passes import PASSES, WEIGHED, optimize
from graphc.verify import compare_rewritten

SPECS = sorted(Path("specs").glob("*.yaml"))


@pytest.mark.parametrize("name", PASSES)
@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_every_pass_gives_a_sound_network_of_the_same_ends(
    path: Path, name: str
) -> None:
    before = load(path).sized
    after = optimized(before, without=PASSES.keys() - {name})
    assert after.model.outputs == before.model.outputs


def test_the_blocks_of_inception_v4_are_rewritten_by_passes_together() -> None:
    found = optimized(load("specs/inception_v4.yaml").sized)
    names = [term.name for one in found.instances for term in terms(one)]
    assert names.count("Split") >= 2
    assert names.count("Parameter") == 0  # its averages do not count their padding


INCEPTION = """
imports:
  inception_v3.yaml: [InceptionA, InceptionB, InceptionC]
nodes:
  wide: Input
  narrow: Input
  small: Input
  a: InceptionA 32
  b: InceptionB 128
  c: InceptionC
edges:
  - wide -> a: 192*35*35
  - narrow -> b: 768*17*17
  - small -> c: 1280*8*8
"""


def test_blocks_of_inception_compute_the_same(tmp_path: Path) -> None:
    before = blocks(INCEPTION, tmp_path)
    after = optimized(before)
    names = [term.name for one in after.instances for term in terms(one)]
    assert names.count("Split") == 2  # the maps of 8 by 8 are too small for it
    assert names.count("Parameter") == 3
    found = compare_rewritten(after, before)
    assert found.ok, found.differences


BLOCKS = {
    "resnet152": (
        "[Bottleneck, BottleneckDown]",
        "BottleneckDown 8 stride=1, 2 x Bottleneck 8, BottleneckDown 4",
        "8*9*9",
    ),
    "densenet121": (
        "[DenseLayer, Transition]",
        "3 x DenseLayer 4, Transition, DenseLayer 2",
        "8*8*8",
    ),
    "mobilenet_v2": (
        "[ConvBN, Separable, Bottleneck, InvertedResidual, Classifier]",
        "ConvBN 8 kernel=3 stride=2, Separable 8 4, Bottleneck 4 6 stride=2, "
        "2 x InvertedResidual 6, GlobalAvgPool, Classifier 5 0.2",
        "3*16*16",
    ),
    "efficientnet_lite0": (
        "[SeparableConv, MBConv, MBConvDown, MBConvResidual]",
        "SeparableConv 8 4, MBConvDown 4 6 kernel=5, 2 x MBConvResidual 6 kernel=3, "
        "MBConv 6 8 kernel=5",
        "8*16*16",
    ),
    "vit_b_16": (
        "[Encoder, Head]",
        "Encoder 2 heads=2 mlp=8, Select 1 0, Head 5",
        "5*8",
    ),
    "irv1": (
        "[InceptionResNetA, ReductionA]",
        "InceptionResNetA, ReductionA",
        "256*35*35",
    ),
    "inception_v4": ("[InceptionA]", "InceptionA", "384*35*35"),
    "unet": ("[DoubleConv, Down]", "DoubleConv 4, Down 6", "1*H*W"),
}


@pytest.mark.parametrize("always", [(), tuple(WEIGHED)], ids=["pays", "always"])
@pytest.mark.parametrize("name", BLOCKS)
def test_blocks_of_the_specs_compute_the_same(
    name: str, always: tuple[str, ...], tmp_path: Path
) -> None:
    modules, row, size = BLOCKS[name]
    text = (
        f"imports: {{{name}.yaml: {modules}}}\nnodes: {{image: Input, row: '{row}'}}\n"
        f"edges:\n  - image -> row: {size}\n"
    )
    before = blocks(text, tmp_path)
    found = compare_rewritten(optimized(before, always=always), before)
    assert found.ok, (found.differences, found.failure)


def test_every_spec_has_blocks_that_are_compared() -> None:
    assert {path.stem for path in SPECS} == BLOCKS.keys() | {"inception_v3"}


def blocks(text: str, folder: Path) -> Sized:
    """Return a network of blocks that it imports from the specs."""
    shutil.copytree("specs", folder / "specs")
    path = folder / "specs" / "blocks.yaml"
    path.write_text(f"graphc: 1\nmodel: Blocks\n{text}")
    found = load(path)
    assert found.ok, found.check()
    return found.sized


def terms(instance: Instance) -> list[Term]:
    nodes = instance.module.graph.nodes.values()
    return [term for node in nodes for term in node.terms]


def test_a_network_that_nothing_rewrites_is_not_inferred_anew() -> None:
    before = sized(chain(["Conv 4 k=3", "ReLU", "AvgPool k=7 Flatten"], "3*9*9"))
    assert optimize(before).sized is before
