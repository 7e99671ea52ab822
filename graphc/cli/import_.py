"""``graphc import``."""

import argparse
import sys

from graphc.cli.report import report
from graphc.cli.result import hand_over, shown
from graphc.diagnostics import count
from graphc.pipeline.importing import import_spec
from graphc.pipeline.verdict import exit_code


def run(options: argparse.Namespace) -> int:
    """Write a document's network as a spec; wrong sizes keep nothing from it."""
    to_stdout = options.output == "-"
    name = "<stdout>" if to_stdout else options.output
    imported = import_spec(options.document, options.model, name)
    findings = list(imported.findings)
    done = "nothing was written"
    if imported.text is not None:
        sources = imported.checked.sources
        problem = hand_over(imported.text.encode(), options.output, *sources)
        if problem is None:
            done = f"wrote {shown(options.output)}"
        else:
            findings.append(problem)
    told = count(findings) if findings else imported.checked.summary
    stream = sys.stderr if to_stdout else sys.stdout
    report(findings, options, f"{imported.checked.file}: {told}: {done}", stream)
    return exit_code(findings)
