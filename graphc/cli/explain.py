"""``graphc explain``."""

import argparse
import sys

from graphc.diagnostics import Code, explain, nearest, write


def run(options: argparse.Namespace) -> int:
    """Print the page of a code, or the list of all codes."""
    if options.code is None:
        write(sys.stdout, "".join(f"{code.name}  {code.value}\n" for code in Code))
        return 0
    page = explain(options.code)
    if page is None:
        meant = nearest(options.code.upper(), Code.__members__)
        offer = f": did you mean {meant}?" if meant else ""
        write(sys.stderr, f"graphc: there is no code {options.code!r}{offer}\n")
        return 2
    write(sys.stdout, page)
    return 0
