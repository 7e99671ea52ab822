"""Telling what a check found."""

import argparse
from collections.abc import Sequence

from graphc.cli.amounts import amounts
from graphc.cli.report import report
from graphc.diagnostics import Code, Diagnostic
from graphc.pipeline.verdict import exit_code


def tell(
    findings: Sequence[Diagnostic], options: argparse.Namespace, tally: str
) -> int:
    """Print findings, and what was checked; return the exit code."""
    report(findings, options, _fixable(findings) + tally)
    return exit_code(findings)


def _fixable(findings: Sequence[Diagnostic]) -> str:
    """Return a line that tells how many findings could be put right at once."""
    sure = [found for found in findings if found.fixes]
    sizes = sum(found.code is Code.GC301 for found in sure)
    told = amounts(sizes, len(sure) - sizes)
    return f"{told} can be fixed with `--fix`\n" if sure else ""
