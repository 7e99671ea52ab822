"""Places and words that the findings about sizes share."""

from collections.abc import Iterator, Sequence

from graphc.diagnostics import Place
from graphc.infer.cells import Clash
from graphc.infer.derivation import dim_text, known_text, shape_text
from graphc.infer.plan import Annotated, Step
from graphc.infer.session import Frame
from graphc.infer.solution import Known, known
from graphc.ir import Argument, Edge, Term
from graphc.lang import Size, value_text
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
    return " and ".join(shape_text(frame.solution.slots[n]) for n in tensors)


def arriving(frame: Frame, step: Step) -> list[tuple[Place, str]]:
    """Return the tensors that come into a step: a place for each, and words."""
    slots = frame.solution.slots
    return brought(frame, step, tuple(known(slots[n]) for n in step.inputs))


def brought(
    frame: Frame, step: Step, shapes: tuple[Known, ...]
) -> list[tuple[Place, str]]:
    """Return the same for shapes that a run brings to a step."""
    found = []
    for edge, shape in zip(_edges_into(frame, step), shapes, strict=False):
        text = known_text(shape)
        place = Place(place_of(edge), f"`{edge.source}` gives {text}")
        found.append((place, f"{text} from `{edge.source}`"))
    return found


def around(frame: Frame | None, step: Step) -> list[tuple[Place, str]]:
    """Return the sizes written on the edges at a node: a place for each, and words."""
    module = None if frame is None else frame.solution.plan.module
    if module is None or isinstance(step, Annotated):
        return []
    name = step.node.name
    return [
        (Place(place_of(edge), f"drawn as {edge.shape}"), str(edge.shape))
        for edge in (*module.graph.into(name), *module.graph.out_of(name))
        if edge.shape is not None
    ]


def _edges_into(frame: Frame, step: Step) -> tuple[Edge, ...]:
    module = frame.solution.plan.module
    if module is None or isinstance(step, Annotated):
        return ()
    if step.term is not step.node.terms[0]:
        return ()
    return module.graph.into(step.node.name)


def listed(parts: list[tuple[Place, str]]) -> str:
    """Return shapes with their origins, in a row."""
    words = [text for _, text in parts]
    return " and ".join(words) if len(words) == 2 else ", ".join(words)


def name_of(step: Step) -> str:
    """Return the node of a step."""
    return step.edge.source if isinstance(step, Annotated) else step.node.name


def step_place(step: Step) -> Span:
    """Return where a step is written."""
    return place_of(step.place)


def place_of(place: Term | Edge) -> Span:
    """Return where a term is written, or the size on an edge."""
    if isinstance(place, Edge) and place.shape is not None:
        return place.shape.span
    return place.span


def where(frame: Frame | None) -> tuple[str, ...]:
    """Return a line that tells in which instance it is so.

    There is none for the model, and none for a module that is always the same.
    """
    if frame is None or frame.use is None:
        return ()
    solution = frame.solution
    cells = solution.free.items()
    free = {name: cell.value for name, cell in cells if cell.value is not None}
    env = {**(solution.env if solution.plan.module else {}), **free}
    if not env:
        return ()
    path = [frame.use.node.name]
    parent = frame.parent
    while parent is not None and parent.use is not None:
        path.insert(0, parent.use.node.name)
        parent = parent.parent
    told = "".join(f" {name}={value_text(value)}" for name, value in env.items())
    return (f"in `{'.'.join(path)}`: {frame.use.term.name}{told}",)


def completed(sizes: Sequence[Size | None], edge: Edge) -> str:
    """Return the shape to annotate: as inferred, and as written where nothing says."""
    written = edge.shape.dims if edge.shape is not None else ()
    dims = [dim_text(size) for size in sizes]
    if len(dims) == len(written):
        pairs = zip(dims, written, strict=True)
        dims = [str(dim) if text == "_" else text for text, dim in pairs]
    return "*".join(dims)


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
