"""``graphc verify``."""

import argparse

from graphc.cli.report import report
from graphc.diagnostics import count
from graphc.infer import Sized
from graphc.pipeline.check import Checked, check
from graphc.pipeline.verdict import exit_code
from graphc.pipeline.verify import verify, verify_weights


def run(options: argparse.Namespace) -> int:
    """Run a spec's module: compare sizes without data, or values on random weights."""
    checked = check(
        options.spec, options.import_root, options.only, model=options.model
    ).with_code()
    if not checked.ok or checked.sized is None:
        summary = f"{checked.file}: {count(checked.findings)}: nothing was verified"
        report(checked.findings, options, summary)
        return exit_code(checked.findings)
    if options.weights:
        return _weights(checked, checked.sized, options)
    verified = verify(checked.sized)
    findings = [*checked.findings, *verified.findings]
    summary = f"{checked.file}: {verified.summary}"
    report(findings, options, summary)
    return exit_code(findings)


def _weights(checked: Checked, sized: Sized, options: argparse.Namespace) -> int:
    """Compare the module for inference with the plain one."""
    compared = verify_weights(
        sized, checked.whole, options.purpose, options.without, options.always
    )
    remarks = compared.remarks if options.verbose else ()
    findings = [*checked.findings, *remarks, *compared.findings]
    report(findings, options, f"{checked.file}: {compared.summary}")
    return exit_code(findings)
