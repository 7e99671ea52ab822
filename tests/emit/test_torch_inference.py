"""How the file for inference runs: in place, with channels last, and freeing values."""

from types import ModuleType
from typing import cast

import pytest
import torch
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from torch import Tensor, nn
from torch_specs import code, loaded, module, sized, spec

from graphc.emit.torch import emit_rewritten
from graphc.emit.torch.load import load


def inference(text: str) -> str:
    """Return the file for inference of a network that no pass has rewritten."""
    found = sized(text)
    return emit_rewritten(found, found)


def forward(text: str, name: str = "Net") -> list[str]:
    """Return the lines of a class's ``forward``, without their comments."""
    (found,) = [
        part
        for part in inference(text).split("\n\n\n")
        if part.startswith(f"class {name}(")
    ]
    lines = found.partition("def forward")[2].partition("\n\n")[0].splitlines()[1:]
    return [line.partition("  #")[0].strip() for line in lines]


def pair(text: str) -> tuple[nn.Module, nn.Module]:
    """Return a network in float64 as it is trained, and as it is for inference."""
    torch.manual_seed(0)
    trained: nn.Module = loaded(text).Net().double().eval()
    for each in trained.modules():
        if isinstance(each, nn.BatchNorm2d):
            assert each.running_mean is not None
            each.running_mean.normal_()
    rewritten: ModuleType = load(inference(text))
    made = rewritten.Net.from_trained(trained.state_dict())
    return trained, cast("nn.Module", made)


def image(*shape: int) -> Tensor:
    return torch.randn(2, *shape, dtype=torch.float64)


# What is written over

ROW = spec(
    """
    image: Input
    conv: Conv 3 k=1 ReLU
    norm: BN
    act: ReLU6
    drop: Dropout 0.1
    slope: LeakyReLU 0.2
    """,
    "- image -> conv -> norm -> act -> drop -> slope: [3*8*8, _, _, _, _]",
)


def test_an_activation_writes_over_what_was_made_for_it() -> None:
    assert forward(ROW) == [
        "x = F.relu(self.conv(image), inplace=True)",
        "x = self.norm(x)",
        "x = F.relu6(x, inplace=True)",
        "x = self.drop(x)",
        "return F.leaky_relu(x, negative_slope=0.2, inplace=True)",
    ]


@pytest.mark.parametrize(
    ("label", "why"),
    [
        ("ReLU", "it is the caller's"),
        ("Dropout 0.1 ReLU", "in evaluation it is the caller's"),
        ("Flatten ReLU", "it is a view of the caller's"),
        ("Sigmoid", "the op has no way to"),
    ],
)
def test_what_is_not_its_own_is_not_written_over(label: str, why: str) -> None:
    text = spec(f"image: Input\nact: {label}", "- image -> act: 3*8*8")
    assert not any("inplace" in line for line in forward(text)), why


def test_what_somebody_else_reads_is_not_written_over() -> None:
    text = spec(
        "image: Input\nconv: Conv 3 k=1\nact: ReLU\nsum: Sum",
        "- image -> conv -> act -> sum: [3*8*8, _, _]\n- conv -> sum",
    )
    assert "inplace" not in inference(text)


def test_an_output_is_not_written_over() -> None:
    text = spec(
        "image: Input\nconv: Conv 3 k=1\nact: ReLU\nraw: Output\nend: Output",
        "- image -> conv -> act -> end: [3*8*8, _, _]\n- conv -> raw",
    )
    assert "inplace" not in inference(text)


def test_nodes_that_share_a_layer_write_over_what_they_read_together() -> None:
    text = spec(
        """
        image: Input
        conv: Conv 3 k=1
        other: Conv 3 k=1
        act: ReLU, Conv 3 k=1
        again: same as act
        sum: Sum
        """,
        """
        - image -> other -> sum: [3*8*8, _]
        - image -> act -> sum
        - image -> conv -> again -> sum
        """,
    )
    assert "inplace" not in inference(text)
    text = text.replace("- image -> act", "- other -> act")
    assert "inplace" in inference(
        text.replace("other -> sum: [3*8*8, _]", "other: 3*8*8")
    )


def test_what_a_module_made_is_written_over_and_what_it_hands_on_is_not() -> None:
    inner = module(
        "Inner", "a: Input\nb: LABEL\nc: Output", "- a -> b -> c: [C*H*W, C*H*W]"
    )
    text = spec(
        "image: Input\ninner: Inner\nact: ReLU",
        "- image -> inner -> act: [3*8*8, _]",
        modules=inner,
    )
    assert "inplace" in inference(text.replace("LABEL", "BN"))
    assert "inplace" not in inference(text.replace("LABEL", "Dropout 0.5"))


LABELS = [
    *("Conv 6 k=1", "Conv 6 k=1 ReLU", "BN ReLU", "ReLU", "ELU", "Hardswish BN"),
    *(
        "Dropout 0.1",
        "Identity",
        "ReLU Conv 6 k=1, ReLU",
        "2 x SiLU",
        "Permute [0,1,3,2]",
    ),
    *("Inner", "Inner ReLU", "Through", "Through ReLU", "MaxPool k=3 s=1 p=1 ReLU"),
]
MODULES = module(
    "Inner",
    "a: Input\nb: ReLU\nc: Conv 6 k=1\nd: Sum\ne: Output",
    "- a -> b -> c -> d -> e: [6*7*7, _, _, _]\n- a -> d",
) + module(
    "Through", "a: Input\nb: Identity\nc: Output", "- a -> b -> c: [C*H*W, C*H*W]"
)


