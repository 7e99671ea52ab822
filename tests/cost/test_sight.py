"""Receptive fields, against what a NaN in the input of the built module reaches.

A NaN spoils whatever is computed from it, so the elements of a result that are NaN are
those that see its place.
"""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch_specs import chain, sized, spec
from torch_specs import module as part

from graphc.emit.torch.load import module
from graphc.infer import Sized
from graphc.tables import Field, summarize


def told(network: Sized, node: str = "") -> Field:
    """Return the receptive field that a summary tells of a node, or of the last."""
    rows = [row for row in summarize(network).rows if not node or row.path == node]
    (field,) = rows[-1].fields
    return field


def seen(network: Sized, axis: int) -> list[list[int]]:
    """Return the places of an axis that each place of it in the result sees.

    ``axis`` counts from 0 and is the same in both; all places, if the result lacks it.
    """
    (shape,) = network.model.inputs
    assert shape is not None
    size = shape[axis]
    assert isinstance(size, int)
    image = torch.rand(size, *shape, dtype=torch.float64)  # type: ignore[arg-type]
    for place in range(size):
        image[place].select(axis, place).fill_(torch.nan)
    with torch.no_grad():
        result = module(network).double().eval()(image)
    spoiled = result.isnan()
    if spoiled.dim() <= axis + 1 or axis == 0:
        spoiled = spoiled.flatten(1).any(1, keepdim=True)
    else:
        dims = [dim for dim in range(1, spoiled.dim()) if dim != axis + 1]
        spoiled = spoiled.any(dims) if dims else spoiled
    columns = zip(*spoiled.tolist(), strict=True)
    return [[place for place in range(size) if column[place]] for column in columns]


def extents(places: list[list[int]]) -> list[int]:
    return [each[-1] - each[0] + 1 for each in places if each]


ENLARGES = {"Upsample", "ConvTranspose", "PixelShuffle", "AdaptiveAvgPool"}
EXACT = [
    (["Conv 4 k=3"], "2*21*21"),
    (["Conv 4 k=[3,5] s=[2,1] p=[1,0] BN ReLU"], "2*31*31"),
    (["Conv 4 k=3 d=3", "MaxPool k=3 s=2", "Conv 4 k=3 s=2", "Conv 4 k=2"], "2*39*39"),
    (["Conv 4 k=3 p=same", "AvgPool 2", "Conv 4 k=5 s=3 p=same"], "2*42*42"),
    (["Conv 4 k=3 s=2", "Pad 1", "Conv 4 k=3 g=4"], "2*41*41"),
    (["Upsample 2", "Conv 4 k=3"], "2*15*15"),
    (["Upsample 3 mode=bilinear", "Conv 4 k=3"], "2*15*15"),
    (["Upsample 2 mode=bicubic"], "2*15*15"),
    (["ConvTranspose 4 k=4 s=2 p=1"], "2*13*13"),
    (["ConvTranspose 4 k=2 s=2", "Conv 4 k=3 p=1"], "2*13*13"),
    (["ConvTranspose 4 k=3", "Conv 4 k=3"], "2*15*15"),
    (["PixelUnshuffle 2", "Conv 8 k=3", "PixelShuffle 2"], "2*24*24"),
    (["AdaptiveAvgPool 5"], "2*22*22"),
    (["AdaptiveMaxPool 4", "Conv 3 k=2"], "2*20*20"),
    (["Conv 4 k=3", "GroupNorm 2"], "2*15*15"),
    (["Conv 4 k=3", "LocalResponseNorm 3"], "2*15*15"),
    (["InstanceNorm"], "2*9*9"),
    (["Transpose 2 3", "Conv 4 k=[3,5]", "Transpose 2 3"], "2*19*19"),
    (["Unsqueeze 2", "Conv 4 k=[1,3,5]", "Squeeze 2"], "2*19*19"),
    (["Permute [0,2,3,1]", "Linear 5", "LayerNorm", "Permute [0,3,1,2]"], "2*9*9"),
    (["Reshape [2,12,12]", "Conv 3 k=3"], "2*12*12"),
    (["3 x Conv 4 k=3", "2 x Conv 4 k=3 s=2"], "2*41*41"),
]


@pytest.mark.parametrize(("labels", "shape"), EXACT, ids=str)
def test_the_field_is_what_the_module_sees(labels: list[str], shape: str) -> None:
    network = sized(chain(labels, shape))
    field = told(network)
    for axis, size, jump in zip((1, 2), field.size, field.jump, strict=True):
        places = seen(network, axis)
        whole = int(shape.split("*")[axis])
        assert max(extents(places)) == (whole if size is None else size)
        middle = len(places) // 2
        if size is not None and not ENLARGES & set(" ".join(labels).split()):
            assert places[middle + 1][0] - places[middle][0] == jump


