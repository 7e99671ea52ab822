"""The options of the subcommands that tell of graphc itself."""

import argparse


def ops(command: argparse.ArgumentParser) -> None:
    """Declare the options of ``graphc ops``."""
    command.description = "List the ops, or tell one's arguments and size rule."
    command.add_argument("op", nargs="?", metavar="OP", help="the name of an op")
    command.add_argument(
        "--markdown", action="store_true", help="print all that is told of every op"
    )


def explain(command: argparse.ArgumentParser) -> None:
    """Declare the options of ``graphc explain``."""
    command.description = "Tell what a code means and how to put it right."
    command.add_argument("code", nargs="?", metavar="CODE", help="such as GC301")
