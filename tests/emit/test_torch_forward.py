"""The lines of ``forward``: what stands in one, and what values are called."""

import pytest

from graphc.verify import verify
from tests.torch_specs import body, code, loaded, sized, spec

BLOCK = spec(
    """
    image: Input
    conv1: Conv 3 k=3 p=1 bias=false
    bn1: BN ReLU
    conv2: Conv 3 k=1
    bn2: BN
    sum: Sum ReLU
    """,
    """
    - image -> conv1 -> bn1 -> conv2 -> bn2 -> sum: [3*8*8, _, _, _, _]
    - image -> sum
    """,
)


def forward(text: str) -> list[str]:
    """Return the lines of the model's ``forward``, without their comments."""
    written = body(text, "Net").partition("def forward")[2].splitlines()[1:]
    return [line.partition("  #")[0].strip() for line in written]


def test_a_norm_stands_in_the_line_of_its_layer() -> None:
    assert forward(BLOCK) == [
        "y = F.relu(self.bn1(self.conv1(image)))",
        "y = self.bn2(self.conv2(y))",
        "return F.relu(y + image)",
    ]


@pytest.mark.parametrize(
    ("change", "by"),
    [
        ("conv1: Conv 3 k=3 p=1 bias=false", "conv1: Conv 3 k=3 p=1 ReLU"),
        ("bn1: BN ReLU", "bn1: ReLU BN"),
        ("bn1: BN ReLU", "bn1: Dropout 0.1"),
        ("- image -> sum", "- image -> sum\n  - conv1 -> sum"),
    ],
)
def test_it_does_not_where_something_comes_between(change: str, by: str) -> None:
    lines = forward(BLOCK.replace(change, by))
    assert not any("self.conv1(image))" in line and "bn1" in line for line in lines)


def test_it_does_not_where_a_line_has_no_room() -> None:
    long = "a_convolution_with_a_name_of_its_own"
    lines = code(BLOCK.replace("conv1", long).replace("bn1", f"norm_of_{long}"))
    assert f"self.{long}(image)" in lines
    assert f"(self.{long}(image)" not in lines
    assert all(len(line) <= 88 for line in lines.splitlines())


def test_every_value_is_observed_by_itself() -> None:
    report = verify(sized(BLOCK))
    assert (report.compared, report.mismatches) == (6, ())


def test_a_node_called_y_keeps_its_name() -> None:
    lines = forward(BLOCK.replace("conv2", "y"))
    assert lines[1] == "bn2 = self.bn2(self.y(bn2))"


def test_ways_into_a_join_of_three_keep_their_names() -> None:
    text = spec(
        """
        image: Input
        a1: Conv 4 k=1
        a2: Conv 4 k=1
        b: Conv 4 k=1
        c: Conv 4 k=1
        concat: Concat
        """,
        """
        - image -> a1 -> a2 -> concat: [3*8*8, _, _]
        - image -> b -> concat
        - image -> c -> concat
        """,
    )
    assert forward(text)[:2] == ["a2 = self.a1(image)", "a2 = self.a2(a2)"]
    assert loaded(text).Net()
