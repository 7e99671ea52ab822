"""``graphc build``."""

import argparse
import sys

from graphc.cli.report import report
from graphc.cli.result import hand_over, shown
from graphc.diagnostics import count
from graphc.emit.torch import Purpose
from graphc.pipeline.build import build
from graphc.pipeline.check import check
from graphc.pipeline.files import module_file
from graphc.pipeline.verdict import exit_code


def run(options: argparse.Namespace) -> int:
    """Check a spec and write its module; a spec with errors writes nothing."""
    purpose = Purpose(options.purpose)
    checked = check(
        options.spec, options.import_root, options.only, model=options.model
    ).with_code()
    stream = sys.stderr if options.output == "-" else sys.stdout
    if not checked.ok or checked.sized is None:
        summary = f"{checked.file}: {count(checked.findings)}: nothing was written"
        report(checked.findings, options, summary, stream)
        return exit_code(checked.findings)
    built = build(
        checked.sized, checked.whole, purpose, options.without, options.always
    )
    output = options.output or module_file(options.spec, options.purpose)
    problem = hand_over(built.text.encode(), output, *checked.sources)
    remarks = built.remarks if options.verbose else ()
    findings = [*checked.findings, *remarks, *([problem] if problem else [])]
    written = "nothing was written" if problem else f"wrote {shown(output)}"
    report(findings, options, f"{checked.file}: {checked.summary}: {written}", stream)
    return exit_code(findings)
