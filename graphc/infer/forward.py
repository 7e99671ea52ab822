"""Where a network fails if it is run: the first op that cannot take what arrives."""

from collections.abc import Sequence

from graphc.infer.arguments import arguments_of
from graphc.infer.plan import Apply, Tied
from graphc.infer.session import Frame
from graphc.infer.single import OpResult, Problem, infer_op
from graphc.infer.solution import Known
from graphc.infer.written import Written
from graphc.ir import Arguments
from graphc.record import record


@record(eq=False)
class Refusal:
    """An op, the shapes that arrive at it in a run, and why it does not take them."""

    step: Apply
    inputs: tuple[Known, ...]
    problem: Problem


def first_refusal(frame: Frame) -> Refusal | None:
    """Return the first op of an instance that refuses what arrives, None if all run.

    Sizes go forwards only, from what comes into the instance; what an op leaves open,
    such as output channels that are not written, is taken from what was inferred.
    """
    solution = frame.solution
    shapes: dict[int, Known] = {
        number: solution.shapes[number] for number in solution.plan.inputs
    }
    for step in solution.plan.steps:
        if isinstance(step, Written | Tied):
            continue
        taken = tuple(shapes.get(number) for number in step.inputs)
        given = list(solution.at(step.outputs))
        if isinstance(step, Apply):
            result = applied(frame, step, taken, len(step.outputs))
            if result is None:
                return None
            if result.problems:
                return Refusal(step, taken, result.problems[0])
            pairs = zip(result.known, given, strict=True)
            given = [filled(shape, other) for shape, other in pairs]
        shapes.update(zip(step.outputs, given, strict=True))
    return None


def applied(
    frame: Frame, step: Apply, taken: Sequence[Known], reads: int
) -> OpResult | None:
    """Return what an op gives for shapes, whatever stands behind it.

    ``reads`` is the number of outputs that are asked for. None if its arguments have
    no values, which is told elsewhere.
    """
    arguments = arguments_of(step.op, step.term, frame.solution.env)
    if not isinstance(arguments, Arguments):
        return None
    domain = frame.solution.domain
    return infer_op(step.op, arguments, taken, reads, domain)


def filled(shape: Known, inferred: Known) -> Known:
    """Return a shape with its open dims as they were inferred."""
    if shape is None or inferred is None or len(shape) != len(inferred):
        return inferred if shape is None else shape
    pairs = zip(shape, inferred, strict=True)
    return tuple(other if isinstance(size, tuple) else size for size, other in pairs)
