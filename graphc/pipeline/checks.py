"""From the paths on the command line to what is told of their files."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from types import ModuleType
from typing import TypeAlias

from graphc.pipeline.kinds import Kind
from graphc.pipeline.paths import Named, Target, Unlisted, named
from graphc.pipeline.reports import Report

Checks: TypeAlias = "Callable[[Sequence[Target]], Iterable[Report | None]]"
"""What checks files, each by itself: None for one of a folder without interest."""


def check_paths(
    paths: Sequence[str], kind: Kind | None, checks: Checks
) -> tuple[Report, ...]:
    """Check files, standard input (``-``), and what folders hold, each file once.

    ``kind`` is what files that are named themselves are, if that is not to be told by
    their names. The reports come in the order in which the files are named. Reports
    GC001 for a folder that cannot be read, GC571 if there is nothing to check, in a
    folder or in all.
    """
    groups = named(paths, kind)
    every = [one for each in groups for one in each.files if isinstance(one, Target)]
    targets = list(dict.fromkeys(every))
    found = dict(zip(targets, checks(targets), strict=True))
    done = tuple(_arranged(groups, found))
    if any(one.networks or one.findings for one in done):
        return done
    first, *others = done
    told = _absence().nothing_in(paths, done)
    return (first._replace(findings=(told,)), *others)


def _arranged(
    groups: Iterable[Named], found: Mapping[Target, Report | None]
) -> Iterator[Report]:
    known: set[str] = set()
    for group in groups:
        empty = group.folder
        for one in group.files:
            if isinstance(one, Unlisted):
                empty = False
                yield Report(one.path, (), (), (_absence().unlisted(one),))
                continue
            report = found[one]
            empty = empty and report is None
            if report is not None and one.real not in known:
                known.add(one.real)
                yield report
        if empty:
            told = _absence().nothing_below(group.path)
            yield Report(group.path, (), (), (told,))


def _absence() -> ModuleType:
    """Return what tells that something is not there; few checks need it."""
    return import_module("graphc.pipeline.absence")
