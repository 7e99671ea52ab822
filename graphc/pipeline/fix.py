"""Files put right: sizes that are surely wrong, and sizes that are missing."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from graphc.diagnostics import Code, Diagnostic
from graphc.files import encoded_like
from graphc.pipeline.fixing import Fixing
from graphc.pipeline.kinds import Kind
from graphc.pipeline.output import write_file
from graphc.pipeline.paths import place
from graphc.pipeline.reports import Report
from graphc.record import record
from graphc.source import Source


@record(eq=False)
class FixedFile:
    """A file after fixing: its check, and the text that it is to have.

    ``before`` is None if it could not be read. ``fixed`` counts the sizes that were
    wrong, ``others`` what else was put right, ``added`` the sizes that were missing;
    ``elsewhere`` are imported files with sizes that are surely wrong, which stay as
    they are unless they are named too.
    """

    path: str
    before: Source | None
    after: str
    report: Report
    fixed: int = 0
    others: int = 0
    added: int = 0
    elsewhere: tuple[str, ...] = ()

    @property
    def findings(self) -> tuple[Diagnostic, ...]:
        """What is left to be found in it."""
        return self.report.all_findings

    @property
    def changed(self) -> bool:
        """Whether the text is another."""
        return self.before is not None and self.before.text != self.after


def fix(
    paths: Sequence[str | os.PathLike[str]],
    *,
    annotate: bool = False,
    import_root: str | os.PathLike[str] | None = None,
    kind: Kind | None = None,
) -> tuple[FixedFile, ...]:
    """Return files put right; nothing is written yet (see ``write_fixed``).

    A size is replaced if exactly it disagrees with all else (``Diagnostic.fixes``), and
    if a check of the new text finds it no longer and nothing else in its place. With
    ``annotate`` sizes are written on edges that have none, in specs without errors.
    Only files that ``paths`` name change, themselves or by their folder; ``-`` is
    standard input. ``kind`` is what they are, where their names do not tell.
    """
    fixing = Fixing([os.fspath(path) for path in paths], import_root, kind)
    fixing.fix()
    if annotate:
        fixing.annotate()
    return tuple(_files(fixing))


def write_fixed(file: FixedFile) -> Diagnostic | None:
    """Replace a file by its new text, or say why it cannot be (GC401, GC551).

    Encoding, byte order mark and line ends stay.
    """
    if file.before is None or not file.changed:
        return None
    try:
        data = Path(file.path).read_bytes()
    except OSError:
        data = b""
    if data != encoded_like(file.before.text, data):
        message = f"`{file.before.name}` has changed since it was read"
        remedy = ("run the command again",)
        return Diagnostic(Code.GC551, message, help=remedy, file=file.before.name)
    problem = write_file(Path(file.path), encoded_like(file.after, data))
    return None if problem is None else replace(problem, help=())


def _files(fixing: Fixing) -> Iterator[FixedFile]:
    for path, result in fixing.results.items():
        before, became = fixing.texts.original(path), fixing.texts.became(path)
        text = "" if before is None else before.text
        yield FixedFile(
            path,
            before,
            text if became is None else became,
            result.report,
            fixing.fixed[place(path)],
            fixing.others[place(path)],
            fixing.added[place(path)],
            fixing.elsewhere(path),
        )
