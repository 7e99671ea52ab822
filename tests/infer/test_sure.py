"""A wrong size is put right only where nothing else can be wrong."""

import random
import re
from pathlib import Path

import pytest
from checking import check_text, only

from graphc.fix import applied

SPEC = Path(__file__).parents[2] / "specs" / "irv1.yaml"
TEXT = SPEC.read_text(encoding="utf-8")
_SIZE = re.compile(r"-> \w+: (\d+(?:\*\d+)*)$", re.MULTILINE)


def dims() -> list[tuple[int, int]]:
    """Return where the numbers of all sizes stand."""
    return [
        (size.start(1) + dim.start(), size.start(1) + dim.end())
        for size in _SIZE.finditer(TEXT)
        for dim in re.finditer(r"\d+", size[1])
    ]


@pytest.mark.parametrize("seed", range(3))
def test_a_number_that_was_broken_is_put_right_or_left(seed: int) -> None:
    """It never becomes a third one, and most are put right."""
    choice = random.Random(seed)
    right = 0
    places = choice.sample(dims(), 12)
    for start, end in places:
        number = int(TEXT[start:end]) + choice.choice([-1, 1, 2, 7])
        broken = f"{TEXT[:start]}{max(number, 1)}{TEXT[end:]}"
        if broken == TEXT:
            continue
        edits = [edit for one in check_text(broken).findings for edit in one.fixes]
        assert applied(broken, edits) in ({TEXT} if edits else {broken})
        right += bool(edits)
    assert right > len(places) // 2


BASE = """\
graphc: 1
model: Case
nodes: {image: Input, conv: Conv 64 k=3 s=2, act: ReLU, next: Conv 8 k=1}
edges:
  - image -> conv: 3*147*147
  - conv -> act: 64*74*74
"""


def test_a_size_is_wrong_if_the_next_one_agrees_with_the_node() -> None:
    found = only(BASE + "  - act -> next: 64*73*73\n")
    assert applied(BASE, found.fixes) == BASE.replace("74*74", "73*73")


def test_with_nothing_behind_it_the_node_may_be_wrong() -> None:
    assert only(BASE + "  - act -> next\n").fixes == ()


def test_two_sizes_against_one_node_are_no_mistake_of_theirs() -> None:
    assert only(BASE + "  - act -> next: 64*74*74\n").fixes == ()


PARAMETERS = """\
graphc: 1
model: Case
params: {width: 64}
nodes: {image: Input, conv: Conv 32 k=1, act: ReLU, next: Conv 8 k=1}
edges:
  - image -> conv: 3*9*9
  - conv -> act: WRITTEN*9*9
  - act -> next: 32*9*9
"""


@pytest.mark.parametrize(("dim", "fixed"), [("64", True), ("width", False)])
def test_a_parameter_is_left_to_its_author(dim: str, *, fixed: bool) -> None:
    assert bool(only(PARAMETERS.replace("WRITTEN", dim)).fixes) is fixed


def test_a_size_for_every_input_is_put_right_as_an_expression() -> None:
    text = """\
graphc: 1
model: Case
nodes: {image: Input, conv: Conv 8 k=3 s=2, act: ReLU, next: Conv 8 k=1}
edges:
  - image -> conv: 3*H*W
  - conv -> act: 8*(H + 1)*((W - 1)//2)
  - act -> next: 8*((H - 1)//2)*((W - 1)//2)
"""
    found = only(text)
    assert applied(text, found.fixes) == text.replace("(H + 1)", "((H - 1)//2)")
