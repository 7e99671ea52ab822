"""Which code would need a size that only an input tells: there is none to write."""

from collections.abc import Iterator

from graphc.diagnostics import Code as Finding
from graphc.diagnostics import Diagnostic, Place
from graphc.infer import Sized, Stage
from graphc.ir import Call, Code, Form, Index, Infix, Items, Layer, Op
from graphc.lang import Dim


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
            f"`params: {{{example}}}`",
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
    found = {name for size in sizes for name in _names(size)}
    return found | {name for code in _codes(op.torch(layer)) for name in _names(code)}


def _codes(form: Form) -> Iterator[Code]:
    pending: list[Code] = [form.layer, form.function, form.before]
    pending += [code for _, code in form.arguments]
    while pending:
        code = pending.pop()
        match code:
            case Call(function, positional, keywords):
                pending += [function, *positional, *(item for _, item in keywords)]
            case Items(items):
                pending += items
            case Infix(_, operands):
                pending += operands
            case Index(value, places):
                pending += [value, *places]
            case _:
                yield code


def _names(size: object) -> frozenset[str]:
    return size.symbols() if isinstance(size, Dim) else frozenset()
