"""Inception-v3 built for its scores alone, as torchvision builds it on demand."""

from references import SPECS, keys
from torch import device

from graphc import load
from graphc.cost import cost


def test_it_has_the_keys_and_the_cost_of_the_trunk() -> None:
    spec = load(SPECS / "inception_v3.yaml", only=["logits"])
    assert spec.check() == ()
    with device("meta"):
        state = spec.module().state_dict()
    wanted = [pair for pair in keys("inception_v3") if "AuxLogits." not in pair[0]]
    assert [(key, tuple(each.shape)) for key, each in state.items()] == wanted
    assert len(wanted) == 566
    trunk = cost(spec.sized.model)
    assert (trunk.parameters, trunk.macs) == (23_834_568, 5_713_216_096)
