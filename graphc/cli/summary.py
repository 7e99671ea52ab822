"""``graphc summary``."""

import argparse

from graphc.cli.tabular import checked_specs, colored, hand_table, no_table
from graphc.tables import summarize, written


def run(options: argparse.Namespace) -> int:
    """Tell a network node by node; a spec with errors gives its report alone."""
    (checked,) = specs = checked_specs([options.spec], options)
    if not checked.ok or checked.sized is None:
        return no_table(specs, options)
    summary = summarize(checked.sized, options.depth)
    table = written(summary, options.format, color=colored(options))
    return hand_table(table, specs, options)
