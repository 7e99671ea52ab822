"""Options that several subcommands take."""

import argparse

SPEC = (
    "a spec, or a document that draws a network (.md, .markdown, .mmd, .mermaid); "
    "- for stdin"
)
"""What commands that want one network take, in words."""


def output(
    command: argparse.ArgumentParser,
    told: str = "where to write it",
    metavar: str = "FILE",
) -> None:
    """Declare where a result goes that is printed if nothing else is asked for."""
    command.add_argument(
        "-o",
        "--output",
        metavar=metavar,
        default="-",
        help=f"{told} (default: stdout)",
    )


def only(command: argparse.ArgumentParser) -> None:
    """Declare which outputs of a model are kept."""
    command.add_argument(
        "--only",
        action="append",
        metavar="OUTPUT",
        default=[],
        help="an output of the model to keep, with what leads to it (default: all)",
    )


def model(command: argparse.ArgumentParser) -> None:
    """Declare which network of a document is meant."""
    command.add_argument(
        "--model",
        metavar="NAME",
        help="the network that is meant, of a document that draws several",
    )


def imports(command: argparse.ArgumentParser) -> None:
    """Declare from where a spec may import."""
    command.add_argument(
        "--import-root",
        metavar="DIR",
        help="the folder whose files a spec may import (default: the nearest around "
        "the spec with a pyproject.toml or .git, or the spec's own)",
    )


def reports(command: argparse.ArgumentParser) -> None:
    """Declare how findings are printed."""
    command.add_argument(
        "--format",
        choices=("text", "concise", "json"),
        default="text",
        help="how findings are printed (default: text)",
    )
    color(command)


def color(command: argparse.ArgumentParser) -> None:
    """Declare when colour is used."""
    command.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        help="colour in text (default: on a terminal, unless NO_COLOR is set)",
    )


def positive(text: str) -> int:
    """Return a number of at least one; raises ArgumentTypeError for anything else."""
    if not text.isdecimal() or len(text) > 6 or int(text) == 0:
        message = f"{text!r} is no number from 1 on"
        raise argparse.ArgumentTypeError(message)
    return int(text)
