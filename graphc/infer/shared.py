"""Whether nodes that share a module need the same parameters."""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from graphc.diagnostics import Code, Diagnostic, Place
from graphc.infer.derivation import known_text
from graphc.infer.sized import Body, Instance, Sized, Stage
from graphc.ir import Layer, Node, Op, Weight

Stages: TypeAlias = tuple[Stage, ...]
Held: TypeAlias = tuple[Body, tuple[Weight, ...]]


def differing(sized: Sized) -> Iterator[Diagnostic]:
    """Yield a finding for each node whose parameters cannot be those it shares (GC313).

    The sizes of the network must be known.
    """
    told: set[Node] = set()
    for instance in sized.instances:
        graph = instance.module.graph
        for node in graph.nodes.values():
            if node.same is None or node in told:
                continue
            origin = graph.origin(node)
            if origin is node:
                continue
            found = _difference(instance, origin, node)
            if found is not None:
                told.add(node)
                yield found


def _difference(instance: Instance, origin: Node, node: Node) -> Diagnostic | None:
    first, again = instance.stages(origin), instance.stages(node)
    found = next(_unlike(first, again), None)
    if found is None:
        return None
    one, other = found
    return Diagnostic(
        Code.GC313,
        f"`{node.name}` cannot be the same as `{origin.name}`: its `{one.name}` would "
        f"be {known_text(other.shape)}, not {known_text(one.shape)}",
        Place(node.label_span, _taken(again)),
        (Place(origin.label_span, _taken(first)),),
    )


def _taken(stages: Stages) -> str:
    return f"takes {', '.join(map(known_text, stages[0].inputs))}"


def _unlike(first: Stages, again: Stages) -> Iterator[tuple[Weight, Weight]]:
    """Yield the weights at the same places that have not the same shape."""
    seen: set[tuple[Instance, Instance]] = set()
    pending = [_pairs(zip(first, again, strict=False))]
    while pending:
        pair = next(pending[-1], None)
        if pair is None:
            pending.pop()
            continue
        (left, held), (right, wanted) = pair
        if left is right:
            continue
        if isinstance(left, Instance) and isinstance(right, Instance):
            if (left, right) not in seen:
                pending.append(_pairs(_within(left, right)))
            seen.add((left, right))
        by_name = {weight.name: weight for weight in wanted}
        for weight in held:
            other = by_name.get(weight.name)
            if other is not None and other.shape != weight.shape:
                yield weight, other


def _pairs(stages: Iterable[tuple[Stage, Stage]]) -> Iterator[tuple[Held, Held]]:
    """Yield the bodies at the same places of stages, each with its own weights."""
    for one, other in stages:
        for left, right in zip(one.runs, other.runs, strict=False):
            yield _held(one, left.body), _held(other, right.body)


def _held(stage: Stage, body: Body) -> Held:
    op = stage.term.target
    if isinstance(op, Op) and isinstance(body, Layer):
        return body, op.weights(body)
    return body, ()


def _within(left: Instance, right: Instance) -> Iterator[tuple[Stage, Stage]]:
    for name, node in left.module.graph.nodes.items():
        other = right.module.graph.nodes.get(name)
        if other is not None:
            yield from zip(left.stages(node), right.stages(other), strict=False)
