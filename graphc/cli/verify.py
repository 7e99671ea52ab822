"""``graphc verify``."""

import argparse

from graphc.cli.report import report
from graphc.diagnostics import count
from graphc.pipeline.check import check, exit_code
from graphc.pipeline.verify import verify


def run(options: argparse.Namespace) -> int:
    """Run a spec's module without data and compare the size on every edge."""
    checked = check(options.spec, options.import_root, model=options.model).with_code()
    if not checked.ok or checked.sized is None:
        summary = f"{checked.file}: {count(checked.findings)}: nothing was verified"
        report(checked.findings, options, summary)
        return exit_code(checked.findings)
    verified = verify(checked.sized)
    findings = [*checked.findings, *verified.findings]
    summary = f"{checked.file}: {verified.summary}"
    report(findings, options, summary)
    return exit_code(findings)
