"""Texts that are read apart from their place, and the places of their parts."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from notation import SIGNS

from graphc.diagnostics import Sink
from graphc.lang import (
    Binary,
    ShapeText,
    TermText,
    apart,
    parse_dim,
    parse_label,
    parse_shape,
    placed_term,
    walk,
)
from graphc.source import Fragment, Source, Span

WORDS = st.sampled_from(
    ["Conv", "BN", "n", "x", "64", "k=3", "p=[0,3]", "(n+1)//2", "-1", "2 x", ",", " "]
)
LABELS = st.lists(WORDS, max_size=7).map(" ".join) | SIGNS
SHAPES = SIGNS | st.sampled_from(
    ["3*299*299", " 64 ", "(4*w)*H*_", "[C, H//2, (W)]", "3x224x224", "(C, H,)", "-(n)"]
)


def scattered(text: str) -> Fragment:
    """Return a text of which every character is written as two."""
    source = Source("spec", "key: " + "".join(f"\\{letter}" for letter in text))
    offsets = tuple(range(5, 5 + 2 * len(text) + 1, 2))
    return Fragment(text, Span(source, 5, 5 + 2 * len(text)), offsets)


def plain(text: str) -> Fragment:
    """Return a text that stands behind five characters of something else."""
    return Fragment(text, Span(Source("spec", f"key: {text}"), 5, 5 + len(text)))


def label(fragment: Fragment) -> tuple[TermText, ...] | None:
    return parse_label(
        fragment, {"Conv", "BN"}.__contains__, {"n"}.__contains__, Sink()
    )


def places(term: TermText) -> list[Span]:
    """Return every place in a term."""
    values = [argument.value for argument in term.arguments]
    values += [] if term.repeat is None else [term.repeat]
    return [
        term.span,
        term.name_span,
        *(one.span for one in term.arguments),
        *(one.key_span for one in term.arguments if one.key_span is not None),
        *(part.span for value in values for part in walk(value)),
    ]


@pytest.mark.parametrize("put", [plain, scattered])
@given(text=LABELS)
def test_a_term_put_in_its_place_is_as_if_read_there(
    put: Callable[[str], Fragment], text: str
) -> None:
    here = put(text)
    terms, read = label(apart(text)), label(here)
    assert (terms is None) == (read is None)
    for term, there in zip(terms or (), read or (), strict=True):
        placed = placed_term(term, here)
        assert placed == there
        assert places(placed) == places(there)


@given(SHAPES)
def test_each_dim_of_a_size_has_its_own_text(text: str) -> None:
    shape = parse_shape(plain(text), Sink())
    for dim in shape.dims if shape is not None else ():
        assert parse_dim(plain(dim.span.text), Sink()) == dim
        parts = walk(dim) if isinstance(dim, Binary) else ()
        assert all(part.span.text for part in parts)


@given(SHAPES)
def test_the_places_of_a_size_are_those_of_its_letters(text: str) -> None:
    here, there = (parse_shape(put(text), Sink()) for put in (plain, scattered))
    for one, other in zip(dims(here), dims(there), strict=True):
        assert other.start - 5 == 2 * (one.start - 5)
        assert other.end - 5 == 2 * (one.end - 5)


@given(st.lists(st.integers(-1, 10**19), min_size=1, max_size=5))
def test_a_product_of_integers_is_read_as_the_list_of_them(sizes: list[int]) -> None:
    product = parse_shape(plain("*".join(map(str, sizes))), Sink())
    listed = parse_shape(plain(f"[{', '.join(map(str, sizes))}]"), Sink())
    assert product == listed
    if product is not None:
        assert [dim.span.text for dim in product.dims] == [*map(str, sizes)]
        assert product.form.sizes == (*sizes,)


def dims(shape: ShapeText | None) -> list[Span]:
    return [] if shape is None else [shape.span, *(dim.span for dim in shape.dims)]


def test_sizes_of_one_text_share_what_they_say_and_not_where() -> None:
    first, second = (Fragment("8*9", Span(Source("s", "8*9"), 0, 3)) for _ in range(2))
    one, two = parse_shape(first, Sink()), parse_shape(second, Sink())
    assert one is not None
    assert two is not None
    assert one.form is two.form
    assert one.form.sizes == (8, 9)
    assert one.span.source is first.span.source
    assert two.dims[0].span.source is second.span.source


def test_a_text_at_fault_is_reported_at_each_place() -> None:
    found = Sink()
    for _ in range(2):
        assert parse_shape(plain("8*?"), found) is None
    spans = [one.place.span for one in found.sorted() if one.place is not None]
    assert [(span.text, span.start) for span in spans] == [("?", 7), ("?", 7)]
    assert spans[0].source is not spans[1].source
