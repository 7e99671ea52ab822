"""Classes and functions of graphc's own that a generated file has a copy of."""

import ast
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from graphc.emit.torch.plan import Lines


def copied(file: str, names: Sequence[str] | None = None) -> Lines:
    """Return classes and functions of a file, two empty lines between them.

    ``file`` is below this folder; of it those with ``names`` are taken in their order,
    or all as they stand.
    """
    found = _definitions(file)
    chosen = found if names is None else names
    whole = [line for name in chosen for line in ("", "", *found[name])]
    return tuple(whole[2:])


@cache
def _definitions(file: str) -> Mapping[str, Lines]:
    """Return the lines of every class and function of a file, decorators included."""
    text = files("graphc.emit.torch").joinpath(*file.split("/")).read_text("utf-8")
    rows = text.splitlines()
    found: dict[str, Lines] = {}
    for each in ast.parse(text).body:
        if isinstance(each, ast.ClassDef | ast.FunctionDef):
            first = min([each.lineno, *(d.lineno for d in each.decorator_list)])
            found[each.name] = tuple(rows[first - 1 : each.end_lineno])
    return found
