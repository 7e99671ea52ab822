"""``graphc gallery``."""

import argparse
import os
from pathlib import Path

from graphc.cli.tabular import checked_specs, hand_table, no_table
from graphc.infer import Sized
from graphc.pipeline.files import FILE_TYPES, drawing_file, module_file
from graphc.tables import Shown, gallery


def run(options: argparse.Namespace) -> int:
    """Write the page that shows specs; errors in any give their reports alone.

    The drawings and modules are those that ``render`` and ``build`` write by default,
    and are linked whether they are there or not.
    """
    specs = checked_specs(sorted(options.specs), options)
    if not all(one.ok for one in specs):
        return no_table(specs, options)
    folder = Path() if options.output == "-" else Path(options.output).parent
    page = gallery([_shown(one.file, one.sized, folder) for one in specs if one.sized])
    return hand_table(page, specs, options)


def _shown(path: str, sized: Sized, folder: Path) -> Shown:
    drawing, module = drawing_file(path, FILE_TYPES[0]), module_file(path)
    return Shown(sized, *(_link(file, folder) for file in (path, drawing, module)))


def _link(file: str | Path, folder: Path) -> str:
    return Path(os.path.relpath(file, folder)).as_posix()
