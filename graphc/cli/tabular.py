"""What the commands that print tables share: reports beside them, and their output."""

import argparse
import os
import sys
from collections.abc import Sequence

from graphc.cli.report import report
from graphc.cli.result import hand_over
from graphc.diagnostics import Diagnostic, count, use_color, write
from graphc.pipeline.check import Checked, check
from graphc.pipeline.verdict import exit_code


def colored(options: argparse.Namespace) -> bool:
    """Whether the head of a table is set in bold."""
    if options.output != "-" or options.color == "never":
        return False
    return options.color == "always" or use_color(sys.stdout, os.environ)


def checked_specs(
    paths: Sequence[str], options: argparse.Namespace
) -> tuple[Checked, ...]:
    """Return specs after checking, each of which has to have a model."""
    return tuple(
        check(path, options.import_root, model=options.model).with_model()
        for path in paths
    )


def no_table(
    specs: Sequence[Checked],
    options: argparse.Namespace,
    outcome: str = "nothing was written",
) -> int:
    """Report why there is no table, and return the exit code."""
    files = ", ".join(one.file for one in specs if not one.ok)
    findings = _findings(specs)
    stream = sys.stderr if options.output == "-" else sys.stdout
    told = f"{files}: {count(findings)}: {outcome}"
    report(findings, options, told, stream)
    return exit_code(findings)


def hand_table(
    table: str, specs: Sequence[Checked], options: argparse.Namespace
) -> int:
    """Print or write a table and return the exit code; GC401 if it cannot be written.

    Findings go to standard error where the table takes the standard output.
    """
    findings = _findings(specs)
    files = ", ".join(one.file for one in specs)
    if options.output == "-":
        write(sys.stdout, table)
        if findings:
            report(findings, options, f"{files}: {count(findings)}", sys.stderr)
        return exit_code(findings)
    problem = hand_over(
        table.encode(), options.output, *_sources(specs, options.output)
    )
    found = [*findings, *([problem] if problem else [])]
    done = "nothing was written" if problem else f"wrote {options.output}"
    if found:
        done = f"{count(found)}: {done}"
    report(found, options, f"{files}: {done}")
    return exit_code(found)


def _sources(specs: Sequence[Checked], output: str) -> list[str]:
    """Return what the table is made from; a spec that it would replace is the first."""
    target = os.path.realpath(output)
    replaced = [one.file for one in specs if os.path.realpath(one.file) == target]
    return replaced + [source for one in specs for source in one.sources]


def _findings(specs: Sequence[Checked]) -> list[Diagnostic]:
    return [finding for one in specs for finding in one.findings]
