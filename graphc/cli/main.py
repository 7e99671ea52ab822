"""The command ``graphc``: which subcommand, and the end of every run."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from graphc.cli.arguments import COMMANDS, parser
from graphc.pipeline.garbage import collector_paused

_INTERRUPTED = 130
_CLOSED_PIPE = 141


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code.

    0: all holds; 1: the spec has errors; 2: the command could not run (bad usage, no
    such file, an output that cannot be written). The module of a command is imported
    when the command is known, so none pays for what another needs.
    """
    arguments = sys.argv[1:] if argv is None else argv
    known = parser(arguments)
    options = known.parse_args(arguments)
    if options.command is None:
        known.print_help()
        return 2
    try:
        code = _run(options)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        # The reader has gone (`| head`): nothing more can be said to it, not at exit
        # either, when Python flushes what is left.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _CLOSED_PIPE
    return code


def _run(options: argparse.Namespace) -> int:
    with collector_paused():
        command = import_module(f"graphc.cli.{COMMANDS[options.command].module}")
        return int(command.run(options))
