"""Arguments in, exit code out."""

from graphc.cli.main import main

__all__ = ["main"]
