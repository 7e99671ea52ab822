"""The order of tasks in which the least memory is held at once.

A task that all before it lead to, and that leads to all behind it, parts the order in
two that have nothing to do with each other. Each stretch between such tasks is searched
for its best order: the sets of its tasks that can be done first are few where a network
has some branches. Where they are many, the task goes first that leaves the least.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from heapq import heapify, heappop, heappush
from itertools import accumulate

from graphc.record import record

MOST = 5000
"""How many sets of tasks are looked at in a stretch at most."""
_WIDEST = 60
"""How many tasks a stretch has at most that is searched."""


@record(eq=False)
class Task:
    """Something that is done once, with what others gave.

    ``reads`` are the places of those, each once. ``inner`` are the bytes that it holds
    at most while it runs, beside what is there; ``result`` those that it leaves. What
    is ``kept`` is held to the end; any other result until all that read it are done.
    """

    reads: tuple[int, ...]
    inner: int
    result: int
    kept: bool = False


def best_order(tasks: Sequence[Task]) -> tuple[int, ...]:
    """Return the places of tasks in the order with the least peak; ties as given.

    Tasks read what stands before them. A stretch that is too wide to be searched stays
    as given, or has a better order that is not certainly the best.
    """
    readers = _readers(tasks)
    found: list[int] = []
    for stretch in _stretches(tasks, readers):
        alone = len(stretch) == 1
        found += stretch if alone else _arranged(tasks, readers, stretch)
    return tuple(found)


def peak_of(tasks: Sequence[Task], order: Sequence[int]) -> int:
    """Return the most bytes that are held at once when tasks are done in an order."""
    return _rise(tasks, _readers(tasks), order) if order else 0


def _readers(tasks: Sequence[Task]) -> list[list[int]]:
    readers: list[list[int]] = [[] for _ in tasks]
    for place, task in enumerate(tasks):
        for read in task.reads:
            readers[read].append(place)
    return readers


def _stretches(
    tasks: Sequence[Task], readers: Sequence[Sequence[int]]
) -> Iterator[range]:
    """Yield the places from behind one parting task to the next."""
    count = len(tasks)
    # All before lead to it if each of them is read there or before; it leads to all
    # behind it if each of them reads it or one that is behind it.
    latest = accumulate((min(each, default=count) for each in readers), max)
    earliest = [*accumulate((max(t.reads, default=-1) for t in reversed(tasks)), min)]
    first, before = 0, -1
    for place, after in enumerate(latest):
        behind = earliest[count - 2 - place] if place < count - 1 else place
        if before <= place <= behind or place == count - 1:
            yield range(first, place + 1)
            first = place + 1
        before = after


def _arranged(
    tasks: Sequence[Task], readers: Sequence[Sequence[int]], stretch: range
) -> list[int]:
    """Return the places of a stretch in a good order, the best if it can be found."""
    found = _Search(tasks, readers, stretch).order()
    if found is not None:
        return found
    greedy = _greedy(tasks, readers, stretch)
    given = _rise(tasks, readers, stretch)
    return greedy if _rise(tasks, readers, greedy) < given else [*stretch]


def _rise(
    tasks: Sequence[Task], readers: Sequence[Sequence[int]], order: Sequence[int]
) -> int:
    """Return the peak within a stretch, over what is held before it."""
    start = min(order)
    left: dict[int, int] = {}
    held = most = 0
    for place in order:
        task = tasks[place]
        most = max(most, held + task.inner)
        held += task.result
        for read in task.reads:
            left.setdefault(read, _left(readers[read], start))
            left[read] -= 1
            if not left[read] and not tasks[read].kept:
                held -= tasks[read].result
    return most


def _left(readers: Sequence[int], start: int) -> int:
    """Return how many of the readers of a value, in order, are not before a place."""
    return len(readers) - bisect_left(readers, start)


class _Search:
    """All orders of a stretch, by the sets of tasks that are done.

    A set is an int with a bit for each task. What is held is told relative to what is
    held before the stretch.
    """

    def __init__(
        self, tasks: Sequence[Task], readers: Sequence[Sequence[int]], stretch: range
    ) -> None:
        self._first = stretch.start
        self._tasks = [tasks[place] for place in stretch]
        self._needs = [
            sum(1 << read - self._first for read in task.reads if read >= self._first)
            for task in self._tasks
        ]
        # What a task frees: the bytes of a value, once all its readers are done.
        self._frees: list[list[tuple[int, int]]] = [[] for _ in stretch]
        for place in {read for task in self._tasks for read in task.reads}:
            if not tasks[place].kept and readers[place][-1] < stretch.stop:
                inside = [r - self._first for r in readers[place] if r >= self._first]
                mask = sum(1 << reader for reader in inside)
                for reader in inside:
                    self._frees[reader].append((mask, tasks[place].result))

    def order(self) -> list[int] | None:
        """Return the best order; None if there are too many to be looked at."""
        levels = self._levels()
        if levels is None:
            return None
        most = self._most(levels)
        done, found = 0, []
        for level in levels[:-1]:
            task = next(
                task
                for task in self._ready(done)
                if max(level[done] + self._tasks[task].inner, most[done | 1 << task])
                <= most[0]
            )
            found.append(self._first + task)
            done |= 1 << task
        return found

    def _ready(self, done: int) -> Iterator[int]:
        for task, needs in enumerate(self._needs):
            if not done >> task & 1 and not needs & ~done:
                yield task

    def _levels(self) -> list[dict[int, int]] | None:
        """Return the sets of each number of tasks, and what is held after each."""
        if len(self._tasks) > _WIDEST:
            return None
        levels, count = [{0: 0}], 1
        for _ in self._tasks:
            level: dict[int, int] = {}
            for done, held in levels[-1].items():
                for task in self._ready(done):
                    after = done | 1 << task
                    if after not in level:
                        level[after] = held + self._change(task, after)
            levels.append(level)
            count += len(level)
            if count > MOST:
                return None
        return levels

    def _change(self, task: int, done: int) -> int:
        freed = (size for mask, size in self._frees[task] if not mask & ~done)
        return self._tasks[task].result - sum(freed)

    def _most(self, levels: Sequence[dict[int, int]]) -> dict[int, int]:
        """Return the least peak of all that follows each set."""
        most = dict.fromkeys(levels[-1], levels[-1][next(iter(levels[-1]))])
        for level in reversed(levels[:-1]):
            for done, held in level.items():
                most[done] = min(
                    max(held + self._tasks[task].inner, most[done | 1 << task])
                    for task in self._ready(done)
                )
        return most


def _greedy(
    tasks: Sequence[Task], readers: Sequence[Sequence[int]], stretch: range
) -> list[int]:
    """Return a stretch so that of those that can be next the one goes that adds least.

    Of equal ones it is the first. It takes time in proportion to the stretch.
    """
    start = stretch.start
    waits = {
        place: sum(read >= start for read in tasks[place].reads) for place in stretch
    }
    left = {
        read: _left(readers[read], start)
        for read in {
            *stretch,
            *(read for place in stretch for read in tasks[place].reads),
        }
    }

    def ready(place: int) -> tuple[int, int]:
        """Return what a task adds to what is held, and its place."""
        task = tasks[place]
        last = (r for r in task.reads if left[r] == 1 and not tasks[r].kept)
        return task.result - sum(tasks[read].result for read in last), place

    heap = [ready(place) for place in stretch if not waits[place]]
    heapify(heap)
    found: dict[int, None] = {}
    while heap:
        entry = heappop(heap)
        place = entry[1]
        if place in found or entry != ready(place):
            continue  # it stands there once more, with what it adds by now
        found[place] = None
        for read in tasks[place].reads:
            left[read] -= 1
            if left[read] == 1:
                last = next(r for r in readers[read] if r >= start and r not in found)
                if last in waits and not waits[last]:
                    heappush(heap, ready(last))
        for reader in readers[place]:
            if reader in waits:
                waits[reader] -= 1
                if not waits[reader]:
                    heappush(heap, ready(reader))
    return [*found]
