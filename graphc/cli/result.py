"""Handing over what a command made: to a file, or to standard output."""

import sys
from pathlib import Path

from graphc.diagnostics import Diagnostic
from graphc.pipeline.output import write_file


def hand_over(data: bytes, output: str | Path, *sources: str) -> Diagnostic | None:
    """Write a result; ``-`` is standard output. Return GC401 if it cannot be.

    ``sources`` are the files it was made from.
    """
    if output == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return None
    return write_file(Path(output), data, *sources)


def shown(output: str | Path) -> str:
    """Return where a result went, in words."""
    return "to standard output" if output == "-" else str(output)
