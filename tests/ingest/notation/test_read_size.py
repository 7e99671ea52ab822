import pytest
from hypothesis import given
from hypothesis import strategies as st
from places import is_placed, scattered, written

from graphc.diagnostics import Sink
from graphc.ingest.notation import SizeReading, read_size
from graphc.lang import parse_shape
from graphc.source import Fragment

AS_WRITTEN = [
    ("3*224*224", "3*224*224"),
    ("3x224x224", "3*224*224"),
    ("3X224X224", "3*224*224"),
    ("3\u00d7224\u00d7224", "3*224*224"),
    ("3 \u00b7 224 \u00b7 224", "3*224*224"),
    (" 3 x 224 x 224\n", "3*224*224"),
    ("8@28x28", "8*28*28"),
    ("8 @ 28 x 28", "8*28*28"),
    ("(8@28x28)", "8*28*28"),
    ("[8 x 28 x 28]", "8*28*28"),
    ("8, 28, 28", "8*28*28"),
    ("tensor<256x27>", "256*27"),
    ("tensor<256x27xf32>", "256*27"),
    ("96", "96"),
    ("(96)", "96"),
    ("(96,)", "96"),
    ("96-dim", "96"),
    ("96-d", "96"),
    ("96d", "96"),
    ("96 features", "96"),
    ("output size: 96", "96"),
    ("Out shape = (8, 28, 28)", "8*28*28"),
    ("\U0001f4ca Output: 7 x 96", "7*96"),
    ("(seq_len, 96)", "seq_len*96"),
    ("(2*C)*(H//2)*W", "(2*C)*(H//2)*W"),
    ("_*28*28", "_*28*28"),
]
BATCHES = [
    ("[B, 8, 28, 28]", "8*28*28"),
    ("(None, 96)", "96"),
    ("(-1, 96)", "96"),
    ("(?, 8, ?, ?)", "8*_*_"),
    ("[batch_size, 7, 96]", "7*96"),
    ("N x 96", "96"),
    ("torch.Size([1, 8, 28, 28])", "8*28*28"),
    ("torch.Size([7, 96])", "7*96"),
]
MARKED = [
    ("[B, 8, H, W]", "8*H*W"),
    ("[N,C,H,W]", "C*H*W"),
    ("BxCxHxW", "C*H*W"),
    ("28x28x8 HWC", "8*28*28"),
    ("28x28x8 (channels last)", "8*28*28"),
    ("HWC: 28x28x8", "8*28*28"),
    ("(16, 28, 28, 8) NHWC", "8*28*28"),
    ("(16, 8, 28, 28) NCHW", "8*28*28"),
    ("CHW 8x28x28", "8*28*28"),
    ("(H, W, 8)", "8*H*W"),
    ("28x28 pixels", "_*28*28"),
    ("28x28 RGB image", "3*28*28"),
    ("28x28x3 RGB", "3*28*28"),
    ("28x28 grayscale", "1*28*28"),
]
NO_SIZES = [
    "", " ", "yes", "No", "x", "2x", "x2", "x * y is done", "read*write", "is x cat",
    "100,480", "1,792", "0", "8*0*28", "1.5", "10%", "3 of 4", "step 2", "3 times",
    "f(x) = 3", "96 -> 10", "[8, 28", "8 28 28", "W: (784x128)", "Output", "Shape:",
    "NHWC", "size", "8x", "(8x28)x", "<8>8", "9" * 300,
]  # fmt: skip


def _read(text: str) -> SizeReading:
    reading = read_size(written(text))
    assert reading is not None, text
    return reading


@pytest.mark.parametrize(("text", "size"), AS_WRITTEN)
def test_a_size_is_read(text: str, size: str) -> None:
    assert _read(text).fragment.text == size


@pytest.mark.parametrize(("text", "size"), BATCHES)
def test_a_batch_is_left_out(text: str, size: str) -> None:
    assert _read(text).fragment.text == size


@pytest.mark.parametrize(("text", "size"), MARKED)
def test_a_text_tells_where_its_channels_are(text: str, size: str) -> None:
    reading = _read(text)
    assert reading.fragment.text == size
    assert reading.marked
    assert reading.last is None


@pytest.mark.parametrize("text", NO_SIZES)
def test_other_texts_are_no_sizes(text: str) -> None:
    assert read_size(written(text)) is None


def _text(fragment: Fragment | None) -> str | None:
    return fragment and fragment.text


@pytest.mark.parametrize(
    ("text", "size", "last", "without"),
    [
        ("28x28x8", "28*28*8", "8*28*28", None),
        ("(None, 28, 28, 8)", "28*28*8", "8*28*28", None),
        ("(1, 28, 28, 8)", "1*28*28*8", "8*28*28", "28*28*8"),
        ("(1, 28, 28)", "1*28*28", None, "28*28"),
        ("(1, 96)", "1*96", None, "96"),
        ("9x9x9", "9*9*9", None, None),
        ("7x96", "7*96", None, None),
    ],
)
def test_what_may_be_meant_too_is_told(
    text: str, size: str, last: str | None, without: str | None
) -> None:
    reading = _read(text)
    assert reading.fragment.text == size
    assert (_text(reading.last), _text(reading.without_first)) == (last, without)
    assert not reading.marked


def test_each_dim_has_its_place() -> None:
    text = written("shape: \u3008B, 64, 112, 56\u3009")
    size = _read(text.text).fragment
    start = size.text.index("112")
    assert size.slice(start, start + 3).text == "112"
    assert size.span.text == "64, 112, 56"


def test_turned_channels_leave_the_others_in_place() -> None:
    size = _read("28x14x8 HWC").fragment
    assert size.span.text == "28x14x8"[:5]
    assert size.slice(2, 4).text == "28"
    assert size.slice(5, 7).text == "14"


DIMS = st.one_of(
    st.integers(1, 9999).map(str), st.sampled_from(["_", "H", "W", "(2*C)", "(H//2)"])
)


@given(st.lists(DIMS, min_size=2, max_size=4).map("*".join))
def test_a_size_of_specs_reads_to_itself(size: str) -> None:
    fragment = written(size)
    printed = str(parse_shape(fragment, Sink()))
    reading = read_size(written(printed))
    assert reading is not None
    if not reading.marked:
        assert reading.fragment.text == printed


SIGNS = st.text(st.sampled_from("128x*@\u00d7,()[]<>_-? HWCBN:=\n\u3008\u3009"))


@given(SIGNS | st.text(max_size=30))
def test_any_text_is_read_or_not(text: str) -> None:
    for fragment in (written(text), scattered(text)):
        reading = read_size(fragment)
        if reading is not None:
            found = (reading.fragment, reading.last, reading.without_first)
            sizes = [size for size in found if size is not None]
            assert all(is_placed(size, fragment) for size in sizes)
            assert all(parse_shape(size, Sink()) is not None for size in sizes)
