"""The options of the subcommands that read documents with diagrams."""

import argparse

from graphc.cli.arguments.shared import model, output, reports


def import_(command: argparse.ArgumentParser) -> None:
    """Declare the options of ``graphc import``."""
    command.description = (
        "Write a network that a document draws as a spec, the diagrams of its parts as "
        "modules. It is checked first; one with wrong sizes is written too, to be put "
        "right in the spec."
    )
    command.add_argument(
        "document", metavar="FILE", help="a document with diagrams; - for stdin"
    )
    output(command, "where to write it, such as specs/net.yaml", metavar="SPEC")
    model(command)
    reports(command)
