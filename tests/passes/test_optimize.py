from pathlib import Path

import pytest

from graphc import load
from graphc.passes import PASSES, optimize

SPECS = sorted(Path("specs").glob("*.yaml"))


@pytest.mark.parametrize("name", PASSES)
@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_every_pass_gives_a_sound_network_of_the_same_ends(
    path: Path, name: str
) -> None:
    before = load(path).sized
    after = optimize(before, without=PASSES.keys() - {name}).sized
    assert after.model.outputs == before.model.outputs


def test_the_blocks_of_inception_v4_are_rewritten_by_passes_together() -> None:
    found = optimize(load("specs/inception_v4.yaml").sized).sized
    labels = [
        node.terms[-1].name
        for module in found.network.modules.values()
        for node in module.graph.nodes.values()
    ]
    assert labels.count("Split") >= 3
    assert labels.count("Parameter") == 0  # its averages do not count their padding
