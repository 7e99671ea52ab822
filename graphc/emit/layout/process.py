"""Laying out, in a process that can be stopped and may crash."""

import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from graphc.diagnostics import Code, Diagnostic
from graphc.emit.layout.fontconfig import environment
from graphc.emit.layout.picture import tidy
from graphc.emit.layout.text import legible

Engine = Literal["auto", "pygraphviz", "dot"]
"""Who lays out: pygraphviz, whose wheels carry Graphviz; a `dot` on the PATH; or the
first of the two that is there."""

TIMEOUT = 60.0
"""The seconds that a layout may take unless others are given."""

_CHILD = Path(__file__).with_name("child.py")
_PIXELS = frozenset({"png", "jpg", "jpeg", "jpe", "gif", "webp", "bmp", "tif", "tiff"})
_PIXELS_PER_INCH = "192"
_CANNOT_LOAD = 3
_NOTES = 6
_NOTE_LENGTH = 300


def lay_out(
    dot: str, file_type: str, *, engine: Engine = "auto", timeout: float = TIMEOUT
) -> bytes | Diagnostic:
    """Return the picture of a DOT text, or why there is none.

    ``file_type`` is any that Graphviz writes: ``svg``, ``png``, ``pdf`` and so on. The
    same text gives the same bytes; pictures of pixels have 192 of them an inch unless
    the text sets ``dpi``. ``timeout`` is in seconds. Reports GC402 (no engine), GC404
    (it took too long), GC405 (not to be drawn); what Graphviz says on the way goes
    into the notes of these, and never to the terminal.
    """
    text = legible(dot)
    said: tuple[str, ...] = ()
    for command in _commands(engine, file_type):
        try:
            done = _run(command, text, timeout)
        except subprocess.TimeoutExpired:
            return _too_long(timeout)
        except OSError as error:
            return _not_drawn(file_type, (str(error),))
        said = _notes(done)
        if command[0] == sys.executable and done.returncode == _CANNOT_LOAD:
            continue
        if done.returncode != 0 or not done.stdout:
            return _not_drawn(file_type, said)
        return tidy(done.stdout, file_type)
    return _no_engine(engine, said)


def _commands(engine: Engine, file_type: str) -> list[list[str]]:
    """Return the commands that draw, the preferred one first."""
    pixels = file_type.partition(":")[0] in _PIXELS
    commands = []
    if engine != "dot" and sys.executable and find_spec("pygraphviz") is not None:
        dpi = [_PIXELS_PER_INCH] if pixels else []
        commands.append([sys.executable, "-P", str(_CHILD), file_type, *dpi])
    program = None if engine == "pygraphviz" else shutil.which("dot")
    if program is not None:
        options = [f"-Gdpi={_PIXELS_PER_INCH}"] if pixels else []
        commands.append([program, f"-T{file_type}", *options])
    return commands


def _run(
    command: list[str], text: str, timeout: float
) -> subprocess.CompletedProcess[bytes]:
    """Run a command; a time limit or the user who stops this stops the process too."""
    with environment(text) as variables:
        return subprocess.run(
            command,
            input=text.encode(),
            capture_output=True,
            timeout=timeout,
            env=variables,
            check=False,
        )


def _notes(done: subprocess.CompletedProcess[bytes]) -> tuple[str, ...]:
    """Return what the process said of the graph, as few short lines."""
    lines = [
        legible(line.strip())[:_NOTE_LENGTH]
        for line in done.stderr.decode("utf-8", "replace").splitlines()
        if line.strip() and not line.startswith("Fontconfig")
    ]
    notes = [f"Graphviz: {line}" for line in lines[:_NOTES]]
    if done.returncode < 0:
        notes.append(f"Graphviz was ended by signal {-done.returncode}")
    return tuple(notes)


def _too_long(timeout: float) -> Diagnostic:
    return Diagnostic(
        Code.GC404,
        f"laying out the drawing took longer than {timeout:g} seconds",
        help=(
            "give it more time with `--timeout SECONDS`, draw one module alone with "
            "`--module NAME`, or write the graph for another program with `-T dot`",
        ),
    )


def _not_drawn(file_type: str, notes: tuple[str, ...]) -> Diagnostic:
    return Diagnostic(
        Code.GC405, f"Graphviz cannot draw the graph as `{file_type}`", notes=notes
    )


def _no_engine(engine: Engine, notes: tuple[str, ...]) -> Diagnostic:
    if engine == "dot":
        return Diagnostic(
            Code.GC402,
            "there is no `dot` on the PATH to lay out the drawing",
            help=("install Graphviz, or let pygraphviz lay out: `pip install graphc`",),
        )
    return Diagnostic(
        Code.GC402,
        "`pygraphviz`, which lays out the drawing, is missing or cannot be loaded",
        notes=notes,
        help=("`pip install pygraphviz`, or write the graph alone with `-T dot`",),
    )
