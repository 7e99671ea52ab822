"""``graphc table``."""

import argparse

from graphc.cli.tabular import checked_specs, colored, hand_table, no_table
from graphc.tables import compared, comparison


def run(options: argparse.Namespace) -> int:
    """Put specs side by side; errors in any give their reports alone."""
    specs = checked_specs(options.specs, options)
    networks = [one.sized for one in specs if one.ok and one.sized is not None]
    if len(networks) < len(specs):
        return no_table(specs, options)
    table = comparison(compared(networks), options.format, color=colored(options))
    return hand_table(table, specs, options)
