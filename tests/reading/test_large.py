"""Texts made to be large, deep or endless: each takes few steps, little memory."""

import tracemalloc
from collections.abc import Callable

import pytest
from composing import PARSERS, composed, plain, sound
from steps import growth

from graphc.diagnostics import Code
from graphc.reading import COPY_LIMIT, DEPTH_LIMIT, Mapping, Sequence

LONG: dict[str, Callable[[int], str]] = {
    "nodes": lambda n: "".join(f"conv{i}: Conv k=3\n" for i in range(n)),
    "flow": lambda n: f"[{', '.join(f'a{i} -> b' for i in range(n))}]",
    "same key": lambda n: "a: 1\n" * n,
    "quoted": lambda n: '- "\\u00e9 x"\n' * n,
    "empty": lambda n: "".join(f"a{i}:  # c\n" for i in range(n)),
    "comments": lambda n: "a:\n" + "# c\n" * n + "  b\n",
    "block": lambda n: "a: |\n" + "  line\n" * n,
    "folded": lambda n: "a: >\n" + "  line\n" * n,
    "blank block": lambda n: "a: |\n" + "\n" * n,
    "folded plain": lambda n: "a:\n" + "  line\n" * n,
    "blanks": lambda n: f'a: "{" " * n}x"\nb: x{" " * n}y\n',
    "aliases": lambda n: "a: &a {x: 1}\nb:\n" + "- *a\n" * n,
    "merges": lambda n: "a: &a {x: 1}\nb:\n" + "- {<<: *a}\n" * n,
    "unknown": lambda n: "".join(f"- &a{i} 1\n- *b{i}\n" for i in range(n)),
    "tags": lambda n: "- !t &x 1\n" * n,
    "forbidden": lambda n: "a: " + "\x07" * n,
}


@pytest.mark.parametrize("make", LONG.values(), ids=LONG)
def test_ten_times_the_text_takes_ten_times_the_steps(
    make: Callable[[int], str],
) -> None:
    assert growth(composed, make(300), make(3_000)) < 12


def test_a_hundred_thousand_entries() -> None:
    text = "".join(f"conv{i}: Conv k=3\n" for i in range(100_000))
    node = sound(text)
    assert isinstance(node, Mapping)
    assert [entry.name for entry in node.entries] == [
        f"conv{i}" for i in range(100_000)
    ]


@pytest.mark.parametrize("pure", PARSERS, ids=["libyaml", "pure"])
@pytest.mark.parametrize("opener", ["[", "- ", "{a: ", "? ", "[\n", "? - "])
@pytest.mark.parametrize("times", [900, 20_000])
def test_deep_nesting(opener: str, times: int, *, pure: bool) -> None:
    result = composed(opener * times, pure=pure)
    assert result.node is None
    found = result.only()
    assert found.code is Code.GC012
    assert found.place is not None
    depth = DEPTH_LIMIT // (2 if opener == "? - " else 1)
    assert found.place.span.start == len(opener) * depth


def test_nesting_by_aliases_counts_too() -> None:
    text = "a0: &a0 []\n" + "".join(f"a{i}: &a{i} [*a{i - 1}]\n" for i in range(1, 100))
    found = composed(text).found
    assert found[0].code is Code.GC012
    assert found[0].place is not None
    assert found[0].place.span.first.line == DEPTH_LIMIT


def bomb(levels: int, width: int) -> str:
    rows = ["a0: &a0 [x]\n"]
    for i in range(1, levels + 1):
        copies = ", ".join([f"*a{i - 1}"] * width)
        rows.append(f"a{i}: &a{i} [{copies}]\n")
    return "".join(rows)


@pytest.mark.parametrize("text", [bomb(9, 9), bomb(50, 2), bomb(20, 1000)])
def test_an_alias_bomb_is_told_once_and_not_set_off(text: str) -> None:
    tracemalloc.start()
    found = composed(text).only()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found.code is Code.GC013
    assert found.message == f"the aliases stand for more than {COPY_LIMIT:,} nodes"
    assert peak < 50 * len(text) + 30_000_000


def test_a_merge_bomb() -> None:
    keys = ", ".join(f"k{i}: 1" for i in range(1000))
    result = composed(f"a: &a {{{keys}}}\nb:\n" + "- {<<: *a}\n" * 1000)
    assert result.only().code is Code.GC013


def test_aliases_within_the_bound_are_followed() -> None:
    node = sound("- &a [1, 2]\n" + "- *a\n" * (COPY_LIMIT // 3))
    assert isinstance(node, Sequence)
    assert all(item is node.items[0] for item in node.items)


def test_a_number_of_a_million_digits() -> None:
    assert composed(f"a: {'9' * 1_000_000}\n").found == ()


@pytest.mark.parametrize("pure", PARSERS, ids=["libyaml", "pure"])
def test_signs_of_comments_behind_a_key_without_a_value(*, pure: bool) -> None:
    signs = "#" * 50_000
    text = f"? a\n{signs}\n{signs}\nb: 1\n"
    assert plain(sound(text, pure=pure)) == {"a": None, "b": 1}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("x\na{blanks}b: [\n", "a key stands where the text above it goes on"),
        ("a: b{blanks}c: d\n", "an unquoted value holds a `:` followed by a blank"),
    ],
)
def test_many_blanks_in_a_faulty_line(text: str, told: str) -> None:
    found = composed(text.format(blanks=" " * 100_000)).found
    assert told in [one.message for one in found]
