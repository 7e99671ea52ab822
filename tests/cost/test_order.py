"""The order of tasks that holds the least, beside all orders there are."""

from collections.abc import Iterator, Sequence
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st
from steps import growth

from graphc.cost.order import Task, best_order, peak_of


@st.composite
def networks(draw: st.DrawFn, most: int = 7) -> list[Task]:
    """Return tasks that all but the kept ones are read of."""
    reads: list[tuple[int, ...]] = []
    for place in range(draw(st.integers(1, most))):
        known = st.sampled_from(range(place or 1))
        drawn = draw(st.lists(known, max_size=3, unique=True))
        reads.append(tuple(drawn) if place else ())
    read = {one for each in reads for one in each}
    tasks = []
    for place, each in enumerate(reads):
        result = draw(st.integers(0, 9))
        kept = place not in read or draw(st.integers(0, 5)) == 0
        tasks.append(Task(each, result + draw(st.integers(0, 9)), result, kept))
    return tasks


def allowed(tasks: Sequence[Task], order: Sequence[int]) -> bool:
    done: set[int] = set()
    for place in order:
        if not {*tasks[place].reads} <= done:
            return False
        done.add(place)
    return done == {*range(len(tasks))}


def every_order(tasks: Sequence[Task]) -> Iterator[tuple[int, ...]]:
    for order in permutations(range(len(tasks))):
        if allowed(tasks, order):
            yield order


@given(networks())
@settings(max_examples=200, deadline=None)
def test_no_order_has_a_lower_peak(tasks: list[Task]) -> None:
    order = best_order(tasks)
    assert allowed(tasks, order)
    assert peak_of(tasks, order) == min(
        peak_of(tasks, each) for each in every_order(tasks)
    )


@given(networks())
@settings(max_examples=100, deadline=None)
def test_the_best_order_stays_as_it_is(tasks: list[Task]) -> None:
    order = best_order(tasks)
    place = {old: new for new, old in enumerate(order)}
    again = []
    for old in order:
        task = tasks[old]
        reads = tuple(place[read] for read in task.reads)
        again.append(Task(reads, task.inner, task.result, task.kept))
    assert best_order(again) == tuple(range(len(tasks)))


def test_a_branch_that_leaves_little_goes_behind_one_that_needs_much() -> None:
    tasks = [
        Task((), 10, 10),  # read by both branches, and at the end
        Task((0,), 8, 8),
        Task((0,), 90, 90),
        Task((2,), 91, 1),
        Task((0, 1, 3), 9, 9, kept=True),
    ]
    order = best_order(tasks)
    assert order == (0, 2, 3, 1, 4)
    assert peak_of(tasks, order) == 10 + 90 + 91
    assert peak_of(tasks, range(5)) == 10 + 8 + 90 + 91


def wide(branches: int) -> list[Task]:
    """Return branches of two tasks, the first of which holds much, that are joined."""
    tasks = [Task((), 1, 1)]
    tasks += [Task((0,), 50, 50) for _ in range(branches)]
    tasks += [Task((1 + branch,), 1, 1) for branch in range(branches)]
    ends = tuple(range(1 + branches, 1 + 2 * branches))
    return [*tasks, Task(ends, 1, 1, kept=True)]


def test_a_stretch_that_is_too_wide_to_be_searched_has_a_good_order() -> None:
    tasks = wide(500)
    order = best_order(tasks)
    assert allowed(tasks, order)
    assert peak_of(tasks, order) < 1000 < peak_of(tasks, range(len(tasks)))


def test_the_search_grows_with_the_network() -> None:
    def row(count: int) -> list[Task]:
        block = [
            *((0, 3, 3), (1, 4, 1), (0, 9, 9), (3, 9, 2)),
        ]
        tasks = [Task((), 1, 1)]
        for _ in range(count):
            start = len(tasks) - 1
            tasks += [Task((start + r,), inner, left) for r, inner, left in block]
            tasks.append(Task((start + 2, start + 4), 1, 1))
        tasks.append(Task((len(tasks) - 1,), 1, 1, kept=True))
        return tasks

    assert growth(best_order, row(100), row(200)) < 2.2


def test_a_wide_stretch_grows_with_its_tasks() -> None:
    assert growth(best_order, wide(200), wide(400)) < 2.3


def test_many_wide_stretches_grow_with_their_number() -> None:
    def row(count: int) -> list[Task]:
        tasks: list[Task] = []
        for _ in range(count):
            start = len(tasks)
            for task in wide(40):
                reads = tuple(read + start for read in task.reads)
                before = (start - 1,) if start else ()
                tasks.append(Task(reads or before, task.inner, task.result))
        return tasks

    assert growth(best_order, row(10), row(20)) < 2.2
