"""The options of the subcommands that tell of specs: sizes, costs, results."""

import argparse

from graphc.cli.arguments.shared import SPEC, color, imports, model, output, reports
from graphc.pipeline.files import TABLE_FORMATS


def sizes(command: argparse.ArgumentParser) -> None:
    """Declare the options of ``graphc sizes``."""
    command.description = (
        "Tell for which sizes of its inputs a model works with the weights that it has "
        "at the sizes that are drawn, and which places decide. Found by solving."
    )
    command.add_argument("spec", metavar="SPEC", help=SPEC)
    command.add_argument(
        "-f",
        "--format",
        choices=("text", "json"),
        default="text",
        help="how it is told (default: text)",
    )
    model(command)
    imports(command)
    color(command)


def summary(command: argparse.ArgumentParser) -> None:
    """Declare the options of ``graphc summary``."""
    command.description = (
        "Tell what every node hands on, its parameters, multiply-accumulates, "
        "activation memory and receptive field, with modules opened as a tree."
    )
    command.add_argument("spec", metavar="SPEC", help=SPEC)
    command.add_argument(
        "--depth",
        type=_level,
        metavar="N",
        help="how many levels of modules are opened (default: all)",
    )
    _tabular(command)


def table(command: argparse.ArgumentParser) -> None:
    """Declare the options of ``graphc table``."""
    command.description = (
        "Put specs side by side: input sizes, parameters, multiply-accumulates and the "
        "results that they report."
    )
    command.add_argument("specs", nargs="+", metavar="SPEC", help=SPEC)
    _tabular(command)


def gallery(command: argparse.ArgumentParser) -> None:
    """Declare the options of ``graphc gallery``."""
    command.description = (
        "Write a Markdown page that shows specs: drawings, sizes of the stages, costs, "
        "sources and published results."
    )
    command.add_argument(
        "specs", nargs="+", metavar="SPEC", help="a spec, or a document"
    )
    output(command, "where to write it; its links are relative to there")
    model(command)
    imports(command)
    reports(command)


def docs(command: argparse.ArgumentParser) -> None:
    """Declare the options of ``graphc docs``."""
    command.description = (
        "Fill what stands between `<!-- graphc: SPEC as=KIND -->` and "
        "`<!-- /graphc -->` in Markdown documents; KIND is mermaid, table, summary or "
        "svg. Nothing else of a document is changed."
    )
    command.add_argument("files", nargs="+", metavar="FILE", help="a document")
    command.add_argument(
        "--check",
        action="store_true",
        help="write nothing; exit with 1, and show the difference, if one is stale",
    )
    imports(command)
    reports(command)


def _tabular(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "-f",
        "--format",
        choices=TABLE_FORMATS,
        default=TABLE_FORMATS[0],
        help=f"the format of the table (default: {TABLE_FORMATS[0]})",
    )
    output(command)
    model(command)
    imports(command)
    color(command)


def _level(text: str) -> int:
    if not text.isdecimal():
        message = f"{text!r} is no number of levels"
        raise argparse.ArgumentTypeError(message)
    return int(text)
