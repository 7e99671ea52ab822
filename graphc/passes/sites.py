"""What the terms of a module are in each of its instances."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import field

from graphc.infer import Instance, Sized, inner_first
from graphc.ir import Family, Graph, Layer, Module, Op, Term, pointwise
from graphc.ops.windows import slides
from graphc.passes.instances import instances_in
from graphc.record import record


@record(eq=False)
class Sites:
    """The ops of a module that stand once in their row.

    ``layers`` has what each is in every instance of the module, ``uses`` how often each
    of these instances stands in the model. Ops whose sizes are not known in every
    instance are left out.
    """

    layers: Mapping[Term, tuple[Layer, ...]] = field(default_factory=dict)
    uses: tuple[int, ...] = ()


def sites(sized: Sized) -> Mapping[Module, Sites]:
    """Return the ops of every module that the model uses, and of the model."""
    uses = _uses(sized.model)
    return {
        module: Sites(_layers(module, each), tuple(uses[one] for one in each))
        for module, each in instances_in(sized).items()
    }


def _layers(
    module: Module, instances: list[Instance]
) -> Mapping[Term, tuple[Layer, ...]]:
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


def _uses(model: Instance) -> Counter[Instance]:
    """Return how often each instance stands in a model."""
    found = Counter({model: 1})
    for outer in reversed([*inner_first(model)]):
        for node in outer.module.graph.nodes.values():
            for stage in outer.stages(node):
                for run in stage.runs:
                    if isinstance(run.body, Instance):
                        found[run.body] += found[outer] * run.count
    return found


def is_padded(layer: Layer) -> bool:
    """Whether windows that slide over a layer's input leave it at a border."""
    along = zip(slides(layer.arguments, layer.axes), layer.inputs[0][1:], strict=True)
    return any(move.amounts(size) != (0, 0) for move, size in along)


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
