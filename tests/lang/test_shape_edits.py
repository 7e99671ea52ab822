import pytest

from graphc.diagnostics import Sink
from graphc.fix import applied
from graphc.lang import Size, parse_shape, shape_edits, shape_with, symbol
from graphc.source import Fragment, Source, Span

H = symbol("H")


def rewritten(text: str, *sizes: Size | None) -> str | None:
    """Return a size in the text after its dims are written anew."""
    sink = Sink()
    shape = parse_shape(Fragment(text, Span(Source("a", text), 0, len(text))), sink)
    assert shape is not None
    assert sink.sorted() == ()
    edits = shape_edits(shape, sizes)
    return applied(text, edits) if edits else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("64*74*74", "64*73*73"),
        ("64 * 74*74", "64 * 73*73"),
        ("64x74x74", "64x73x73"),
        ("64@74x74", "64@73x73"),
        ("64 \u00d7 74 \u00d7 74", "64 \u00d7 73 \u00d7 73"),
        ("[64, 74,74]", "[64, 73,73]"),
        ("(64, 74, 74,)", "(64, 73, 73,)"),
        ("(4*16)*74*74", "(4*16)*73*73"),
        ("C*74*(W//2)", "C*73*73"),
    ],
)
def test_only_the_dims_that_change_are_written(text: str, expected: str) -> None:
    assert rewritten(text, None, 73, 73) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("64*9", "64*((H - 1)//2)"),
        ("[64, 9]", "[64, (H - 1)//2]"),
        ("64x9", "64*((H - 1)//2)"),
        ("64@9", "64*((H - 1)//2)"),
    ],
)
def test_a_calculation_stands_where_the_notation_takes_one(
    text: str, expected: str
) -> None:
    half = (H - 1) // 2
    assert rewritten(text, None, half) == expected


@pytest.mark.parametrize(
    ("text", "sizes", "expected"),
    [
        ("64*9", (64, 9, 9), "64*9*9"),
        ("64x9", (64, 9, 9), "64x9x9"),
        ("64@9x9", (64, 9), "64@9"),
        ("[64, 9, 9]", (64, 81), "[64, 81]"),
        ("(64, 9)", (64, 9, 9), "(64, 9, 9)"),
        ("576", (64, 3, 3), "64*3*3"),
        ("64*3*3", (576,), "576"),
        ("64x9", (64, H, 9), "64*H*9"),
    ],
)
def test_another_rank_is_written_with_the_same_signs(
    text: str, sizes: tuple[Size, ...], expected: str
) -> None:
    assert rewritten(text, *sizes) == expected


def test_another_rank_needs_all_sizes() -> None:
    assert rewritten("64*9", 64, None, 9) is None


def test_a_size_is_told_as_a_product() -> None:
    assert shape_with((64, None, H // 2, H)) == "64*_*(H//2)*H"
