"""Sizes that nothing determines: where to say so, and what to write."""

from collections.abc import Iterator

from graphc.diagnostics import Code, Diagnostic, Place, edge_text
from graphc.infer.derivation import dim_text, known_text
from graphc.infer.plan import Apply
from graphc.infer.session import Frame, Session
from graphc.infer.solution import Known, whole
from graphc.infer.wording import argument_name, input_text, where
from graphc.ir import Argument, Node

OPEN_SIZES = frozenset({Code.GC306, Code.GC307})
"""The codes of what nothing determines: nothing contradicts, and something is open."""


def undetermined(session: Session) -> Iterator[Diagnostic]:
    """Return findings for the sizes of the model that are not determined.

    GC306 at an op whose channel count is neither written nor follows from the sizes
    around it; GC307 at an input of the model, and at any other op that leaves a size
    open. What merely follows from another open size is not told again.
    """
    if session.left:
        yield from _channels(session)
        return
    found = [*_channels(session), *_inputs(session)]
    yield from found or _others(session)


def _model_frames(session: Session) -> Iterator[Frame]:
    """Return the instances within the model that leave a size open.

    Those of an unused module may.
    """
    for frame in session.frames:
        if frame.solution.complete:
            continue  # nothing in it is open
        root = frame
        while root.parent is not None:
            root = root.parent
        if root.solution is session.model:
            yield frame


def _channels(session: Session) -> Iterator[Diagnostic]:
    for frame in _model_frames(session):
        for step in frame.solution.plan.steps:
            if isinstance(step, Apply) and step.op.known and _ready(frame, step):
                argument = _open_argument(frame, step)
                if argument is not None:
                    yield _channel(frame, step, argument)


def _ready(frame: Frame, step: Apply) -> bool:
    """Whether all is known that comes into a step, and not all that leaves it."""
    shape = frame.solution.shape
    given = all(shape(number) is not None for number in step.inputs)
    return given and any(shape(number) is None for number in step.outputs)


def _open_argument(frame: Frame, step: Apply) -> Argument | None:
    arguments = frame.solution.arguments_of(step)
    if arguments is None:
        return None
    open_ = (a for a in step.op.arguments if a.inferred and arguments[a.name] is None)
    return next(open_, None)


def _channel(frame: Frame, step: Apply, argument: Argument) -> Diagnostic:
    node, term = step.node, step.term
    given = known_text(frame.solution.shapes[step.outputs[0]])
    short = argument_name(argument)
    label = f"gives {given}: nothing says its `{argument.name}`"
    return Diagnostic(
        Code.GC306,
        f"nothing determines the `{argument.name}` of `{node.name}`",
        Place(term.span, label),
        notes=where(frame),
        help=(
            f"write it in the label, as in `{term.name} {short}=64`, or the size on "
            f"an edge out of `{node.name}`",
        ),
    )


def _inputs(session: Session) -> Iterator[Diagnostic]:
    model = session.model
    module = model.plan.module
    for node, shape in zip(module.inputs if module else (), model.inputs, strict=True):
        if whole(shape) is None:
            yield _input(node, shape)


def _input(node: Node, shape: Known) -> Diagnostic:
    if shape is None:
        label = "no size is written on an edge out of it"
        size = "3*224*224"
    else:
        label = f"known of it: {'*'.join(input_text(shape))}"
        dims = [_example(number, size) for number, size in enumerate(shape)]
        size = "*".join(dims)
    edge = edge_text(node.span, node.name, "...", size)
    return Diagnostic(
        Code.GC307,
        f"nothing determines the size of the input `{node.name}`",
        Place(node.span, label),
        help=(f"write it on an edge out of `{node.name}`, such as `{edge}`",),
    )


def _example(number: int, size: object) -> str:
    """Return a size that may be written for a dim of an input."""
    if not isinstance(size, tuple):
        return dim_text(size)
    low, high = size
    free = "3" if number == 0 else "224"
    return free if high is None and int(free) >= low else str(low)


def _others(session: Session) -> Iterator[Diagnostic]:
    """Return the first ops that leave a size open though all before them is known."""
    for frame in _model_frames(session):
        for step in frame.solution.plan.steps:
            if isinstance(step, Apply) and step.op.known and _ready(frame, step):
                number = step.outputs[0]
                given = known_text(frame.solution.shapes[number])
                yield Diagnostic(
                    Code.GC307,
                    f"nothing determines the size that `{step.node.name}` gives",
                    Place(step.term.span, f"gives {given}"),
                    notes=where(frame),
                    help=(f"write the size on an edge out of `{step.node.name}`",),
                )
