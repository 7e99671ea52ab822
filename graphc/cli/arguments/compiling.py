"""The options of the subcommands that compile a spec."""

import argparse
from collections.abc import Sequence

from graphc.cli.arguments.shared import (
    SPEC,
    imports,
    model,
    only,
    output,
    positive,
    reports,
)
from graphc.pipeline.files import FILE_TYPES
from graphc.pipeline.kinds import Kind
from graphc.pipeline.purposes import PURPOSES, REWRITINGS, WEIGHED

_DAY = 24 * 60 * 60.0


def check(command: argparse.ArgumentParser) -> None:
    """Declare the options of ``graphc check``."""
    command.description = (
        "Infer the size of every tensor, both ways along the edges, and check every "
        "size that is written."
    )
    command.add_argument(
        "specs",
        nargs="+",
        metavar="PATH",
        help="a spec, a document with Mermaid flowcharts (.md, .markdown, .mmd, "
        ".mermaid), a folder with any of them, or - for stdin",
    )
    command.add_argument(
        "--as",
        dest="kind",
        choices=[kind.value for kind in Kind],
        help="what the files are (default: told by their names, or what is in them)",
    )
    command.add_argument(
        "-v",
        "--verbose",
        action="store_true",
        help="tell of each diagram that is skipped where it is, and why",
    )
    command.add_argument(
        "--input",
        action="append",
        default=[],
        metavar="NAME=SIZE",
        help="check too that the model takes another size, such as image=3*512*512",
    )
    _fixes(command)
    command.add_argument(
        "--no-cache",
        dest="cache",
        action="store_false",
        help="check every file anew, and keep nothing of it",
    )
    command.add_argument(
        "-j",
        "--jobs",
        type=positive,
        metavar="N",
        help="how many processes may check files at once (default: one a core)",
    )
    imports(command)
    reports(command)


def _fixes(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--fix",
        action="store_true",
        help="write the right size where a size is surely wrong",
    )
    command.add_argument(
        "--annotate",
        action="store_true",
        help="with that, write the sizes that are missing on edges",
    )
    command.add_argument(
        "--diff",
        action="store_true",
        help="show what these would change, and write nothing",
    )


def build(command: argparse.ArgumentParser) -> None:
    """Declare the options of ``graphc build``."""
    command.description = "Check a spec and write its PyTorch module."
    command.add_argument("spec", metavar="SPEC", help=SPEC)
    command.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help="where to write it; - for stdout (default: generated/SPEC.py, or "
        "generated/SPEC_inference.py)",
    )
    _purpose(command, PURPOSES)
    only(command)
    model(command)
    imports(command)
    reports(command)


def _purpose(command: argparse.ArgumentParser, choices: Sequence[str]) -> None:
    """Declare what a module is for, the default first, and what is not rewritten."""
    command.add_argument(
        "--for",
        dest="purpose",
        choices=choices,
        default=choices[0],
        help="what the module is for; for inference the network is rewritten, and "
        f"takes the weights of the one that was trained (default: {choices[0]})",
    )
    command.set_defaults(without=[], always=[])
    for name, about in REWRITINGS.items():
        command.add_argument(
            f"--no-{name}",
            dest="without",
            action="append_const",
            const=name,
            help=f"for inference, do not {about}",
        )
    for name in WEIGHED:
        command.add_argument(
            f"--always-{name}",
            dest="always",
            action="append_const",
            const=name,
            help=f"for inference, {REWRITINGS[name]} even where that is not known to "
            "be faster",
        )
    command.add_argument(
        "-v",
        "--verbose",
        action="store_true",
        help="tell where a rewriting could not be applied, and why",
    )


def render(command: argparse.ArgumentParser) -> None:
    """Declare the options of ``graphc render``."""
    command.description = "Draw a spec; one with wrong sizes too, with these in red."
    command.add_argument("spec", metavar="SPEC", help=SPEC)
    command.add_argument(
        "-T",
        "--type",
        dest="file_type",
        choices=FILE_TYPES,
        help="the kind of drawing (default: as FILE is called, or svg)",
    )
    command.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help="where to write it; - for stdout (default: generated/SPEC.svg); Mermaid "
        "is a Markdown document, or X.mmd and one more file for each module",
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
    command.add_argument(
        "--timeout",
        type=_seconds,
        metavar="SECONDS",
        default=60.0,
        help="how long the layout may take (default: 60); what takes longer is folded, "
        "so that some boxes stand for many nodes",
    )
    model(command)
    imports(command)
    reports(command)


def verify(command: argparse.ArgumentParser) -> None:
    """Declare the options of ``graphc verify``."""
    command.description = (
        "Run the emitted module without data and compare the size on every edge of "
        "every instance with the inferred one; or compare the module for inference "
        "with the plain one. Needs torch."
    )
    command.add_argument("spec", metavar="SPEC", help=SPEC)
    command.add_argument(
        "--weights",
        action="store_true",
        help="run the module for inference and the plain one on the same random "
        "weights and inputs, and tell how far their outputs are apart",
    )
    _purpose(command, PURPOSES[1:])
    only(command)
    model(command)
    imports(command)
    reports(command)


def weights(command: argparse.ArgumentParser) -> None:
    """Declare the options of ``graphc weights``."""
    command.description = (
        "Tell which keys of a checkpoint the module takes, which it misses, which are "
        "left over, and which differ in size. Exits with 0 if a strict load would work."
    )
    command.add_argument("spec", metavar="SPEC", help=SPEC)
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
    output(command, "where to write the result")
    only(command)
    model(command)
    imports(command)
    reports(command)


def _seconds(text: str) -> float:
    """Return a time; a day is the most."""
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= _DAY:
        message = f"not a number of seconds above 0: {text!r}"
        raise argparse.ArgumentTypeError(message)
    return seconds
