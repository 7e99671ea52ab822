"""``graphc check --fix``, ``--annotate`` and ``--diff``."""

import argparse
import sys
from collections.abc import Iterator, Sequence

from graphc.cli.amounts import amounts
from graphc.cli.report import report
from graphc.cli.result import hand_over
from graphc.cli.tally import tally
from graphc.diagnostics import Diagnostic, counted, visible, write
from graphc.fix import difference
from graphc.pipeline.fix import FixedFile, fix, write_fixed
from graphc.pipeline.kinds import Kind
from graphc.pipeline.verdict import exit_code


def run(options: argparse.Namespace) -> int:
    """Put files right, or show what that would change; return 0, 1 or 2.

    With ``--diff`` nothing is written, and the exit code is 1 if something would be.
    The text of standard input goes to standard output, with the report beside it.
    """
    if options.input:
        write(sys.stderr, "graphc: --input is for checks, and not for --fix\n")
        return 2
    files = fix(
        options.specs,
        annotate=options.annotate,
        import_root=options.import_root,
        kind=None if options.kind is None else Kind(options.kind),
    )
    piped = options.diff or any(file.path == "-" for file in files)
    problems = _shown(files) if options.diff else list(_written(files))
    findings = [found for file in files for found in file.findings]
    told = [line for file in files for line in _lines(file, would=options.diff)]
    told += [tally([file.report for file in files], verbose=options.verbose)]
    report(
        [*findings, *problems],
        options,
        "\n".join(told),
        sys.stderr if piped else sys.stdout,
    )
    left = exit_code([*findings, *problems])
    return left or int(options.diff and any(file.changed for file in files))


def _shown(files: Sequence[FixedFile]) -> list[Diagnostic]:
    for file in files:
        if file.before is not None and file.changed:
            name = file.before.name
            write(sys.stdout, difference(name, file.before.text, file.after))
    return []


def _written(files: Sequence[FixedFile]) -> Iterator[Diagnostic]:
    for file in files:
        if file.path == "-":
            problem = hand_over(file.after.encode(), "-")
        else:
            problem = write_fixed(file)
        if problem is not None:
            yield problem


def _lines(file: FixedFile, *, would: bool) -> Iterator[str]:
    """Yield what was done in a file, and the imported files where more could be."""
    done = []
    if file.fixed or file.others:
        verb = "would fix" if would else "fixed"
        done.append(f"{verb} {amounts(file.fixed, file.others)}")
    if file.added:
        verb = "would add" if would else "added"
        done.append(f"{verb} {counted(file.added, 'size')}")
    if done:
        yield visible(f"{file.path}: {', '.join(done)}")
    for name in file.elsewhere:
        yield visible(f"{name}: it has sizes that can be fixed: name it too")
