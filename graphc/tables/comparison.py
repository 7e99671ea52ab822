"""Networks side by side: what they cost, and what was published of them."""

import json
from collections.abc import Iterator, Sequence

from graphc.cost import cost
from graphc.infer import Known, Sized
from graphc.ir import Reported
from graphc.lang import Size, value_text
from graphc.record import record
from graphc.tables.figures import plain_size, shapes_text
from graphc.tables.table import Cell, Column, Table
from graphc.tables.write import comma_separated, markdown, text

_FIRST = (
    Column("model", "model", code=True),
    Column("input", "input", code=True),
    Column("parameters", "parameters", number=True),
    Column("macs", "MACs", number=True),
)


@record
class Model:
    """A network as one line of a comparison; ``reported`` is as its spec has it."""

    file: str
    name: str
    source: str | None
    inputs: tuple[Known, ...]
    parameters: Size
    macs: Size
    reported: tuple[Reported, ...]


def compared(networks: Sequence[Sized]) -> tuple[Model, ...]:
    """Return networks without errors as lines of a comparison, in their order."""
    return tuple(map(_model, networks))


def _model(sized: Sized) -> Model:
    total, network = cost(sized.model), sized.network
    return Model(
        network.file,
        sized.model.name,
        network.meta.source,
        sized.model.inputs,
        total.parameters,
        total.macs,
        network.meta.reported,
    )


def comparison(models: Sequence[Model], style: str, *, color: bool = False) -> str:
    """Return a comparison as ``text``, ``json``, ``csv`` or ``markdown``.

    Each published result has a line; the model stands on the first of its lines, in CSV
    on all.
    """
    if style == "json":
        found = {"models": [_object(model) for model in models]}
        return json.dumps(found, indent=2, ensure_ascii=False) + "\n"
    if style == "csv":
        return comma_separated(_table(models, repeats=True))
    table = _table(models, repeats=False)
    return markdown(table) if style == "markdown" else text(table, color=color)


def results(reported: Sequence[Reported]) -> str:
    """Return published results of one model as a table in Markdown."""
    keys = _keys(reported)
    columns = tuple(Column(key, title) for key, title in keys.items())
    return markdown(Table(columns, tuple(_values(one, keys) for one in reported)))


def _table(models: Sequence[Model], *, repeats: bool) -> Table:
    keys = _keys([one for model in models for one in model.reported])
    columns = (*_FIRST, *(Column(title, title) for title in keys.values()))
    return Table(
        columns,
        tuple(row for one in models for row in _rows(one, keys, repeats=repeats)),
    )


def _rows(
    model: Model, keys: dict[str, str], *, repeats: bool
) -> Iterator[tuple[Cell, ...]]:
    inputs = shapes_text(model.inputs)
    first: tuple[Cell, ...] = (model.name, inputs, model.parameters, model.macs)
    for number, one in enumerate(model.reported or (Reported(()),)):
        shown = first if repeats or number == 0 else (None,) * len(first)
        yield (*shown, *_values(one, keys))


def _keys(reported: Sequence[Reported]) -> dict[str, str]:
    """Return the names that results have, each as it is written first.

    ``top1 error``, ``top-1 error`` and ``Top1_Error`` are one.
    """
    found: dict[str, str] = {}
    for one in reported:
        for name, _ in one.values:
            found.setdefault(_folded(name), name)
    return found


def _folded(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold())) or name


def _values(reported: Reported, keys: dict[str, str]) -> tuple[Cell, ...]:
    values = {_folded(name): value_text(value) for name, value in reported.values}
    return tuple(values.get(key) for key in keys)


def _object(model: Model) -> dict[str, object]:
    return {
        "spec": model.file,
        "model": model.name,
        "source": model.source,
        "inputs": [shapes_text([shape]) for shape in model.inputs],
        "parameters": plain_size(model.parameters),
        "macs": plain_size(model.macs),
        "reported": [
            {name: value_text(value) for name, value in one.values}
            for one in model.reported
        ],
    }
