"""A summary in the formats of the command."""

import json
from collections.abc import Iterator, Sequence
from fractions import Fraction

from graphc.cost import BYTES
from graphc.diagnostics import plain
from graphc.infer import known_text
from graphc.tables.depth import MOST_ROWS
from graphc.tables.figures import Field, Figures, plain_jump, plain_size, shapes_text
from graphc.tables.summary import Row, Summary
from graphc.tables.table import Cell, Column, Table, numeral
from graphc.tables.write import comma_separated, markdown, text

_LONGEST = 48
"""Letters of a label that people are shown."""

_LARGEST_FLOAT = 10**300

_DEEPEST = 12
"""How far names are indented: those deeper down would not be seen any more."""

_NUMBERS = (
    Column("parameters", "parameters", number=True),
    Column("macs", "MACs", number=True),
    Column("activations", "activations", number=True),
)
_SIGHT = (
    Column("receptive_field", "field", code=True, number=True),
    Column("jump", "jump", code=True, number=True),
)
_PEOPLE = (
    Column("name", "node", code=True),
    Column("label", "op", code=True),
    Column("output", "output", code=True),
    *_NUMBERS,
    *_SIGHT,
)
_PROGRAMS = (
    Column("path", "path"),
    Column("label", "op"),
    Column("level", "level", number=True),
    Column("count", "count", number=True),
    Column("times", "times", number=True),
    Column("output", "output"),
    *_NUMBERS,
    Column("buffers", "buffers", number=True),
    Column("total_parameters", "all parameters", number=True),
    Column("total_macs", "all MACs", number=True),
    Column("total_activations", "all activations", number=True),
    *_SIGHT,
)


def written(summary: Summary, style: str, *, color: bool = False) -> str:
    """Return a summary as ``text``, ``json``, ``csv`` or ``markdown``."""
    if style == "json":
        return json.dumps(_json(summary), indent=2, ensure_ascii=False) + "\n"
    if style == "csv":
        return comma_separated(_for_programs(summary))
    if style == "markdown":
        table = by_path(summary.rows)
        notes = "".join(f"- {line}\n" for line in totals(summary))
        return f"{table}\n{notes}"
    table = text(_for_people(summary.rows, tree=True), color=color)
    return f"{table}\n" + "".join(f"{line}\n" for line in totals(summary))


def by_path(rows: Sequence[Row]) -> str:
    """Return rows of a summary as a table in Markdown."""
    return markdown(_for_people(rows, tree=False))


def totals(summary: Summary) -> Iterator[str]:
    """Yield what a summary adds up to, in words."""
    total = summary.total
    yield (
        f"parameters: {numeral(total.parameters)}, all trainable;"
        f" buffers: {numeral(total.buffers)}"
    )
    yield (f"MACs: {numeral(total.macs)}; FLOPs, two a MAC: {numeral(total.flops)}")
    peak = ""
    if summary.peak is not None:
        whole = summary.peak + BYTES * (total.parameters + total.buffers)
        held = numeral(summary.peak)
        peak = f"; at most {held} at once, {numeral(whole)} with the weights"
    yield f"activations: {numeral(total.activations)} bytes, float32 at batch 1{peak}"
    if summary.unopened:
        yield f"modules further down are left closed: more than {MOST_ROWS:,} rows"


def _for_people(rows: Sequence[Row], *, tree: bool) -> Table:
    return Table(_PEOPLE, tuple(_row(row, tree=tree) for row in rows))


def _row(row: Row, *, tree: bool) -> tuple[Cell, ...]:
    name = _indented(row) if tree else row.path
    times = f"  x{row.count}" if row.count > 1 else ""
    return (
        f"{name}{times}",
        row.label if len(row.label) <= _LONGEST else f"{row.label[: _LONGEST - 3]}...",
        shapes_text(row.outputs),
        *_numbers(row.each),
        *_sight(row.fields),
    )


def _indented(row: Row) -> str:
    """Return a name behind blanks; deep down, behind the number of its level."""
    if row.depth <= _DEEPEST:
        return f"{'  ' * row.depth}{row.name}"
    return f"{'  ' * _DEEPEST}({row.depth}) {row.name}"


def _numbers(figures: Figures) -> tuple[Cell, ...]:
    return figures.parameters, figures.macs, figures.activations


def _sight(fields: Sequence[Field]) -> tuple[Cell, ...]:
    if len(fields) == 1:
        return fields[0].size_text, fields[0].jump_text
    return (
        ", ".join(f"{one.input} {one.size_text}" for one in fields),
        ", ".join(f"{one.input} {one.jump_text}" for one in fields),
    )


def _for_programs(summary: Summary) -> Table:
    """Return a row for each row, and one without a path for the whole model."""
    outputs = shapes_text(summary.outputs)
    numbers = _numbers(summary.total)
    whole: tuple[Cell, ...] = ("", summary.model, 0, 1, 1, outputs, *numbers)
    whole = (*whole, summary.total.buffers, *numbers, None, None)
    return Table(_PROGRAMS, (*map(_record, summary.rows), whole))


def _record(row: Row) -> tuple[Cell, ...]:
    return (
        row.path,
        row.label,
        row.level,
        row.count,
        row.times,
        shapes_text(row.outputs),
        *_numbers(row.each),
        row.each.buffers,
        *_numbers(row.total),
        *_sight(row.fields),
    )


def _json(summary: Summary) -> dict[str, object]:
    return {
        "model": summary.model,
        "inputs": [known_text(shape) for shape in summary.inputs],
        "outputs": [known_text(shape) for shape in summary.outputs],
        "total": {
            **_figures(summary.total),
            "flops": plain_size(summary.total.flops),
            "peak_activations": summary.peak,
        },
        "unopened": summary.unopened,
        "rows": [_object(row) for row in summary.rows],
    }


def _object(row: Row) -> dict[str, object]:
    return {
        "path": row.path,
        "name": row.name,
        "label": row.label,
        "depth": row.depth,
        "level": row.level,
        "count": row.count,
        "times": plain(row.times),
        "outputs": [[plain_size(size) for size in shape] for shape in row.outputs],
        "each": _figures(row.each),
        "total": _figures(row.total),
        "receptive_fields": [
            {
                "input": one.input,
                "size": [None if size is None else plain(size) for size in one.size],
                "jump": [None if jump is None else _jump(jump) for jump in one.jump],
            }
            for one in row.fields
        ],
    }


def _jump(jump: Fraction) -> float | str:
    """Return a jump as a float, or in words where it is too large for one."""
    return float(jump) if jump < _LARGEST_FLOAT else str(plain_jump(jump))


def _figures(figures: Figures) -> dict[str, object]:
    return {
        "parameters": plain_size(figures.parameters),
        "buffers": plain_size(figures.buffers),
        "macs": plain_size(figures.macs),
        "activations": plain_size(figures.activations),
    }
