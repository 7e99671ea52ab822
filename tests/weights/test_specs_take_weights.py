"""The specs and the keys of the implementations that people use."""

import pytest
from specs.references import SPECS, keys, references

from graphc import load
from graphc.emit.torch import drafts, state
from graphc.weights import Checkpoint, compare, propose

NAMES = [name for name in references() if (SPECS / f"{name}.yaml").exists()]


@pytest.mark.parametrize("name", NAMES)
def test_every_key_matches(name: str) -> None:
    sized = load(SPECS / f"{name}.yaml").sized
    tensors = state(sized, drafts(sized))
    file = Checkpoint(f"{name}.pt", dict(keys(name)))
    found = compare(tensors, sized.network.meta.checkpoint, file)
    assert found.loads
    assert len(found.matched) == len(tensors)
    assert found.renamed == (sized.network.meta.checkpoint is not None)


def test_the_map_of_a_spec_is_what_would_be_proposed() -> None:
    sized = load(SPECS / "vit_b_16.yaml").sized
    known = sized.network.meta.checkpoint
    assert known is not None
    file = Checkpoint("vit_b_16.pt", dict(keys("vit_b_16")))
    found = propose(state(sized, drafts(sized)), file)
    assert found.whole
    assert [(e.own, e.given) for e in found.entries] == [
        (str(one.own), str(one.given)) for one in known.renamings
    ]
