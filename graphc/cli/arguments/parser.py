"""The subcommands, and the parser of the command line."""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import NamedTuple

from graphc.cli.arguments.compiling import build, check, render, verify, weights
from graphc.cli.arguments.documents import import_
from graphc.cli.arguments.reference import explain, ops
from graphc.cli.arguments.tables import docs, gallery, sizes, summary, table


class Command(NamedTuple):
    """A subcommand: what it does in words, its module in ``cli``, and its options."""

    does: str
    module: str
    declare: Callable[[argparse.ArgumentParser], None]


COMMANDS: Mapping[str, Command] = {
    "check": Command("infer and check every tensor size", "check", check),
    "build": Command("write the PyTorch module", "build", build),
    "render": Command("draw the network", "render", render),
    "import": Command("write a drawn network as a spec", "import_", import_),
    "verify": Command("run the module and compare every size", "verify", verify),
    "weights": Command("compare with a checkpoint", "weights", weights),
    "sizes": Command("tell which input sizes a model takes", "sizes", sizes),
    "summary": Command("tell sizes and costs of every node", "summary", summary),
    "table": Command("compare specs: costs, published results", "table", table),
    "gallery": Command("write a page that shows specs", "gallery", gallery),
    "docs": Command("keep what documents show of specs true", "docs", docs),
    "ops": Command("list the ops, or tell of one", "ops", ops),
    "explain": Command("tell what a code means", "explain", explain),
}

_EPILOG = """\
exit codes: 0 all holds, 1 the spec has errors, 2 the command could not run
"""


def parser(arguments: Sequence[str]) -> argparse.ArgumentParser:
    """Return a parser of the command line that can read ``arguments``.

    Of the subcommands it knows the one that they begin with, or all: the options of
    all would take a tenth as long as the check of a spec.
    """
    whole = argparse.ArgumentParser(
        prog="graphc",
        description="Compile a figure of a neural network into a PyTorch module and a "
        "drawing, and prove the tensor sizes on the way.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    whole.add_argument(
        "--version", action=_Version, nargs=0, help="show the version and exit"
    )
    commands = whole.add_subparsers(dest="command", metavar="COMMAND")
    asked = [name for name in arguments[:1] if name in COMMANDS]
    for name in asked or COMMANDS:
        known = COMMANDS[name]
        known.declare(commands.add_parser(name, help=known.does))
    return whole


class _Version(argparse.Action):
    """Tells the version, which takes long to find out, and ends the command."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        version = import_module("importlib.metadata").version("graphc")
        sys.stdout.write(f"graphc {version}\n")
        parser.exit()
