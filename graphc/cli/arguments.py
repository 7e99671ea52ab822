"""The options of every subcommand."""

import argparse
from collections.abc import Mapping

from graphc.pipeline.files import FILE_TYPES, TABLE_FORMATS

COMMANDS: Mapping[str, str] = {
    "check": "check",
    "build": "build",
    "render": "render",
    "verify": "verify",
    "weights": "weights",
    "sizes": "sizes",
    "summary": "summary",
    "table": "table",
    "gallery": "gallery",
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
    _check(commands.add_parser("check", help="infer and check every tensor size"))
    _build(commands.add_parser("build", help="write the PyTorch module"))
    _render(commands.add_parser("render", help="draw the network"))
    _verify(commands.add_parser("verify", help="run the module and compare every size"))
    _weights(commands.add_parser("weights", help="compare with a checkpoint"))
    _sizes(commands.add_parser("sizes", help="tell which input sizes a model takes"))
    _summary(commands.add_parser("summary", help="tell sizes and costs of every node"))
    _table(commands.add_parser("table", help="compare specs: costs, published results"))
    _gallery(commands.add_parser("gallery", help="write a page that shows specs"))
    _ops(commands.add_parser("ops", help="list the ops, or tell of one"))
    _explain(commands.add_parser("explain", help="tell what a code means"))
    return whole


def _check(command: argparse.ArgumentParser) -> None:
    command.description = (
        "Infer the size of every tensor, both ways along the edges, and check every "
        "size that is written."
    )
    command.add_argument("specs", nargs="+", metavar="SPEC", help="a spec; - for stdin")
    command.add_argument(
        "--input",
        action="append",
        default=[],
        metavar="NAME=SIZE",
        help="check too that the model takes another size, such as image=3*512*512",
    )
    _imports(command)
    _reports(command)


def _build(command: argparse.ArgumentParser) -> None:
    command.description = "Check a spec and write its PyTorch module."
    command.add_argument("spec", metavar="SPEC", help="a spec; - for stdin")
    command.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help="where to write it; - for stdout (default: generated/SPEC.py)",
    )
    _only(command)
    _imports(command)
    _reports(command)


def _render(command: argparse.ArgumentParser) -> None:
    command.description = "Draw a spec; one with wrong sizes too, with these in red."
    command.add_argument("spec", metavar="SPEC", help="a spec; - for stdin")
    command.add_argument(
        "-T",
        "--type",
        dest="file_type",
        choices=FILE_TYPES,
        help="the kind of picture (default: as FILE is called, or svg)",
    )
    command.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help="where to write it; - for stdout (default: generated/SPEC.svg)",
    )
    level = command.add_mutually_exclusive_group()
    level.add_argument("--module", metavar="NAME", help="draw one module only")
    level.add_argument(
        "--unroll", action="store_true", help="draw every instance where it stands"
    )
    command.add_argument(
        "--engine",
        choices=("auto", "pygraphviz", "dot"),
        default="auto",
        help="who lays out: pygraphviz, a `dot` on the PATH, or what is there",
    )
    _imports(command)
    _reports(command)


def _verify(command: argparse.ArgumentParser) -> None:
    command.description = (
        "Run the emitted module without data and compare the size on every edge of "
        "every instance with the inferred one. Needs torch."
    )
    command.add_argument("spec", metavar="SPEC", help="a spec; - for stdin")
    _imports(command)
    _reports(command)


def _weights(command: argparse.ArgumentParser) -> None:
    command.description = (
        "Tell which keys of a checkpoint the module takes, which it misses, which are "
        "left over, and which differ in size. Exits with 0 if a strict load would work."
    )
    command.add_argument("spec", metavar="SPEC", help="a spec; - for stdin")
    command.add_argument(
        "checkpoint",
        metavar="CHECKPOINT",
        help="a file of torch.save (.pt, .pth, .bin; needs torch) or .safetensors",
    )
    command.add_argument(
        "--map",
        action="store_true",
        help="propose a `checkpoint:` block by order, sizes and names",
    )
    command.add_argument(
        "--strip",
        metavar="PREFIX",
        help="take this off the keys of the checkpoint, such as `module.`",
    )
    command.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        default="-",
        help="where to write the result (default: stdout)",
    )
    _only(command)
    _imports(command)
    _reports(command)


def _sizes(command: argparse.ArgumentParser) -> None:
    command.description = (
        "Tell for which sizes of its inputs a model works with the weights that it has "
        "at the sizes that are drawn, and which places decide. Found by solving."
    )
    command.add_argument("spec", metavar="SPEC", help="a spec; - for stdin")
    command.add_argument(
        "-f",
        "--format",
        choices=("text", "json"),
        default="text",
        help="how it is told (default: text)",
    )
    _imports(command)
    _color(command)


def _summary(command: argparse.ArgumentParser) -> None:
    command.description = (
        "Tell what every node hands on, its parameters, multiply-accumulates, "
        "activation memory and receptive field, with modules opened as a tree."
    )
    command.add_argument("spec", metavar="SPEC", help="a spec; - for stdin")
    command.add_argument(
        "--depth",
        type=_level,
        metavar="N",
        help="how many levels of modules are opened (default: all)",
    )
    _tabular(command)


def _table(command: argparse.ArgumentParser) -> None:
    command.description = (
        "Put specs side by side: input sizes, parameters, multiply-accumulates and the "
        "results that they report."
    )
    command.add_argument("specs", nargs="+", metavar="SPEC", help="a spec; - for stdin")
    _tabular(command)


def _gallery(command: argparse.ArgumentParser) -> None:
    command.description = (
        "Write a Markdown page that shows specs: drawings, sizes of the stages, costs, "
        "sources and published results."
    )
    command.add_argument("specs", nargs="+", metavar="SPEC", help="a spec")
    command.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        default="-",
        help="where to write it; its links are relative to there (default: stdout)",
    )
    _imports(command)
    _reports(command)


def _tabular(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "-f",
        "--format",
        choices=TABLE_FORMATS,
        default=TABLE_FORMATS[0],
        help=f"the format of the table (default: {TABLE_FORMATS[0]})",
    )
    command.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        default="-",
        help="where to write it (default: stdout)",
    )
    _imports(command)
    _color(command)


def _level(text: str) -> int:
    if not text.isdecimal():
        message = f"{text!r} is no number of levels"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def _ops(command: argparse.ArgumentParser) -> None:
    command.description = "List the ops, or tell one's arguments and size rule."
    command.add_argument("op", nargs="?", metavar="OP", help="the name of an op")
    command.add_argument(
        "--markdown", action="store_true", help="print all that is told of every op"
    )


def _explain(command: argparse.ArgumentParser) -> None:
    command.description = "Tell what a code means and how to put it right."
    command.add_argument("code", nargs="?", metavar="CODE", help="such as GC301")


def _only(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--only",
        action="append",
        metavar="OUTPUT",
        default=[],
        help="an output of the model to keep, with what leads to it (default: all)",
    )


def _imports(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--import-root",
        metavar="DIR",
        help="the folder whose files a spec may import (default: the nearest around "
        "the spec with a pyproject.toml or .git, or the spec's own)",
    )


def _reports(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--format",
        choices=("text", "concise", "json"),
        default="text",
        help="how findings are printed (default: text)",
    )
    _color(command)


def _color(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        help="colour in text (default: on a terminal, unless NO_COLOR is set)",
    )
