import shutil
from pathlib import Path

import pytest
from torch_specs import optimized

from graphc import load
from graphc.infer import Instance
from graphc.ir import Term
from graphc.passes import PASSES
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


BLOCKS = """
graphc: 1
model: Blocks
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
    shutil.copytree("specs", tmp_path / "specs")
    path = tmp_path / "specs" / "blocks.yaml"
    path.write_text(BLOCKS)
    before = load(path).sized
    after = optimized(before)
    names = [term.name for one in after.instances for term in terms(one)]
    assert names.count("Split") == 2  # the maps of 8 by 8 are too small for it
    assert names.count("Parameter") == 3
    found = compare_rewritten(after, before)
    assert found.ok, found.differences


def terms(instance: Instance) -> list[Term]:
    nodes = instance.module.graph.nodes.values()
    return [term for node in nodes for term in node.terms]
