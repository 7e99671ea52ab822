"""What the tests of the command share: specs, and runs of it in a process."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tiny_spec import TINY

REPOSITORY = Path(__file__).parents[2]
IRV1 = REPOSITORY / "specs" / "irv1.yaml"

SOUND = TINY
WRONG_SIZE = SOUND.replace("8*7*7", "8*7*6")
UNREADABLE = "graphc: 1\nmodel: [\n"
WARNED = (
    SOUND
    + """\
  Unused:
    nodes: {input: Input, act: ReLU}
    edges: [input -> act]
"""
)


@dataclass(frozen=True, slots=True)
class Run:
    """How a process ended, and what it wrote."""

    code: int
    out: str
    err: str


def graphc(
    *arguments: str | Path,
    stdin: bytes = b"",
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> Run:
    """Run the command in a process of its own; the output is read as UTF-8."""
    done = subprocess.run(
        [sys.executable, "-m", "graphc", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        check=False,
        cwd=cwd,
        env={**os.environ, **(env or {})},
    )
    return Run(done.returncode, done.stdout.decode(), done.stderr.decode())


def spec(folder: Path, text: str, name: str = "tiny.yaml") -> Path:
    """Write a spec and return its file."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path
