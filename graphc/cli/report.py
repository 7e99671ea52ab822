"""Printing findings as the options ask."""

import argparse
import os
import sys
from collections.abc import Sequence
from typing import TextIO

from graphc.diagnostics import (
    Diagnostic,
    render_concise,
    render_json,
    render_text,
    use_color,
    write,
)


def report(
    findings: Sequence[Diagnostic],
    options: argparse.Namespace,
    summary: str,
    stream: TextIO | None = None,
) -> None:
    """Print findings, and below them, in text, a line that tells what was done.

    They go to standard output, or to ``stream`` where that is taken by a result.
    """
    out = stream or sys.stdout
    encoding = out.encoding or "utf-8"
    if options.format == "json":
        write(out, render_json(findings))
        return
    if options.format == "concise":
        write(out, render_concise(findings, encoding=encoding))
        return
    color = options.color == "always" or (
        options.color == "auto" and use_color(out, os.environ)
    )
    if findings:
        write(out, render_text(findings, color=color, encoding=encoding) + "\n")
    write(out, f"{summary}\n")
