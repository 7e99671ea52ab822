"""``graphc check``."""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from importlib import import_module

from graphc.cli.report import report
from graphc.cli.tally import amounts, tally
from graphc.diagnostics import Code, Diagnostic, Sink, count
from graphc.pipeline.check import check_at, exit_code
from graphc.pipeline.checks import Outcome, check_paths
from graphc.pipeline.inputs import Shapes, read_inputs
from graphc.pipeline.kinds import Kind


def run(options: argparse.Namespace) -> int:
    """Check specs and documents; return 0, 1 or 2, the worst of all."""
    if options.fix or options.annotate or options.diff:
        return int(import_module("graphc.cli.fix").run(options))
    sink = Sink()
    shapes = read_inputs(options.input, sink)
    if sink.failed:
        refused = sink.sorted()
        report(refused, options, f"{count(refused)}: nothing was checked")
        return 2
    kind = None if options.kind is None else Kind(options.kind)
    outcomes = check_paths(options.specs, options.import_root, kind)
    if shapes:
        outcomes = tuple(_at(one, shapes) for one in outcomes)
    findings = [found for one in outcomes for found in one.document.all_findings]
    told = _fixable(findings) + tally(outcomes, verbose=options.verbose)
    report(findings, options, told)
    return exit_code(findings)


def _fixable(findings: Sequence[Diagnostic]) -> str:
    """Return a line that tells how many findings could be put right at once."""
    sure = [found for found in findings if found.fixes]
    sizes = sum(found.code is Code.GC301 for found in sure)
    told = amounts(sizes, len(sure) - sizes)
    return f"{told} can be fixed with `--fix`\n" if sure else ""


def _at(outcome: Outcome, shapes: Shapes) -> Outcome:
    """Return a document whose networks were checked at other sizes too."""
    document = outcome.document
    networks = tuple(check_at(one.with_model(), shapes) for one in document.networks)
    return replace(outcome, document=replace(document, networks=networks))
