"""Which module of PyTorch is which instance of the network."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from graphc.emit.torch import Draft
from graphc.infer import Instance, Stage
from graphc.ir import Edge


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """An instance where it stands: its path is that of ``named_modules``."""

    path: str
    instance: Instance


def placed(
    model: Instance, classes: Mapping[str, tuple[Draft, ...]]
) -> Iterator[Placed]:
    """Yield every instance of a network with its path, the model first.

    ``classes`` are those of the generated file by the name of their module.
    """
    pending = [Placed("", model)]
    while pending:
        place = pending.pop()
        yield place
        pending += _inside(place, classes)


def _inside(
    place: Placed, classes: Mapping[str, tuple[Draft, ...]]
) -> Iterator[Placed]:
    """Yield the instances that stand directly in one."""
    instance = place.instance
    draft = _draft(instance, classes)
    before = f"{place.path}." if place.path else ""
    stages = _stages(instance)
    for home in draft.homes():
        path = f"{before}{draft.attribute(home.slot)}"
        if home.slot.index is not None:
            path = f"{path}.{home.slot.index}"
        first = None
        if home.behind is not None:
            first = sum(stages[id(part.term)].count for part in home.behind)
        yield from _row(path, first, stages[id(home.part.term)])


def _row(path: str, first: int | None, stage: Stage) -> Iterator[Placed]:
    number = first or 0
    for run in stage.runs:
        for _ in range(run.count):
            if isinstance(run.body, Instance):
                yield Placed(path if first is None else f"{path}.{number}", run.body)
            number += 1


def _draft(instance: Instance, classes: Mapping[str, tuple[Draft, ...]]) -> Draft:
    (draft,) = (
        draft
        for draft in classes[instance.name]
        if instance in draft.blueprint.instances
    )
    return draft


def _stages(instance: Instance) -> dict[int, Stage]:
    return {
        id(stage.term): stage
        for node in instance.module.graph.nodes.values()
        for stage in instance.stages(node)
    }


def edges_of(instance: Instance) -> list[Edge]:
    """Return the edges whose value the code computes: those that lead to an output."""
    graph = instance.module.graph
    live = {node.name for node in instance.module.outputs}
    for node in reversed(graph.order):
        if node.name in live:
            live |= {edge.source for edge in graph.into(node.name)}
    return [edge for edge in graph.edges if edge.source in live]
