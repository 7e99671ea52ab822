"""The options of every subcommand."""

from graphc.cli.arguments.parser import COMMANDS, parser

__all__ = ["COMMANDS", "parser"]
