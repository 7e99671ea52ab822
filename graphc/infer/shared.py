"""Whether nodes that share a module need the same parameters."""

from collections.abc import Iterator

from graphc.diagnostics import Code, Diagnostic, Place
from graphc.infer.derivation import known_text
from graphc.infer.sized import Instance, Sized, Stage
from graphc.ir import Layer, Node, Op
from graphc.lang import Size

Held = dict[str, tuple[Size, ...]]


def differing(sized: Sized) -> Iterator[Diagnostic]:
    """Yield a finding for each node whose parameters cannot be those it shares (GC313).

    The sizes of the network must be known.
    """
    told: set[Node] = set()
    for instance in sized.instances:
        graph = instance.module.graph
        for node in graph.nodes.values():
            origin = graph.origin(node)
            if origin is node or node in told:
                continue
            found = _difference(instance, origin, node)
            if found is not None:
                told.add(node)
                yield found


def _difference(instance: Instance, origin: Node, node: Node) -> Diagnostic | None:
    first, again = instance.stages(origin), instance.stages(node)
    held, wanted = (_held(stages) for stages in (first, again))
    keys = [key for key in held if key in wanted and held[key] != wanted[key]]
    if not keys:
        return None
    name = keys[0].rpartition("/")[2]
    one, other = known_text(held[keys[0]]), known_text(wanted[keys[0]])
    return Diagnostic(
        Code.GC313,
        f"`{node.name}` cannot be the same as `{origin.name}`: its `{name}` would be "
        f"{other}, not {one}",
        Place(node.label_span, _taken(again)),
        (Place(origin.label_span, _taken(first)),),
    )


def _taken(stages: tuple[Stage, ...]) -> str:
    return f"takes {', '.join(map(known_text, stages[0].inputs))}"


def _held(stages: tuple[Stage, ...], path: str = "") -> Held:
    """Return the shapes of all weights, by a path to each."""
    found: Held = {}
    for number, stage in enumerate(stages):
        op = stage.term.target
        for at, run in enumerate(stage.runs):
            here = f"{path}{number}.{at}"
            if isinstance(run.body, Layer):
                weights = op.weights(run.body) if isinstance(op, Op) else ()
                found |= {f"{here}/{weight.name}": weight.shape for weight in weights}
            else:
                for node in run.body.module.graph.nodes.values():
                    inner = run.body.stages(node)
                    found |= _held(inner, f"{here}/{node.name}/")
    return found
