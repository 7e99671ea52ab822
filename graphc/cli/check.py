"""``graphc check``."""

import argparse

from graphc.cli.report import report
from graphc.diagnostics import count
from graphc.pipeline.check import Checked, check, exit_code


def run(options: argparse.Namespace) -> int:
    """Check specs; return 0, 1 or 2, the worst of all."""
    checked = [check(path, options.import_root) for path in options.specs]
    findings = [finding for one in checked for finding in one.findings]
    report(findings, options, "\n".join(map(_summary, checked)))
    return max(exit_code(one.findings) for one in checked)


def _summary(checked: Checked) -> str:
    if not checked.findings:
        return f"{checked.file}: {checked.summary}: {checked.verdict}"
    return f"{checked.file}: {checked.summary}: {count(checked.findings)}"
