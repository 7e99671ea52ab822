"""Places and words that the findings about sizes share."""

from collections.abc import Iterator, Sequence

from graphc.diagnostics import Place, in_mermaid
from graphc.infer.cells import Clash
from graphc.infer.derivation import dim_text, known_text
from graphc.infer.plan import Step
from graphc.infer.session import Frame
from graphc.infer.solution import Known
from graphc.infer.written import Written
from graphc.ir import Argument, Edge
from graphc.lang import ShapeText, Size, shape_as_written, value_text
from graphc.record import record
from graphc.source import Span


def argument_name(argument: Argument) -> str:
    """Return the shortest name of an argument."""
    return min(argument.names, key=len)


def clash_text(clash: Clash) -> str:
    """Return what excludes what."""
    if clash.message:
        return clash.message
    told = f": {clash.text()}" if clash.text is not None else ""
    return f"{clash.found} meets {clash.held}{told}"


def unless(clash: Clash) -> tuple[str, ...]:
    """Return a line that tells for which symbols two sizes do differ, if they have."""
    if not clash.unless:
        return ()
    return (f"{clash.found} and {clash.held}: {clash.unless}",)


def shapes_text(frame: Frame, tensors: tuple[int, ...]) -> str:
    """Return what is known of tensors of a plan."""
    return " and ".join(map(known_text, frame.solution.at(tensors)))


def arriving(frame: Frame, step: Step) -> list[tuple[Place, str]]:
    """Return the tensors that come into a step: a place for each, and words."""
    return brought(frame, step, frame.solution.at(step.inputs))


def brought(
    frame: Frame, step: Step, shapes: tuple[Known, ...]
) -> list[tuple[Place, str]]:
    """Return the same for shapes that a run brings to a step."""
    found = []
    for source, shape in zip(_sources(frame, step), shapes, strict=False):
        text = known_text(shape)
        place = Place(source.span, f"`{source.name}` gives {text}")
        found.append((place, f"{text} from `{source.name}`"))
    return found


def around(frame: Frame | None, step: Step) -> list[tuple[Place, str]]:
    """Return the sizes that are written next to a step: a place for each, and words.

    They stand on the edges at its node, or nearer in its row.
    """
    module = None if frame is None else frame.solution.plan.module
    if module is None or isinstance(step, Written):
        return []
    name, terms = step.node.name, step.node.terms
    number = terms.index(step.term)
    before = [term.shape for term in terms[:number] if term.shape is not None][-1:]
    behind = [term.shape for term in terms[number:] if term.shape is not None][:1]
    entering, leaving = module.graph.into(name), module.graph.out_of(name)
    shapes: tuple[ShapeText | None, ...] = (
        *(before or (edge.shape for edge in entering)),
        *(behind or (edge.shape for edge in leaving)),
    )
    return [
        (Place(shape.span, f"drawn as {shape}"), str(shape))
        for shape in shapes
        if shape is not None
    ]


@record
class _Source:
    """What gives a step a tensor, and where that, or its size, is written."""

    name: str
    span: Span


def _sources(frame: Frame, step: Step) -> tuple[_Source, ...]:
    module = frame.solution.plan.module
    if module is None or isinstance(step, Written):
        return ()
    number = step.node.terms.index(step.term)
    if number == 0:
        edges = module.graph.into(step.node.name)
        return tuple(_Source(edge.source, _span_of(edge)) for edge in edges)
    before = step.node.terms[number - 1]
    if before.shape is None:
        return ()
    return (_Source(before.text, before.shape.span),)


def _span_of(edge: Edge) -> Span:
    return edge.span if edge.shape is None else edge.shape.span


def listed(parts: list[tuple[Place, str]]) -> str:
    """Return shapes with their origins, in a row."""
    words = [text for _, text in parts]
    return " and ".join(words) if len(words) == 2 else ", ".join(words)


def name_of(step: Step) -> str:
    """Return the node of a step."""
    return step.source if isinstance(step, Written) else step.node.name


def step_place(step: Step) -> Span:
    """Return where a step is written."""
    return step.place.span


def where(frame: Frame | None) -> tuple[str, ...]:
    """Return a line that tells in which instance it is so.

    There is none for the model, and none for a module that is always the same.
    """
    if frame is None or frame.use is None:
        return ()
    solution = frame.solution
    sizes = solution.free.items()
    free = {name: size for name, size in sizes if size is not None}
    env = {**(solution.env if solution.plan.module else {}), **free}
    if not env:
        return ()
    told = "".join(f" {name}={value_text(value)}" for name, value in env.items())
    return (f"in `{'.'.join(path_of(frame))}`: {frame.use.term.name}{told}",)


def path_of(frame: Frame | None) -> list[str]:
    """Return the nodes that lead to an instance, the outermost first."""
    path: list[str] = []
    while frame is not None and frame.use is not None:
        path.append(frame.use.node.name)
        frame = frame.parent
    return path[::-1]


def completed(sizes: Sequence[Size | None], shape: ShapeText) -> str:
    """Return the shape to annotate: as inferred, and as written where nothing says."""
    dims = [dim_text(size) for size in sizes]
    if len(dims) == len(shape.dims):
        pairs = zip(dims, shape.dims, strict=True)
        dims = [str(dim) if text == "_" else text for text, dim in pairs]
    return "*".join(dims)


def to_write(sizes: Sequence[Size | None], shape: ShapeText) -> str:
    """Return the shape to annotate; in a drawing in the notation that it has there."""
    told = shape_as_written(shape, sizes) if in_mermaid(shape.span) else None
    return told or completed(sizes, shape)


def distinct(
    primary: Span, first: list[Place], second: list[Place]
) -> tuple[Place, ...]:
    """Return places, one for each stretch of text other than the primary one."""
    found: dict[Span, Place] = {}
    for place in (*second, *first):
        if place.span != primary:
            found.setdefault(place.span, place)
    return tuple(found.values())


def input_text(shape: Known) -> Iterator[str]:
    """Return the dims of a shape as the notation has them, or as ``223..224``."""
    for size in shape or ():
        if isinstance(size, tuple):
            low, high = size
            yield "_" if high is None else f"{low}..{high}"
        else:
            yield dim_text(size)
