"""Files checked by several processes at once."""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from importlib import import_module
from multiprocessing.connection import Connection, wait
from typing import TypeAlias, cast

from graphc.pipeline.garbage import collector_paused
from graphc.pipeline.paths import Target
from graphc.pipeline.reports import Report

Check: TypeAlias = "Callable[[Target], Report | None]"
"""What checks a file; another process is handed it too, and so it can be pickled."""

_FORKED = 1 << 14
_SPAWNED = 1 << 16
"""So many bytes of files are worth a process: one that has to start Python more."""

_OWN = frozenset({"graphc", "graphc-script", "__main__"})


def number_of_workers(sizes: Sequence[int], most: int | None) -> int:
    """Return how many processes are worth their start for files of so many bytes.

    There are ``most`` of them at the most; None: as many as there are cores.
    """
    if not _may_fork() and not _may_spawn():
        return 1
    worth = _FORKED if _may_fork() else _SPAWNED
    return max(1, min(most or _cores(), len(sizes), sum(sizes) // worth))


def check_at_once(
    targets: Sequence[Target], sizes: Sequence[int], check: Check, workers: int
) -> Iterator[tuple[Target, Report | None]]:
    """Check files in several processes; they are given as they are done.

    A file whose check failed in a process, or with it, is not among them. When it is
    left early, so are the processes.
    """
    if _may_fork():
        # What each process needs is imported before they part.
        import_module("graphc.pipeline.single")
        import_module("graphc.pipeline.document")
    context = multiprocessing.get_context("fork" if _may_fork() else "spawn")
    running: list[multiprocessing.process.BaseProcess] = []
    open_ends: list[Connection] = []
    try:
        for share in _shares(targets, sizes, workers):
            ours, theirs = context.Pipe(duplex=False)
            process = context.Process(  # type: ignore[attr-defined]
                target=_work, args=(share, check, theirs), daemon=True
            )
            process.start()
            theirs.close()
            running.append(process)
            open_ends.append(ours)
        yield from _results(open_ends)
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.join()


def _results(open_ends: list[Connection]) -> Iterator[tuple[Target, Report | None]]:
    while open_ends:
        for end in cast("list[Connection]", wait(open_ends)):
            try:
                result = end.recv()
            except (EOFError, OSError):  # it has nothing more to say, or is gone
                open_ends.remove(end)
                end.close()
            else:
                yield result


def _work(share: Sequence[Target], check: Check, end: Connection) -> None:
    """Check files one by one, and hand over what is told of each."""
    # Who interrupts the command interrupts all of it: the first process ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(BrokenPipeError), collector_paused():
        for target in share:
            try:
                report = check(target)
            except Exception:
                continue
            end.send((target, report))
    end.close()


def _shares(
    targets: Sequence[Target], sizes: Sequence[int], number: int
) -> list[list[Target]]:
    """Return targets in so many parts, of about as many bytes, largest first."""
    shares: list[list[Target]] = [[] for _ in range(number)]
    weights = [0] * number
    pairs = sorted(zip(sizes, targets, strict=True), key=lambda one: -one[0])
    for size, target in pairs:
        least = weights.index(min(weights))
        shares[least].append(target)
        weights[least] += size + 1
    return shares


def _cores() -> int:
    """Return how many processes this one may keep busy."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _may_fork() -> bool:
    """Whether a copy of this process can go on: no thread of it holds a lock."""
    return sys.platform == "linux" and threading.active_count() == 1


def _may_spawn() -> bool:
    """Whether a new process runs no program of somebody else.

    It imports again what was run as the program: that of graphc does nothing then.
    """
    program = sys.modules.get("__main__")
    file = getattr(program, "__file__", None) or ""
    name = os.path.splitext(os.path.basename(file))[0]  # noqa: PTH119, PTH122
    spec = getattr(program, "__spec__", None)
    return name in _OWN and (spec is None or spec.name == "graphc.__main__")
