import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphc.diagnostics import nearest
from graphc.diagnostics.suggest import distance

OPS = ("Input", "Output", "Conv", "ConvTranspose", "MaxPool", "AvgPool", "BN")
OPS += ("LayerNorm", "GroupNorm", "Linear", "Flatten", "Sum", "Mul", "Sub", "Concat")
OPS += ("DepthConcat", "ReLU", "LeakyReLU", "Softmax", "LogSoftmax", "Dropout", "Pad")

NAMES = st.text("abcAB_1", max_size=8)


@pytest.mark.parametrize(
    ("name", "choice"),
    [
        ("Cnov", "Conv"),
        ("conv", "Conv"),
        ("Conv2d", "Conv"),
        ("ConvTranspose2d", "ConvTranspose"),
        ("TransposeConv", "ConvTranspose"),
        ("Maxpol", "MaxPool"),
        ("PoolMax", "MaxPool"),
        ("max_pool", "MaxPool"),
        ("Relu", "ReLU"),
        ("leaky_relu", "LeakyReLU"),
        ("SoftMax", "Softmax"),
        ("BatchNorm", "BN"),
        ("BatchNorm2d", "BN"),
        ("LN", "LayerNorm"),
        ("Droput", "Dropout"),
        ("Lineer", "Linear"),
        ("Depth-Concat", "DepthConcat"),
    ],
)
def test_a_slip_gets_the_op_that_was_meant(name: str, choice: str) -> None:
    assert nearest(name, OPS) == choice


@pytest.mark.parametrize(
    "name",
    ["", "x", "q", "in", "Transformer", "Quux", "out", "fc", "__", "Fad", "日本"],
)
def test_a_strange_name_gets_none(name: str) -> None:
    assert nearest(name, OPS) is None


def test_short_arguments_are_never_guessed() -> None:
    assert nearest("q", ["k", "s", "p", "d", "g"]) is None
    assert nearest("ks", ["k", "s", "kw"]) is None
    assert nearest("K", ["k", "s"]) == "k"


def test_words_of_a_longer_name() -> None:
    assert nearest("kernel_size", ["kernel", "stride"]) == "kernel"
    assert nearest("reduction_a_proj", ["stem", "reduction_a"]) == "reduction_a"


def test_ties_go_to_the_same_first_letter_then_to_the_earlier() -> None:
    assert nearest("conv_6", ["conv_4", "conv_5"]) == "conv_4"
    assert nearest("bars", ["cars", "bats"]) == "bats"


def test_the_nearest_is_found_among_thousands() -> None:
    choices = [f"inception_a_{number}" for number in range(5000)]
    assert nearest("incpetion_a_77", choices) == "inception_a_77"
    assert nearest("x" * 100_000, choices) is None


@pytest.mark.parametrize(
    ("a", "b", "slips"),
    [
        ("", "", 0),
        ("", "ab", 2),
        ("ab", "ba", 1),
        ("cnov", "conv", 1),
        ("ca", "abc", 3),
    ],
)
def test_distance_counts_slips(a: str, b: str, slips: int) -> None:
    assert distance(a, b, 9) == slips
    assert distance(a, b, slips - 1) is None


@settings(max_examples=200)
@given(NAMES, NAMES, st.integers(0, 8))
def test_distance_is_symmetric_and_the_limit_only_hides(a: str, b: str, n: int) -> None:
    full = distance(a, b, 99)
    assert full is not None
    assert distance(b, a, 99) == full
    assert distance(a, b, n) == (full if full <= n else None)


@settings(max_examples=200)
@given(NAMES, st.lists(NAMES, max_size=6))
def test_a_suggestion_is_one_of_the_choices(name: str, choices: list[str]) -> None:
    found = nearest(name, choices)
    assert found is None or found in choices
    if name.strip("_") and name in choices:
        assert found is not None
        assert found.replace("_", "").casefold() == name.replace("_", "").casefold()
