"""Files checked by several processes: the same reports, and none is lost."""

import multiprocessing
import os
import threading
from functools import partial
from pathlib import Path

import pytest
from tiny_spec import TINY

from graphc.cli import main
from graphc.pipeline import checker, workers
from graphc.pipeline.paths import Target
from graphc.pipeline.reports import Report
from graphc.pipeline.workers import check_at_once, number_of_workers

NAMES = [f"{number:02}.yaml" for number in range(12)]


@pytest.fixture
def targets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Target]:
    """Write specs of several lengths, some with mistakes; they are here."""
    monkeypatch.chdir(tmp_path)
    for number, name in enumerate(NAMES):
        text = TINY.replace("8*7*7", "8*7*6") if number % 3 == 1 else TINY
        Path(name).write_text(text + "# more\n" * number * 20)
    return [Target(name, os.path.realpath(name), None) for name in NAMES]


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every file be worth a process: a copy where no thread forbids it."""
    monkeypatch.setattr(workers, "_FORKED", 1)
    monkeypatch.setattr(workers, "_SPAWNED", 1)
    monkeypatch.setattr(workers, "_may_spawn", lambda: True)


def named(target: Target) -> Report:
    return Report(target.path, (), (), (), found=os.getpid() != MAIN)


def stubborn(target: Target) -> Report:
    if target.path == NAMES[3]:
        raise ValueError(target)
    if target.path == NAMES[5]:
        os._exit(1)
    return named(target)


MAIN = os.getpid()
SIZES = [1] * len(NAMES)


def test_all_files_are_given(targets: list[Target]) -> None:
    done = dict(check_at_once(targets, SIZES, named, 3))
    assert set(done) == set(targets)
    assert not multiprocessing.active_children()


def test_a_process_that_fails_keeps_its_file_back(targets: list[Target]) -> None:
    done = dict(check_at_once(targets, SIZES, stubborn, 4))
    # Of the share 1, 5, 9 what stands before the end of the process was told.
    assert set(targets) - set(done) == {targets[one] for one in (3, 5, 9)}
    assert not multiprocessing.active_children()


def test_processes_that_are_left_early_end(targets: list[Target]) -> None:
    running = check_at_once(targets, SIZES, named, 3)
    next(iter(running))
    with pytest.raises(KeyboardInterrupt):
        running.throw(KeyboardInterrupt)  # type: ignore[attr-defined]
    assert not multiprocessing.active_children()


def test_it_works_where_processes_are_not_copied(
    targets: list[Target], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "_may_fork", lambda: False)
    check = partial(checker.checked, checker.Settings(), None)
    done = dict(check_at_once(targets[:2], SIZES[:2], check, 2))
    sound, wrong = (done[one] for one in targets[:2])
    assert sound is not None
    assert wrong is not None
    assert sound == check(targets[0])
    (finding,) = wrong.all_findings
    assert finding.code.name == "GC301"
    assert finding.place is not None
    assert finding.place.span.text == "8*7*6"


@pytest.mark.usefixtures("targets", "eager")
def test_what_is_printed_is_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    for options in ((), ("--format", "json")):
        told = []
        for jobs in ("1", "3"):
            assert main(["check", ".", *NAMES, "none.yaml", "-j", jobs, *options]) == 2
            told.append(capsys.readouterr())
        assert told[0] == told[1]
        assert "GC301" in told[0].out


@pytest.mark.usefixtures("targets", "eager")
def test_a_file_that_is_not_told_of_is_checked_here(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    main(["check", ".", "-j", "1"])
    told = capsys.readouterr()
    some = workers.check_at_once

    def lossy(*asked):  # type: ignore[no-untyped-def]
        return list(some(*asked))[::2]

    monkeypatch.setattr(workers, "check_at_once", lossy)
    main(["check", ".", "-j", "2"])
    assert capsys.readouterr() == told


def test_little_work_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_cores", lambda: 8)
    for forks, much in ((True, workers._FORKED), (False, workers._SPAWNED)):
        monkeypatch.setattr(workers, "_may_fork", lambda forks=forks: forks)
        monkeypatch.setattr(workers, "_may_spawn", lambda: True)
        assert number_of_workers([100] * 20, None) == 1
        assert number_of_workers([much, much], None) == 2
        assert number_of_workers([much] * 20, None) == 8
        assert number_of_workers([much] * 20, 3) == 3
        assert number_of_workers([20 * much], None) == 1
    monkeypatch.setattr(workers, "_may_spawn", lambda: False)
    assert number_of_workers([much] * 20, None) == 1


def test_a_process_with_threads_is_not_copied() -> None:
    go_on = threading.Event()
    thread = threading.Thread(target=go_on.wait)
    thread.start()
    try:
        assert not workers._may_fork()
    finally:
        go_on.set()
        thread.join()


@pytest.mark.parametrize("number", ["0", "-1", "two", "1" * 5000])
def test_a_number_of_processes_is_one_or_more(
    number: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        main(["check", "a.yaml", f"--jobs={number}"])
    assert end.value.code == 2
    assert "is no number from 1 on" in capsys.readouterr().err
