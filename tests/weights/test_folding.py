"""Entries of a map say of every key what they were made from, however few they are."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphc.weights.fold import Entry, fold, map_of

WORDS = st.sampled_from(["a", "b", "layer", "x1", "block"])
PARTS = st.one_of(WORDS, st.integers(0, 4).map(str))
KEYS = st.lists(PARTS, min_size=1, max_size=3).map(
    lambda parts: ".".join([*parts, "w"])
)


def _all_hold(renamed: dict[str, str]) -> bool:
    known = map_of(fold(renamed))
    return known is not None and all(
        known.given(key) == to for key, to in renamed.items()
    )


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(KEYS, KEYS, max_size=14))
def test_any_renaming(renamed: dict[str, str]) -> None:
    assert _all_hold(renamed)


@settings(max_examples=200, deadline=None)
@given(
    st.sets(KEYS, max_size=20),
    st.integers(0, 3),
    st.integers(1, 3),
    st.sets(st.integers(0, 19), max_size=3),
)
def test_regular_renamings_with_exceptions(
    keys: set[str], shift: int, factor: int, others: set[int]
) -> None:
    renamed = {
        key: re.sub(r"\d+", lambda at: str(factor * int(at[0]) + shift), key)
        for key in sorted(keys)
    }
    for number, key in enumerate(renamed):
        if number in others:
            renamed[key] = f"other{number}.w"
    assert _all_hold(renamed)


@pytest.mark.parametrize(
    ("pairs", "entries"),
    [
        ({"a.w": "a.w", "b.w": "b.w"}, []),
        ({"a.w": "m.a.w", "a.b": "m.a.b"}, [("a", "m.a")]),
        ({f"a.{i}.w": f"b{i + 1}.w" for i in range(12)}, [("a.{i}", "b{i+1}")]),
        ({f"a.{i}.w": f"b.{2 * i + 1}.w" for i in range(3)}, [("a.{i}", "b.{2*i+1}")]),
        ({f"a.{i + 1}.w": f"b.{i}.w" for i in range(3)}, [("a.{i}", "b.{i-1}")]),
        (
            {f"a{i}.{j}.w": f"a{i}.b{j + 1}.w" for i in (1, 2) for j in range(3)},
            [("a{i}.{j}", "a{i}.b{j+1}")],
        ),
        (
            {f"a{i}.{j}.w": f"a.{3 * i + j}.w" for i in (1, 2) for j in range(3)},
            [("a1.{i}", "a.{i+3}"), ("a2.{i}", "a.{i+6}")],
        ),
        (
            {"a.0.w": "b.0.w", "a.1.w": "a.1.w", "a.2.w": "b.2.w"},
            [("a.0", "b.0"), ("a.2", "b.2")],
        ),
    ],
)
def test_how_entries_are_written(
    pairs: dict[str, str], entries: list[tuple[str, str]]
) -> None:
    assert fold(pairs) == tuple(Entry(own, to) for own, to in entries)
