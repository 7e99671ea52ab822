"""The options of every subcommand."""

import argparse
from collections.abc import Mapping

from graphc.cli.arguments.compiling import build, check, render, verify, weights
from graphc.cli.arguments.documents import import_
from graphc.cli.arguments.reference import explain, ops
from graphc.cli.arguments.tables import docs, gallery, sizes, summary, table

COMMANDS: Mapping[str, str] = {
    "check": "check",
    "build": "build",
    "render": "render",
    "import": "import_",
    "verify": "verify",
    "weights": "weights",
    "sizes": "sizes",
    "summary": "summary",
    "table": "table",
    "gallery": "gallery",
    "docs": "docs",
    "ops": "ops",
    "explain": "explain",
}
"""The subcommands, and the module of this package that runs each."""

_EPILOG = """\
exit codes: 0 all holds, 1 the spec has errors, 2 the command could not run
"""


def parser(version: str) -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    whole = argparse.ArgumentParser(
        prog="graphc",
        description="Compile a figure of a neural network into a PyTorch module and a "
        "drawing, and prove the tensor sizes on the way.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    whole.add_argument("--version", action="version", version=f"graphc {version}")
    commands = whole.add_subparsers(dest="command", metavar="COMMAND")
    check(commands.add_parser("check", help="infer and check every tensor size"))
    build(commands.add_parser("build", help="write the PyTorch module"))
    render(commands.add_parser("render", help="draw the network"))
    import_(commands.add_parser("import", help="write a drawn network as a spec"))
    verify(commands.add_parser("verify", help="run the module and compare every size"))
    weights(commands.add_parser("weights", help="compare with a checkpoint"))
    sizes(commands.add_parser("sizes", help="tell which input sizes a model takes"))
    summary(commands.add_parser("summary", help="tell sizes and costs of every node"))
    table(commands.add_parser("table", help="compare specs: costs, published results"))
    gallery(commands.add_parser("gallery", help="write a page that shows specs"))
    docs(commands.add_parser("docs", help="keep what documents show of specs true"))
    ops(commands.add_parser("ops", help="list the ops, or tell of one"))
    explain(commands.add_parser("explain", help="tell what a code means"))
    return whole
