"""``graphc check``."""

import argparse

from graphc.cli.report import report
from graphc.diagnostics import Sink, count
from graphc.pipeline.check import Checked, check, check_at, exit_code
from graphc.pipeline.inputs import read_inputs


def run(options: argparse.Namespace) -> int:
    """Check specs; return 0, 1 or 2, the worst of all."""
    sink = Sink()
    shapes = read_inputs(options.input, sink)
    if sink.failed:
        refused = sink.sorted()
        report(refused, options, f"{count(refused)}: nothing was checked")
        return 2
    checked = [check(path, options.import_root) for path in options.specs]
    if shapes:
        checked = [check_at(one.with_model(), shapes) for one in checked]
    findings = [finding for one in checked for finding in one.findings]
    report(findings, options, "\n".join(map(_summary, checked)))
    return max(exit_code(one.findings) for one in checked)


def _summary(checked: Checked) -> str:
    if not checked.findings:
        return f"{checked.file}: {checked.summary}: {checked.verdict}"
    return f"{checked.file}: {checked.summary}: {count(checked.findings)}"
