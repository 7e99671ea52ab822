"""Activations that can write over what they read, since nobody else looks at it.

A tensor may be written over if an op made it for this reader alone: then nothing else
reads it, it is no output, and it is no view of another tensor.
"""

from graphc.infer import Instance, Stage, inner_first
from graphc.ir import Family, Module, Op, Term
from graphc.record import record

_MAKERS = frozenset(
    {
        Family.ACTIVATION,
        Family.CONVOLUTION,
        Family.LINEAR,
        Family.MERGE,
        Family.NORMALIZATION,
        Family.POOLING,
    }
)
"""The families whose ops give a new tensor; those of others may give a view."""


@record(eq=False)
class _Found:
    """The terms of an instance that write over, and whether what it gives is new."""

    terms: frozenset[Term]
    gives_new: bool


class InPlace:
    """The terms of instances that can work in place, each looked at once."""

    def __init__(self) -> None:
        self._known: dict[Instance, _Found] = {}

    def terms(self, instance: Instance) -> frozenset[Term]:
        """Return the terms of an instance, not those within others, that can."""
        for one in inner_first(instance, self._known):
            self._known[one] = self._look(one)
        return self._known[instance].terms

    def _look(self, instance: Instance) -> _Found:
        graph = instance.module.graph
        own: dict[str, bool] = {}
        may: dict[str, list[list[bool]]] = {}
        for node in graph.order:
            if node.is_input or node.is_output:
                own[node.name] = False
                continue
            edges = graph.into(node.name)
            new = len(edges) == 1 and own[edges[0].source]
            found: list[bool] = []
            for number, stage in enumerate(instance.stages(node)):
                target = stage.term.target
                found.append(new and isinstance(target, Op) and target.in_place)
                # A merge of one tensor may give that.
                new = self._gives_new(
                    stage, new=new, joins=not number and len(edges) > 1
                )
            own[node.name] = new and len(graph.out_of(node.name)) <= 1
            may.setdefault(node.holder, []).append(found)
        # Nodes that share their layers write over what they read together, or do not.
        agreed = {
            name: [*map(all, zip(*each, strict=True))] for name, each in may.items()
        }
        terms = frozenset(
            term
            for node in graph.nodes.values()
            if node.holder in agreed
            for term, allowed in zip(node.terms, agreed[node.holder], strict=True)
            if allowed
        )
        return _Found(terms, all(own[name] for name in ends(instance.module)))

    def _gives_new(self, stage: Stage, *, new: bool, joins: bool) -> bool:
        """Whether what a term gives is new, and alone; ``new`` says it of its input."""
        target = stage.term.target
        if len(stage.outputs) != 1:
            return False
        if not isinstance(target, Op):
            bodies = (run.body for run in stage.runs)
            return all(
                self._known[b].gives_new for b in bodies if isinstance(b, Instance)
            )
        if target.idle:
            return new
        return target.family in _MAKERS and (joins or target.family is not Family.MERGE)


def ends(module: Module) -> tuple[str, ...]:
    """Return the nodes whose tensors are the outputs of a module."""
    into = module.graph.into
    return tuple(
        into(node.name)[0].source if node.is_output else node.name
        for node in module.outputs
    )
