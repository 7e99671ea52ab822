"""A network whose weights are made, at other sizes of its input: what it then needs.

The ops run forwards with the arguments that were inferred. What an op asks of its input
comes out as a need: that a window fits, that a join's inputs agree, that weights have
the shape that they have. A pool that covers all of the map it is drawn on has to cover
all of it still: of a larger map it would leave out a part without a word.
"""

from collections.abc import Generator, Iterator, Sequence
from typing import TypeAlias

from graphc.infer.domain import Domain
from graphc.infer.forward import filled
from graphc.infer.nesting import worked_out
from graphc.infer.plan import Apply, Tied, Use
from graphc.infer.session import Frame
from graphc.infer.single import OpResult, infer_op
from graphc.infer.solution import Known, Run, Shape, Solution
from graphc.infer.written import Written
from graphc.ir import Arguments, Family, Layer
from graphc.lang import ALWAYS, NEVER, Condition, Size, equality
from graphc.record import record


@record(eq=False)
class Need:
    """What a step needs of the input's size.

    ``condition`` is None where it could not be solved; ``message`` says what has to
    hold in the words of the op; ``inputs`` are the shapes that arrive.
    """

    step: Apply
    frame: Frame
    condition: Condition | None
    message: str
    inputs: tuple[Known, ...]


def needs(
    model: Solution, inputs: Sequence[Known], domain: Domain
) -> tuple[tuple[Need, ...], tuple[Known, ...]]:
    """Return what a solved model needs of input shapes, and the shapes it then gives.

    Shapes are channels first without the batch; dims may be symbols, whose values the
    domain tells. A need that is met by every value is left out.
    """
    walk = _Walk(domain)
    outputs = worked_out(walk.through((Frame(model), tuple(inputs))), walk.through)
    return tuple(walk.needs), outputs


_Visit: TypeAlias = tuple[Frame, tuple[Known, ...]]
"""An instance, and the shapes that come into it."""

_Walking: TypeAlias = Generator[_Visit, tuple[Known, ...], tuple[Known, ...]]
"""The way through an instance, which leads into others: the shapes that come out."""


class _Walk:
    def __init__(self, domain: Domain) -> None:
        self._domain = domain
        self._outputs: dict[tuple[int, tuple[Known, ...]], tuple[Known, ...]] = {}
        self.needs: list[Need] = []

    def through(self, visit: _Visit) -> _Walking:
        """Return what an instance gives for shapes; the same is not asked twice."""
        frame, inputs = visit
        key = id(frame.solution), inputs
        if key not in self._outputs:
            self._outputs[key] = yield from self._instance(frame, inputs)
        return self._outputs[key]

    def _instance(self, frame: Frame, inputs: tuple[Known, ...]) -> _Walking:
        solution = frame.solution
        shapes: dict[int, Known] = dict(zip(solution.plan.inputs, inputs, strict=True))
        for step in solution.plan.steps:
            if isinstance(step, Written | Tied):
                continue
            taken = tuple(shapes.get(number) for number in step.inputs)
            if isinstance(step, Apply):
                given = self._apply(frame, step, taken)
            else:
                given = yield from self._row(frame, step, taken)
            shapes.update(zip(step.outputs, given, strict=True))
        return tuple(shapes.get(number) for number in solution.plan.outputs)

    def _row(self, frame: Frame, use: Use, shapes: tuple[Known, ...]) -> _Walking:
        for run in frame.solution.runs.get(use, ()):
            shapes = yield from self._run(frame, use, run, shapes)
        return shapes

    def _run(
        self, frame: Frame, use: Use, run: Run, shapes: tuple[Known, ...]
    ) -> _Walking:
        for _ in range(run.count):
            given = yield Frame(run.solution, use, frame), shapes
            if given == shapes:
                break
            shapes = given
        return shapes

    def _apply(
        self, frame: Frame, step: Apply, taken: tuple[Known, ...]
    ) -> tuple[Known, ...]:
        solution = frame.solution
        drawn = [solution.shape(number) for number in step.outputs]
        arguments = solution.arguments_of(step)
        if arguments is None:
            return tuple(drawn)
        result = infer_op(step.op, arguments, taken, len(drawn), self._domain)
        given = tuple(map(filled, result.known, drawn))
        for condition, message in self._asked(result):
            self._need(frame, step, taken, condition, message)
        if not result.problems:
            layers = _layer(solution, step), Layer(arguments, _all(taken), _all(given))
            for condition, message in self._kept(step, *layers):
                self._need(frame, step, taken, condition, message)
        return given

    def _need(
        self,
        frame: Frame,
        step: Apply,
        taken: tuple[Known, ...],
        condition: Condition | None,
        message: str,
    ) -> None:
        if condition is None or not condition.always:
            self.needs.append(Need(step, frame, condition, message, taken))

    def _asked(self, result: OpResult) -> Iterator[tuple[Condition | None, str]]:
        """Yield what an op's rule asks for."""
        for problem in result.problems:
            yield NEVER, problem.message
        for demand in result.demands:
            yield demand.condition, demand.message

    def _kept(
        self, step: Apply, drawn: Layer, now: Layer
    ) -> Iterator[tuple[Condition | None, str]]:
        """Yield what has to be as it was drawn: weights, and maps that are covered."""
        before, after = step.op.weights(drawn), step.op.weights(now)
        for old, new in zip(before, after, strict=False):
            for left, right in zip(old.shape, new.shape, strict=False):
                message = f"its `{old.name}` is made for {left}, not {right}"
                yield self._same(left, right), message
        if step.op.family is Family.POOLING:
            for index, dim in _covered(step, drawn):
                size = drawn.inputs[index][dim]
                message = f"it is drawn over a whole map of {size}"
                yield self._same(now.inputs[index][dim], size), message

    def _same(self, left: Size, right: Size) -> Condition | None:
        if left == right:
            return ALWAYS
        return equality(left, right, self._domain.least)


def _layer(solution: Solution, step: Apply) -> Layer:
    inputs = [solution.shape(number) for number in step.inputs]
    outputs = [solution.shape(number) for number in step.outputs]
    arguments = solution.arguments_of(step) or Arguments(())
    return Layer(arguments, _all(inputs), _all(outputs))


def _all(shapes: Sequence[Known]) -> tuple[Shape, ...]:
    """Return shapes of which all is known, a low end standing for an open size."""
    return tuple(
        tuple(size[0] if isinstance(size, tuple) else size for size in shape or ())
        for shape in shapes
    )


def _covered(step: Apply, drawn: Layer) -> Iterator[tuple[int, int]]:
    """Yield the dims of inputs of which one window of a pool sees exactly all."""
    for index, view in enumerate(step.op.views(drawn)):
        for dim, reach in enumerate(view.reaches):
            size = drawn.inputs[index][dim]
            out = drawn.outputs[0][dim] if dim < len(drawn.outputs[0]) else 1
            if reach.size == size and size != 1 and out == 1:
                yield index, dim
