"""``graphc check --input``: other sizes of inputs."""

import argparse

from graphc.cli.report import report
from graphc.diagnostics import Sink, count
from graphc.pipeline.inputs import Shapes, read_inputs


def shapes(options: argparse.Namespace) -> Shapes | None:
    """Return the sizes that are asked for; None, with a report, if one is none."""
    sink = Sink()
    found = read_inputs(options.input, sink)
    if not sink.failed:
        return found
    refused = sink.sorted()
    report(refused, options, f"{count(refused)}: nothing was checked")
    return None
