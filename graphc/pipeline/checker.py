"""Files checked one by one, or found in the cache."""

import os
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from typing import NamedTuple

from graphc.cache import Store, cache_folder, fingerprint
from graphc.pipeline.kept import Kept
from graphc.pipeline.paths import Target
from graphc.pipeline.reports import Report


class Settings(NamedTuple):
    """What a check depends on besides the file.

    ``import_root`` is the folder whose files may be imported, None for that of the
    project. ``shapes`` are other sizes of the inputs to check.
    """

    import_root: str | None = None
    shapes: Mapping[str, tuple[int, ...]] = {}


def check_targets(
    targets: Sequence[Target], settings: Settings, *, cached: bool
) -> Iterator[Report | None]:
    """Check files; None is given for one of a folder that has nothing to check.

    With ``cached`` what was told of a file that is as it was is told again, and what is
    told now is kept. Text from standard input is always checked, and so is everything
    at other sizes.
    """
    kept = _kept(settings) if cached and not settings.shapes else None
    for target in targets:
        known = None if kept is None else kept.report(target)
        yield checked(target, settings, kept) if known is None else known


def checked(target: Target, settings: Settings, kept: Kept | None) -> Report | None:
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


def _kept(settings: Settings) -> Kept | None:
    folder, program = cache_folder(os.environ, "checks"), fingerprint()
    if folder is None or program is None:
        return None
    return Kept(Store(folder), program, settings.import_root)
