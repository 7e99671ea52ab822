from pathlib import Path

import pytest
import torch
from checking import sound

import graphc
from graphc.emit.torch.load import module
from graphc.infer import Intake, Sized, intake, known_text, misfits

SPECS = Path(__file__).parents[2] / "specs"

HEAD = """\
graphc: 1
model: Case
nodes:
  image: Input
"""

NETWORKS = {
    "windows and a join": """\
  a: Conv 4 k=3 s=2
  c: Conv 4 k=3 p=0 MaxPool k=2 ceil_mode=true
  sum: Concat
edges:
  - image -> a: 3*17*17
  - image -> c
  - a -> sum
  - c -> sum
""",
    "a map that is flattened": """\
  a: Conv 4 k=3 s=3
  b: Flatten Linear 5
edges:
  - image -> a: 3*12*9
  - a -> b
""",
    "down and up": """\
  a: MaxPool k=2
  b: ConvTranspose 3 k=2 s=2
  sum: Sum
edges:
  - image -> a -> b -> sum: [3*8*8, _, _]
  - image -> sum
""",
    "groups and shuffles": """\
  a: PixelUnshuffle 2 Conv 8 k=3 p=1 PixelShuffle 2
edges:
  - image -> a: 3*8*8
""",
    "a repeat that shrinks": """\
  a: 3 x Conv 3 k=3
  b: AdaptiveAvgPool 2 Flatten Linear 3
edges:
  - image -> a -> b: [3*9*9, _]
""",
}


def sized(body: str) -> Sized:
    return sound(HEAD + body)


def runs(network: torch.nn.Module, height: int, width: int) -> bool:
    try:
        network(torch.zeros(1, 3, height, width, device="meta"))
    except RuntimeError:
        return False
    return True


@pytest.mark.parametrize("name", NETWORKS)
def test_the_sizes_are_those_with_which_pytorch_runs(name: str) -> None:
    found = sized(NETWORKS[name])
    taken = intake(found)
    assert taken.solved
    network = module(found).to("meta").eval()
    drawn = found.model.inputs[0]
    assert drawn is not None
    for height in range(1, 26):
        for width in {int(str(drawn[2])), 7, 8, height}:
            point = {"C": 3, "H": height, "W": width}
            assert taken.condition.met(point) is runs(network, height, width), point
            told = list(misfits(found, {"image": (3, height, width)}))
            assert (told == []) is taken.condition.met(point), point


def of(name: str) -> Intake:
    return graphc.load(SPECS / f"{name}.yaml").sizes()


def test_inception_resnet_v1_takes_a_range() -> None:
    taken = of("irv1")
    assert taken.clauses(0) == {
        "C": ("C == 3",),
        "H": ("299 <= H <= 330",),
        "W": ("299 <= W <= 330",),
    }
    assert known_text(taken.inputs["image"]) == "3*H*W"
    assert known_text(taken.outputs["classifier"]) == "1000"
    assert {reason.name for reason in taken.reasons} == {"stem.conv1", "pool"}


def test_a_fixed_number_of_tokens_comes_from_many_pictures() -> None:
    taken = of("vit_b_16")
    boxes = [taken.clauses(number) for number in range(len(taken.condition.boxes))]
    assert {"H": ("224 <= H <= 239",), "W": ("224 <= W <= 239",)}.items() <= (
        next(box for box in boxes if box["H"] == ("224 <= H <= 239",)).items()
    )
    assert len(boxes) == 9  # the divisors of 196


def test_what_is_given_by_where_counts() -> None:
    taken = of("unet")
    assert taken.clauses(0)["H"] == ("H % 16 == 0",)
    assert known_text(taken.outputs["scores"]) == "2*H*W"


def test_channels_that_no_weight_fixes_stay_free() -> None:
    taken = intake(sized("  a: MaxPool k=2\nedges:\n  - image -> a: 3*8*8\n"))
    assert known_text(taken.inputs["image"]) == "C*H*W"
    assert taken.clauses(0) == {"H": ("H >= 2",), "W": ("W >= 2",)}


def test_features_that_cannot_be_told_apart_are_all_told() -> None:
    taken = intake(sized("  a: Flatten Linear 4\nedges:\n  - image -> a: 1*28*28\n"))
    assert taken.condition.met({"C": 1, "H": 28, "W": 28})
    assert taken.condition.met({"C": 28, "H": 1, "W": 28})
    assert not taken.condition.met({"C": 1, "H": 28, "W": 27})
