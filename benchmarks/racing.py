"""Timing in turns: what is compared runs side by side in one process, round by round.

Times are those of the processor, of the process or of the one that was started, so that
what else the machine does is in none of them; what is believed are ratios of medians.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Times:
    """The times of one contestant, in seconds of the processor."""

    seconds: tuple[float, ...]
    peak: int = 0
    """The most memory that a process held, in bytes; 0 where it was not measured."""

    @property
    def median(self) -> float:
        """The median."""
        return median(self.seconds)

    @property
    def spread(self) -> float:
        """How far half of the times are apart, as a part of the median."""
        ordered = sorted(self.seconds)
        low, high = ordered[len(ordered) // 4], ordered[-1 - len(ordered) // 4]
        return (high - low) / self.median if self.median else 0.0


def race(
    contestants: Mapping[str, Callable[[], object]], rounds: int
) -> dict[str, Times]:
    """Run every contestant once unmeasured, then all in turns; return their times."""
    for run in contestants.values():
        run()
    taken: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, run in contestants.items():
            start = time.process_time()
            run()
            taken[name].append(time.process_time() - start)
    return {name: Times(tuple(seconds)) for name, seconds in taken.items()}


def race_processes(
    commands: Mapping[str, Sequence[str]],
    rounds: int,
    *,
    clock: str = "processor",
    **environment: str,
) -> dict[str, Times]:
    """Run every command once unmeasured, then all in turns; return their times.

    ``clock`` is ``wall`` where several processes at once are the matter. Raises
    CalledProcessError for a command that fails.
    """
    for command in commands.values():
        _run(command, environment)
    taken: dict[str, list[float]] = {name: [] for name in commands}
    peaks = dict.fromkeys(commands, 0)
    for _ in range(rounds):
        for name, command in commands.items():
            start = time.perf_counter()
            seconds, peak = _run(command, environment)
            wall = time.perf_counter() - start
            taken[name].append(wall if clock == "wall" else seconds)
            peaks[name] = max(peaks[name], peak)
    return {name: Times(tuple(taken[name]), peaks[name]) for name in commands}


def _run(command: Sequence[str], environment: Mapping[str, str]) -> tuple[float, int]:
    """Return the seconds of the processor that it took, and its peak in bytes."""
    # Python keeps what it compiled, as it does where graphc is installed.
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, env={**kept, **environment}
    ) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    unit = 1 if sys.platform == "darwin" else 1024
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit
