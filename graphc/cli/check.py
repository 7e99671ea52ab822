"""``graphc check``."""

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module

from graphc.cli.tally import tally
from graphc.pipeline.checker import Settings, check_targets
from graphc.pipeline.checks import check_paths
from graphc.pipeline.kinds import Kind
from graphc.pipeline.paths import Target
from graphc.pipeline.reports import Report


def run(options: argparse.Namespace) -> int:
    """Check specs and documents; return 0, 1 or 2, the worst of all.

    What prints findings is imported if there are any, and the compiler if a file is not
    known yet: a file that is as it was costs next to nothing.
    """
    if options.fix or options.annotate or options.diff:
        return int(import_module("graphc.cli.fix").run(options))
    shapes: Mapping[str, tuple[int, ...]] | None = {}
    if options.input:
        shapes = import_module("graphc.cli.inputs").shapes(options)
    if shapes is None:
        return 2
    settings = Settings(options.import_root, shapes, options.cache, options.jobs)

    def checks(targets: Sequence[Target]) -> Iterator[Report | None]:
        return check_targets(targets, settings)

    kind = None if options.kind is None else Kind(options.kind)
    reports = check_paths(options.specs, kind, checks)
    findings = [found for one in reports for found in one.all_findings]
    told = tally(reports, verbose=options.verbose)
    if not findings and options.format == "text" and told.isascii():
        sys.stdout.write(f"{told}\n")
        return 0
    return int(import_module("graphc.cli.findings").tell(findings, options, told))
