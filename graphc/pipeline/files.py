"""Where results go."""

import re
from pathlib import Path

FOLDER = Path("generated")
"""Where results go unless another file is named, in the current directory."""


def module_file(spec: str) -> Path:
    """Return the file for the module of a spec: ``generated/irv1.py``.

    What cannot stand in the name of a Python module becomes ``_``.
    """
    stem = "model" if spec == "-" else Path(spec).stem
    name = re.sub(r"\W", "_", stem)
    return FOLDER / f"{'_' * name[:1].isdigit()}{name}.py"


def drawing_file(spec: str, file_type: str, part: str = "") -> Path:
    """Return the file for the drawing of a spec: ``generated/irv1.svg``."""
    stem = "model" if spec == "-" else Path(spec).stem
    return FOLDER / f"{stem}{part}.{file_type}"
