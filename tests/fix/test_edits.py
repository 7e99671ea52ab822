import pytest

from graphc.diagnostics import Edit
from graphc.fix import applied, difference
from graphc.source import Source, Span


def edit(text: str, start: int, end: int, new: str) -> Edit:
    return Edit(Span(Source("a.yaml", text), start, end), new)


def test_edits_are_made_wherever_they_stand_in_the_list() -> None:
    text = "a: 64*74*74\r\nb"
    last, first = edit(text, 9, 11, "73"), edit(text, 0, 1, "conv")
    assert applied(text, [last, first]) == "conv: 64*74*73\r\nb"


def test_an_insertion_replaces_nothing() -> None:
    assert applied("a -> b  # c", [edit("", 6, 6, ": 8*9")]) == "a -> b: 8*9  # c"


def test_an_edit_that_is_given_twice_is_made_once() -> None:
    assert applied("ab", [edit("", 1, 1, "-"), edit("", 1, 1, "-")]) == "a-b"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((0, 2, "x"), (1, 3, "y")),
        ((1, 1, "x"), (1, 1, "y")),
        ((1, 2, "x"), (1, 2, "y")),
    ],
)
def test_edits_of_one_place_are_refused(
    one: tuple[int, int, str], other: tuple[int, int, str]
) -> None:
    assert applied("abcd", [edit("", *one), edit("", *other)]) is None


def test_a_difference_is_told_as_diff_does() -> None:
    told = difference("a.yaml", "one\ntwo\nlast", "one\n2\nlast")
    assert told == (
        "--- a.yaml\n+++ a.yaml\n@@ -1,3 +1,3 @@\n one\n-two\n+2\n last\n"
        "\\ No newline at end of file\n"
    )


def test_nothing_differs_in_equal_texts() -> None:
    assert difference("a.yaml", "one\r\n", "one\r\n") == ""