@st.composite
def networks(draw: st.DrawFn) -> str:
    """Return a network of maps of one size, whose values are read more than once."""
    nodes, edges = ["image: Input"], []
    names = ["image"]
    for number in range(draw(st.integers(2, 8))):
        name = f"n{number}"
        sources = draw(st.lists(st.sampled_from(names), min_size=1, max_size=2))
        label = draw(st.sampled_from(["Sum", "Mul", "Sum ReLU"]))
        if len(sources) == 1:
            label = draw(st.sampled_from(LABELS))
        nodes.append(f"{name}: {label}")
        edges += [f"- {source} -> {name}: 6*7*7" for source in sources]
        names.append(name)
    return spec("\n".join(nodes), "\n".join(edges), modules=MODULES)


@given(networks())
@settings(
    max_examples=60,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
def test_all_values_are_those_of_the_trained_network(text: str) -> None:
    trained, rewritten = pair(text)
    given_ = image(6, 7, 7)
    kept = given_.clone()
    with torch.no_grad():
        wanted = trained(given_)
        for _ in range(2):
            torch.testing.assert_close(rewritten(given_), wanted, rtol=1e-9, atol=1e-9)
    assert torch.equal(given_, kept)


# Channels last


def test_maps_have_their_channels_last_throughout() -> None:
    _, rewritten = pair(ROW)
    seen: list[bool] = []

    def look(_: nn.Module, __: object, result: Tensor) -> None:
        seen.append(result.is_contiguous(memory_format=torch.channels_last))

    for layer in rewritten.children():
        layer.register_forward_hook(look)
    rewritten(image(3, 8, 8))
    assert seen == [True] * 3
    weight = rewritten.get_parameter("conv.weight")
    assert weight.is_contiguous(memory_format=torch.channels_last)


def test_weights_that_are_loaded_keep_the_layout() -> None:
    _, rewritten = pair(ROW.replace("k=1", "k=3 p=1"))
    fresh = load(inference(ROW.replace("k=1", "k=3 p=1"))).Net()
    fresh.load_state_dict(
        {key: each.contiguous() for key, each in rewritten.state_dict().items()}
    )
    assert fresh.conv.weight.is_contiguous(memory_format=torch.channels_last)


def test_a_network_without_maps_says_nothing_of_layouts() -> None:
    text = spec("tokens: Input\nfc: Linear 4 ReLU", "- tokens -> fc: 5*8")
    assert "memory_format" not in inference(text)


def test_an_input_that_not_only_a_convolution_reads_is_laid_out_once() -> None:
    line = "image.contiguous(memory_format=torch.channels_last)"
    pooled = spec(
        "image: Input\npool: MaxPool 2\nconv: Conv 3 k=1",
        "- image -> pool -> conv: [3*8*8, _]",
    )
    assert forward(pooled)[:2] == [f"x = {line}", "x = self.pool(x)"]
    read_twice = spec(
        "image: Input\nconv: Conv 3 k=1\nmul: Mul",
        "- image -> conv -> mul: [3*8*8, _]\n- image -> mul",
    )
    assert forward(read_twice)[0] == f"image = {line}"


def test_an_input_that_is_no_map_stays_as_it_is() -> None:
    text = spec(
        "image: Input\nscale: Input\nconv: Conv 3 k=1 Flatten\nmul: Mul",
        "- image -> conv -> mul: [3*8*8, _]\n- scale -> mul: 192",
    )
    assert "memory_format" not in "".join(forward(text))


# What nobody needs is freed

BRANCHES = spec(
    """
    image: Input
    left: Conv 4 k=1
    right: Conv 5 k=1
    concat: DepthConcat
    project: Conv 3 k=1
    sum: Sum
    act: Sigmoid
    """,
    """
    - image -> left -> concat: [3*8*8, _]
    - image -> right -> concat
    - concat -> project -> sum -> act
    - image -> sum
    """,
)


def test_a_value_is_deleted_when_its_last_reader_is_done() -> None:
    assert forward(BRANCHES) == [
        "image = image.contiguous(memory_format=torch.channels_last)",
        "left = self.left(image)",
        "right = self.right(image)",
        "y = torch.cat([left, right], dim=1)",
        "del left, right",
        "y = self.project(y)",
        "x = y + image",
        "del y, image",
        "return torch.sigmoid(x)",
    ]


def test_the_parts_of_a_split_are_deleted_together() -> None:
    text = spec(
        """
        image: Input
        split: Conv 4 k=1, Split 2
        left: ReLU
        right: Sigmoid
        join: Concat
        act: Tanh
        end: Tanh
        """,
        """
        - image -> split: 3*8*8
        - split.0 -> left -> join -> act -> end
        - split.1 -> right -> join
        """,
    )
    deleted = [line for line in forward(text) if line.startswith("del ")]
    assert deleted[0] == "del split_0, split_1"


def test_the_file_for_training_has_none_of_this() -> None:
    text = code(BRANCHES)
    assert "del " not in text
    assert "memory_format" not in text
