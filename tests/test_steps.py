"""The measure that tests of growth rely on tells ten times from a hundred times."""

from collections.abc import Callable

import pytest
from steps import growth, steps


def each_once(count: int) -> int:
    return sum(number for number in range(count))


def each_with_all_before(count: int) -> int:
    return sum(each_once(number) for number in range(count))


def each_and_a_few_before(count: int) -> int:
    return sum(each_once(20 + number // 50) for number in range(count))


def test_ten_times_the_work_takes_ten_times_the_steps() -> None:
    assert 9 < growth(each_once, 200, 2000) < 11


@pytest.mark.parametrize("work", [each_with_all_before, each_and_a_few_before])
def test_work_that_grows_faster_takes_more(work: Callable[[int], int]) -> None:
    assert growth(work, 100, 1000) > 12


def test_the_steps_are_the_same_each_time() -> None:
    assert steps(each_once, 50) == steps(each_once, 50) > 50
