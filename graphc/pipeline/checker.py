"""Files checked one by one or several at once, or found in the cache."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from importlib import import_module
from typing import NamedTuple

from graphc.cache import Store, cache_folder, fingerprint
from graphc.pipeline.kept import Kept
from graphc.pipeline.paths import Target
from graphc.pipeline.reports import Report


class Settings(NamedTuple):
    """What checks depend on besides the files.

    ``import_root`` is the folder whose files may be imported, None for that of the
    project. ``shapes`` are other sizes of the inputs to check. With ``cached`` what was
    told of a file that is as it was is told again, and what is told now is kept. So
    many processes as ``jobs`` work at once, at most; None: as there are cores.
    """

    import_root: str | None = None
    shapes: Mapping[str, tuple[int, ...]] = {}
    cached: bool = False
    jobs: int | None = None


def check_targets(
    targets: Sequence[Target], settings: Settings
) -> Iterator[Report | None]:
    """Check files; None is given for one of a folder that has nothing to check.

    Text from standard input is always checked, and so is everything at other sizes.
    """
    kept = _kept(settings) if settings.cached and not settings.shapes else None
    known = {} if kept is None else {one: kept.report(one) for one in targets}
    new = [one for one in targets if known.get(one) is None]
    done = dict(_checked_at_once(new, settings, kept))
    for target in targets:
        if target in done:
            yield done[target]
        else:
            yield known.get(target) or checked(settings, kept, target)


def checked(settings: Settings, kept: Kept | None, target: Target) -> Report | None:
    """Check a file, and keep what is told of it."""
    # The compiler is imported for a file that is not known yet.
    texts, files = map(import_module, ("graphc.pipeline.text", "graphc.files"))
    reader = files.Recorder()
    text = texts.text_of(target, reader)
    if text is None:
        return None
    compiler = import_module("graphc.pipeline.single")
    document = compiler.check_single(text, settings.import_root)
    document = compiler.checked_at(document, settings.shapes)
    report: Report = compiler.report_of(document, found=target.found)
    if kept is not None:
        kept.keep(target, report, reader)
    return report


def _checked_at_once(
    targets: Sequence[Target], settings: Settings, kept: Kept | None
) -> Iterable[tuple[Target, Report | None]]:
    """Check files in several processes, if there is enough to do for them."""
    files = [one for one in targets if one.path != "-"]
    if len(files) < 2 or settings.jobs == 1:
        return ()
    workers = import_module("graphc.pipeline.workers")
    sizes = [_size(one.path) for one in files]
    number = workers.number_of_workers(sizes, settings.jobs)
    if number == 1:
        return ()
    check = partial(checked, settings, kept)
    done: Iterable[tuple[Target, Report | None]] = workers.check_at_once(
        files, sizes, check, number
    )
    return done


def _size(path: str) -> int:
    """Return how many bytes are in a file, 0 if it cannot be read."""
    try:
        return os.stat(path).st_size  # noqa: PTH116 - it is opened as it is called
    except (OSError, ValueError):
        return 0


def _kept(settings: Settings) -> Kept | None:
    folder, program = cache_folder(os.environ, "checks"), fingerprint()
    if folder is None or program is None:
        return None
    return Kept(Store(folder), program, settings.import_root)
