"""What the terms of modules are in the instances that a model has of them."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from graphc.infer import Instance, Sized, Stage, inner_first
from graphc.ir import Folded, Kept, Module, Term, weights_of

Origin: TypeAlias = tuple[object, ...]
"""What stays of a term while its weights, its arguments and its size are changed."""


def origin(term: Term) -> Origin:
    """Return by what a term is known while a pass makes others of it."""
    trained = weights_of(term)
    while isinstance(trained, Folded):
        trained = trained.layer
    return trained.path if isinstance(trained, Kept) else (trained,)


def instances_in(sized: Sized) -> dict[Module, list[Instance]]:
    """Return the instances of every module that the model uses, itself included."""
    found: dict[Module, list[Instance]] = {}
    for instance in inner_first(sized.model):
        found.setdefault(instance.module, []).append(instance)
    return found


class Stages:
    """The stages that terms are in instances, found by the terms."""

    def __init__(self) -> None:
        self._known: dict[Instance, Mapping[Term, Stage]] = {}

    def at(self, instance: Instance, path: Sequence[Term]) -> Stage:
        """Return the stage of the last term of a path.

        The others are uses of modules without repeats, from the outside in.
        """
        *uses, term = path
        for use in uses:
            body = self._of(instance)[use].runs[0].body
            if not isinstance(body, Instance):
                raise TypeError(f"{use.name} is no module")
            instance = body
        return self._of(instance)[term]

    def _of(self, instance: Instance) -> Mapping[Term, Stage]:
        if instance not in self._known:
            nodes = instance.module.graph.nodes.values()
            stages = (stage for node in nodes for stage in instance.stages(node))
            self._known[instance] = {stage.term: stage for stage in stages}
        return self._known[instance]
