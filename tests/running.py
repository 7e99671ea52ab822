"""Runs the command as a reader of the documentation does."""

import subprocess
import sys
from pathlib import Path


def run(arguments: list[str], folder: Path) -> str:
    """Return what a command prints, run in a folder with the specs."""
    done = subprocess.run(
        [sys.executable, "-m", "graphc", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return done.stdout + done.stderr
