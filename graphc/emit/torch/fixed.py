"""Which code would need a size that only an input tells: there is none to write."""

from collections.abc import Iterator

from graphc.diagnostics import Code as Finding
from graphc.diagnostics import Diagnostic, Place, entry_text
from graphc.emit.torch.blueprint import codes_of, symbols_of
from graphc.infer import Sized, Stage
from graphc.ir import Layer, Op


def open_sizes(sized: Sized) -> Iterator[Diagnostic]:
    """Yield the ops whose weights or arguments depend on a free dim (GC407).

    A constructor has no input to ask, so these sizes have to be numbers. The network
    must have been checked without errors; each place is told once.
    """
    told: set[Place] = set()
    for instance in sized.instances:
        for node in instance.module.graph.nodes.values():
            for stage in instance.stages(node):
                found = sorted(_symbols(stage))
                place = Place(stage.term.span, "needs " + ", ".join(found))
                if found and place not in told:
                    told.add(place)
                    yield _finding(node.name, found, place)


def _finding(node: str, names: list[str], place: Place) -> Diagnostic:
    sizes = ", ".join(f"`{name}`" for name in names)
    example = ", ".join(f"{name}: 64" for name in names)
    return Diagnostic(
        Finding.GC407,
        f"`{node}` depends on {sizes}, which only an input tells",
        place,
        notes=("weights and arguments of a module are made before it sees an input",),
        help=(
            f"give {sizes} a number, or make it a parameter of the model: "
            f"`{entry_text(place.span, 'params', f'{{{example}}}')}`",
        ),
    )


def _symbols(stage: Stage) -> set[str]:
    op = stage.term.target
    found: set[str] = set()
    if isinstance(op, Op):
        for run in stage.runs:
            if isinstance(run.body, Layer):
                found |= _of_layer(op, run.body)
    return found


def _of_layer(op: Op, layer: Layer) -> set[str]:
    sizes = [size for weight in op.weights(layer) for size in weight.shape]
    codes = codes_of(op.torch(layer))
    return {name for code in (*sizes, *codes) for name in symbols_of(code)}
