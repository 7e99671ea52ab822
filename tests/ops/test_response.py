import pytest
from differential import FEW, agrees, agrees_backwards, inferred
from hypothesis import given
from hypothesis import strategies as st
from images import Options, Shape, problem, written

from graphc.diagnostics import Code

SIZES = st.integers(1, 6)


@FEW
@given(
    source=st.lists(SIZES, min_size=1, max_size=5).map(tuple),
    size=st.integers(0, 7),
    alpha=st.sampled_from([1e-4, 0.5]),
    k=st.sampled_from([1.0, 2.0]),
)
def test_local_response_normalization_is_as_in_pytorch(
    source: Shape, size: int, alpha: float, k: float
) -> None:
    agrees("LRN", source, device="cpu", size=size, alpha=alpha, k=k)


@FEW
@given(data=st.data(), channels=SIZES)
def test_local_response_normalization_is_found_from_what_is_known(
    data: st.DataObject, channels: int
) -> None:
    agrees_backwards(data, "LRN", (channels, 5, 3))


def test_channels_alone_are_refused() -> None:
    told = "`LRN` takes channels and at least one axis, not 8"
    assert problem(inferred("LRN", (8,))) == (Code.GC303, told)


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({}, "nn.LocalResponseNorm(5)"),
        ({"n": 3, "k": 2.0}, "nn.LocalResponseNorm(3, k=2.0)"),
    ],
)
def test_it_is_written_as_a_person_would(options: Options, text: str) -> None:
    assert written("LRN", (8, 9, 9), **options) == text
