"""Where results go."""

import os
import re
from pathlib import Path

from graphc.pipeline.purposes import PURPOSES

FOLDER = Path("generated")
"""Where results go unless another file is named, in the current directory."""

MERMAID = "mermaid"

FILE_TYPES = ("svg", "png", "pdf", "dot", MERMAID)
"""The kinds of drawing, the default first."""

_SUFFIXES = {"mmd": MERMAID, "md": MERMAID}

TABLE_FORMATS = ("text", "json", "csv", "markdown")
"""The formats of a table, the default first."""


def module_file(spec: str, purpose: str = PURPOSES[0]) -> Path:
    """Return the file for the module of a spec: ``generated/irv1.py``.

    For another purpose than training it is ``generated/irv1_inference.py``.

    What cannot stand in the name of a Python module becomes ``_``.
    """
    stem = "model" if spec == "-" else Path(spec).stem
    name = re.sub(r"\W", "_", stem)
    end = "" if purpose == PURPOSES[0] else f"_{purpose}".replace("-", "_")
    return FOLDER / f"{'_' * name[:1].isdigit()}{name}{end}.py"


def type_of(output: str | os.PathLike[str] | None) -> str:
    """Return the kind of drawing that a file's name tells, SVG for any other name."""
    suffix = "" if output is None else Path(output).suffix.removeprefix(".").lower()
    kind = _SUFFIXES.get(suffix, suffix)
    return kind if kind in FILE_TYPES else FILE_TYPES[0]


def drawing_file(spec: str, file_type: str, part: str = "") -> Path:
    """Return the file for the drawing of a spec: ``generated/irv1.svg``.

    Mermaid is written as a Markdown document.
    """
    stem = "model" if spec == "-" else Path(spec).stem
    suffix = "md" if file_type == MERMAID else file_type
    return FOLDER / f"{stem}{part}.{suffix}"
