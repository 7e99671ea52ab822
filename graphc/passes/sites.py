"""What the terms of a module are in each of its instances."""

from collections.abc import Mapping
from typing import TypeAlias

from graphc.infer import Instance, Sized
from graphc.ir import Family, Graph, Layer, Module, Op, Term, pointwise

Sites: TypeAlias = Mapping[Term, tuple[Layer, ...]]
"""The ops of a module that stand once in their row, with the layer in each instance.

Terms whose sizes are not known in every instance are left out.
"""


def sites(sized: Sized) -> Mapping[Module, Sites]:
    """Return the ops of every module that has an instance."""
    instances: dict[Module, list[Instance]] = {}
    for instance in sized.instances:
        instances.setdefault(instance.module, []).append(instance)
    return {module: _sites(module, each) for module, each in instances.items()}


def _sites(module: Module, instances: list[Instance]) -> Sites:
    found: dict[Term, list[Layer]] = {}
    for instance in instances:
        for node in module.graph.nodes.values():
            for stage in instance.stages(node):
                body = stage.runs[0].body
                if stage.term.repeat is None and isinstance(body, Layer):
                    found.setdefault(stage.term, []).append(body)
    return {
        term: tuple(layers)
        for term, layers in found.items()
        if len(layers) == len(instances)
    }


def is_op(term: Term, name: str) -> bool:
    """Whether a term is of the op with that name, and stands once."""
    target = term.target
    return term.repeat is None and isinstance(target, Op) and target.name == name


def is_elementwise(term: Term) -> bool:
    """Whether a term is an activation that looks at each element by itself."""
    target = term.target
    return (
        isinstance(target, Op)
        and target.family is Family.ACTIVATION
        and target.views is pointwise
    )


def sharing(graph: Graph) -> set[str]:
    """Return the nodes that have their modules in common with another."""
    pairs = ((node.name, node.same) for node in graph.nodes.values() if node.same)
    return {name for pair in pairs for name in pair}
