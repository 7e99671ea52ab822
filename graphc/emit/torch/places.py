"""Which module of PyTorch is which part of the network, and the tensors it holds."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from graphc.emit.torch.classes import Draft
from graphc.infer import Instance, Sized, Stage
from graphc.ir import Family, Layer, Op
from graphc.lang import Size
from graphc.record import record


@record(eq=False)
class Placed:
    """A layer or an instance where it stands: its path is that of ``named_modules``.

    ``op`` is the op that a layer is of, None for an instance. ``again`` tells that it
    is within what stands in another place too, and is applied once more.
    """

    path: str
    body: Layer | Instance
    op: Op | None = None
    again: bool = False

    @property
    def own(self) -> bool:
        """Whether it is a tensor of the module around it, not a module in it."""
        return self.op is not None and self.op.family is Family.PARAMETER


@record
class StateTensor:
    """A tensor of a ``state_dict``: its key, its shape, and whether it is a buffer.

    An ``integer`` one counts, such as ``num_batches_tracked``.
    """

    key: str
    shape: tuple[Size, ...]
    buffer: bool = False
    integer: bool = False


def placed(sized: Sized, classes: Iterable[Draft]) -> Iterator[Placed]:
    """Yield everything in a network with its path: the model, and what is in it.

    Each is followed by what stands in it, in the order of ``named_modules``; functions
    have no path and are left out. ``classes`` are those of the generated file.
    """
    by_instance = {
        each: draft for draft in classes for each in draft.blueprint.instances
    }
    pending = [Placed("", sized.model)]
    while pending:
        place = pending.pop()
        yield place
        # As in PyTorch: a module's own tensors, then the modules in it.
        inside = sorted(_inside(place, by_instance), key=lambda each: not each.own)
        pending += reversed(inside)


def state(sized: Sized, classes: Iterable[Draft]) -> tuple[StateTensor, ...]:
    """Return what the ``state_dict`` of a network's model holds, in its order.

    The model is that of the parameters' defaults. The network must have been checked
    without errors.
    """
    return tuple(
        StateTensor(
            f"{place.path}.{weight.name}" if weight.name else place.path,
            weight.shape,
            weight.buffer,
            weight.integer,
        )
        for place in placed(sized, classes)
        if place.op is not None and isinstance(place.body, Layer) and not place.again
        for weight in place.op.weights(place.body)
    )


def _inside(place: Placed, classes: Mapping[Instance, Draft]) -> Iterator[Placed]:
    """Yield what stands directly in an instance."""
    if not isinstance(place.body, Instance):
        return
    draft = classes[place.body]
    before = (place.path,) if place.path else ()
    stages = _stages(place.body)
    for home in draft.homes():
        path = ".".join((*before, *draft.path(home.slot)))
        first = None
        if home.behind is not None:
            first = sum(stages[id(part.term)].count for part in home.behind)
        again = place.again or home.again
        row = _row(path, first, stages[id(home.part.term)])
        yield from (replace(each, again=again) for each in row)


def _row(path: str, first: int | None, stage: Stage) -> Iterator[Placed]:
    target = stage.term.target
    op = target if isinstance(target, Op) else None
    number = first or 0
    for run in stage.runs:
        for _ in range(run.count):
            yield Placed(path if first is None else f"{path}.{number}", run.body, op)
            number += 1


def _stages(instance: Instance) -> dict[int, Stage]:
    return {
        id(stage.term): stage
        for node in instance.module.graph.nodes.values()
        for stage in instance.stages(node)
    }
