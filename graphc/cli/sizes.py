"""``graphc sizes``."""

import argparse
import json
import sys

from graphc.cli.tabular import checked_specs, no_table
from graphc.diagnostics import write
from graphc.infer import Intake, Known, Reason, intake, known_text
from graphc.lang import Dim
from graphc.pipeline.verdict import exit_code

_MOST_BOXES = 12


def run(options: argparse.Namespace) -> int:
    """Tell which input sizes a model takes; a spec with errors gives its report."""
    options.output = "-"
    (checked,) = specs = checked_specs([options.spec], options)
    if not checked.ok or checked.sized is None:
        return no_table(specs, options, "nothing was solved")
    found = intake(checked.sized)
    text = _json(found) if options.format == "json" else _text(checked.file, found)
    write(sys.stdout, text)
    return exit_code(checked.findings)


def _text(file: str, found: Intake) -> str:
    taken = ", ".join(f"{name} {known_text(s)}" for name, s in found.inputs.items())
    given = ", ".join(f"{name} {known_text(s)}" for name, s in found.outputs.items())
    lines = [f"{file}: {taken} -> {given}", "", *_sizes(found)]
    solved = [reason for reason in found.reasons if reason.condition is not None]
    if solved:
        lines += ["", "what decides:"]
        lines += [f"  {_place(reason)}: {_told(reason)}" for reason in solved]
    unsolved = [reason for reason in found.reasons if reason.condition is None]
    if unsolved:
        lines += ["", "what has to hold too, and is not solved:"]
        lines += [f"  {_place(reason)}: {_told(reason)}" for reason in unsolved]
    return "\n".join(lines) + "\n"


def _sizes(found: Intake) -> list[str]:
    names = _names(found)
    if not names:
        return ["  no other size"]
    boxes = found.condition.boxes
    lines = [f"  {_box(found, number, names)}" for number in range(len(boxes))]
    lines = list(dict.fromkeys(lines))
    if len(lines) > _MOST_BOXES:
        rest = len(lines) - _MOST_BOXES
        lines = [*lines[:_MOST_BOXES], f"  and {rest} more combinations"]
    return [lines[0], *(f"or{line[1:]}" for line in lines[1:])] if lines else lines


def _names(found: Intake) -> list[str]:
    """Return the symbols in the inputs, in their order."""
    seen: dict[str, None] = {}
    for shape in found.inputs.values():
        for size in shape or ():
            if isinstance(size, Dim):
                seen.update(dict.fromkeys(sorted(size.symbols())))
    return list(seen)


def _box(found: Intake, number: int, names: list[str]) -> str:
    clauses = found.clauses(number)
    return ", ".join(
        " and ".join(clauses[name]) if clauses.get(name) else f"any {name}"
        for name in names
    )


def _place(reason: Reason) -> str:
    first = reason.span.first
    return f"{reason.span.source.name}:{first.line}:{first.column}"


def _told(reason: Reason) -> str:
    when = None if reason.condition is None else reason.condition.text()
    told = f"{reason.name}: {reason.message}"
    return told if when is None or reason.name == "where" else f"{told}: {when}"


def _json(found: Intake) -> str:
    names = _names(found)
    return (
        json.dumps(
            {
                "inputs": {name: _dims(shape) for name, shape in found.inputs.items()},
                "outputs": {n: _dims(shape) for n, shape in found.outputs.items()},
                "sizes": [
                    {name: list(found.clauses(number).get(name, ())) for name in names}
                    for number in range(len(found.condition.boxes))
                ],
                "solved": found.solved,
                "reasons": [
                    {
                        "place": _place(reason),
                        "node": reason.name,
                        "message": reason.message,
                        "condition": reason.condition and reason.condition.text(),
                    }
                    for reason in found.reasons
                ],
            },
            indent=2,
        )
        + "\n"
    )


def _dims(shape: Known) -> list[str | int]:
    return [size if isinstance(size, int) else str(size) for size in shape or ()]