WHOLE = [
    (["GlobalAvgPool"], "2*9*9"),
    (["Conv 4 k=3", "GlobalAvgPool keepdim=true", "Conv 3 k=1"], "2*9*9"),
    (["AdaptiveAvgPool 1", "Flatten", "Linear 5"], "2*9*9"),
    (["Conv 4 k=3", "Flatten", "Linear 5"], "2*9*9"),
    (
        ["Conv 4 k=2 s=2", "Flatten 2", "Transpose 1 2", "Attention 2"],
        "2*8*8",
    ),
    (["Softmax dim=2", "Softmax dim=3"], "2*9*9"),
]


@pytest.mark.parametrize(("labels", "shape"), WHOLE, ids=str)
def test_what_mixes_all_places_sees_the_whole(labels: list[str], shape: str) -> None:
    network = sized(chain(labels, shape))
    field = told(network)
    assert (field.size, field.size_text) == ((None, None), "all")
    for axis in (1, 2):
        everywhere = {place for places in seen(network, axis) for place in places}
        assert everywhere == set(range(int(shape.split("*")[axis])))


def test_tokens_keep_their_place_until_they_attend() -> None:
    network = sized(chain(["Linear 8", "LayerNorm", "Attention 2", "Linear 4"], "10*8"))
    fields = [told(network, f"n{number}") for number in range(4)]
    assert [field.size for field in fields] == [(1, None)] * 2 + [(None, None)] * 2
    assert [field.jump for field in fields] == [(1, None)] * 4


def test_a_channel_sees_the_channels_beside_it() -> None:
    network = sized(chain(["LRN 3", "LRN 4"], "9*1"))
    image = torch.rand(1, 9, 1)
    image[0, 4] = torch.nan
    with torch.no_grad():
        spoiled = module(network)(image).isnan().flatten().nonzero().flatten().tolist()
    assert told(network).size == (len(spoiled), 1) == (6, 1)


def test_a_query_sees_all_that_it_attends_to_and_itself_alone() -> None:
    network = sized(
        spec(
            "a: Input\nb: Input\nattend: Attention 2",
            "- a -> attend.query: 5*8\n- b -> attend.key: 7*8",
        )
    )
    (row,) = [row for row in summarize(network).rows if row.path == "attend"]
    assert {field.input: field.size for field in row.fields} == {
        "a": (1, None),
        "b": (None, None),
    }


def test_a_join_sees_the_largest_of_its_paths() -> None:
    block = part(
        "Block",
        "input: Input\nsmall: Conv 4 k=1\nlarge: 2 x Conv 4 k=3 p=1\nsum: Sum\n"
        "output: Output",
        "- input -> small -> sum\n- input -> large -> sum\n- input -> sum\n"
        "- sum -> output",
    )
    network = sized(
        spec(
            "image: Input\nstem: Conv 4 k=3 s=2\nblocks: 3 x Block\nlast: Conv 2 k=3",
            "- image -> stem -> blocks -> last: [2*61*61, _, _]",
            "",
            block,
        )
    )
    field = told(network, "last")
    assert field.size == (3 + 3 * 4 * 2 + 4,) * 2
    assert field.size[0] == max(extents(seen(network, 1)))
    inside = told(network, "blocks.0-2.small")
    assert inside.size == (3 + 2 * 4 * 2,) * 2


def test_a_gate_sees_all_and_still_goes_along_the_axes() -> None:
    network = sized(
        spec(
            "image: Input\nconv: Conv 4 k=3 s=2\npool: GlobalAvgPool keepdim=true\n"
            "gate: Conv 4 k=1 Sigmoid\nmul: Mul\nlast: Conv 4 k=3",
            "- image -> conv: 2*33*33\n- conv -> pool -> gate -> mul\n- conv -> mul\n"
            "- mul -> last",
        )
    )
    field = told(network, "mul")
    assert (field.size, field.jump) == ((None, None), (2, 2))
    assert extents(seen(network, 1)) == [33] * 14


def test_a_million_repeats_are_told_at_once() -> None:
    network = sized(chain(["1000000 x Conv 4 k=3 p=1"], "4*8*8"))
    assert told(network).size == (2_000_001,) * 2


@st.composite
def windows(draw: st.DrawFn) -> str:
    op = draw(st.sampled_from(["Conv 2", "Conv 2 d=2", "MaxPool", "AvgPool"]))
    kernel, stride = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    padding = draw(st.integers(0, kernel // 2))
    return f"{op} k={kernel} s={stride} p={padding}"


ENLARGING = ["ConvTranspose 2 k=3 s=2", "ConvTranspose 2 k=2 s=3", "Upsample 2"]


@settings(max_examples=25, deadline=None)
@given(st.lists(windows(), min_size=1, max_size=4))
def test_windows_in_a_row(labels: list[str]) -> None:
    network = sized(chain(labels, "2*250"))
    field = told(network)
    assert field.size[1] == max(extents(seen(network, 1)))


@settings(max_examples=25, deadline=None)
@given(st.lists(windows() | st.sampled_from(ENLARGING), min_size=1, max_size=4))
def test_nothing_beyond_the_field_is_seen(labels: list[str]) -> None:
    network = sized(chain(labels, "2*150"))
    size = told(network).size[1]
    assert size is None or size >= max(extents(seen(network, 1)))
