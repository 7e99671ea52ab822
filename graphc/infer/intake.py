"""For which sizes of its inputs a checked model works, found by solving."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from graphc.diagnostics import Code, Diagnostic, Place
from graphc.infer.derivation import known_text
from graphc.infer.domain import Domain
from graphc.infer.elsewhere import Need, needs
from graphc.infer.sized import Sized
from graphc.infer.solution import Known
from graphc.infer.wording import path_of, step_place, where
from graphc.ir import Clause, Node
from graphc.lang import ALWAYS, Condition, Dim, Size, equality, symbol, symbols_in
from graphc.record import record
from graphc.source import Span

_LETTERS = {1: "N", 2: "TC", 3: "CHW", 4: "CDHW"}


@record(eq=False)
class Reason:
    """What decides: a place in the text, what has to hold there, and when it does."""

    span: Span
    name: str
    message: str
    condition: Condition | None


@record(eq=False)
class Intake:
    """The sizes that a model takes: its input shapes by name, and their condition.

    A dim that can have one size only is that number; the others are symbols.
    ``outputs`` are the shapes that come out. ``reasons`` are those that decide, and
    those that are not ``solved``, by which fewer sizes may be taken.
    """

    inputs: Mapping[str, Known]
    outputs: Mapping[str, Known]
    condition: Condition
    reasons: tuple[Reason, ...]

    def clauses(self, box: int) -> dict[str, tuple[str, ...]]:
        """Return comparisons for each symbol that one box of the condition limits."""
        found: dict[str, tuple[str, ...]] = {}
        for name, values in sorted(self.condition.boxes[box].items()):
            told = Condition(({name: values},)).clauses()
            if told is None:
                point = values.least()
                told = (f"{name} such as {point}",)
            found[name] = told
        return found

    @property
    def solved(self) -> bool:
        """Whether the condition is all that has to hold."""
        return all(reason.condition is not None for reason in self.reasons)


def intake(sized: Sized) -> Intake:
    """Return for which input sizes a network that was checked without errors works.

    It is the network with the weights that it has at the sizes that are drawn: what
    decides a weight's shape cannot change. Conditions are solved, no sizes are tried.
    """
    shapes = _symbolic(sized)
    domain = Domain(sized.domain.condition, few=True)
    found, outputs = needs(sized.solution, list(shapes.values()), domain)
    reasons = [_stated(clause) for clause in sized.network.where]
    reasons += [_needed(need) for need in found]
    whole, deciding = _deciding(_distinct(reasons))
    fixed = _fixed(whole)
    return Intake(
        {name: _put(shape, fixed) for name, shape in shapes.items()},
        {
            node.name: _put(shape, fixed)
            for node, shape in zip(sized.network.model.outputs, outputs, strict=True)
        },
        whole,
        deciding,
    )


def misfits(sized: Sized, given: Mapping[str, tuple[int, ...]]) -> Iterator[Diagnostic]:
    """Yield what does not hold at other sizes of the inputs (GC406).

    ``given`` has the shapes of inputs by name, channels first without the batch;
    inputs without keep the sizes that are drawn. The first op that fails is told.
    """
    arriving = _arriving(sized, given)
    shapes = list(arriving.values())
    told = ", ".join(f"{name}={known_text(shape)}" for name, shape in arriving.items())
    broken = next(_broken(sized, shapes), None)
    if broken is not None:
        yield Diagnostic(
            Code.GC406,
            f"{told} is not in `where`",
            Place(broken.span, "this does not hold then"),
        )
        return
    found, _ = needs(sized.solution, shapes, Domain())
    for need in found:
        if need.condition is not None and need.condition.never:
            yield _misfit(need, told)
            return


def outputs_at(sized: Sized, given: Mapping[str, tuple[int, ...]]) -> dict[str, Known]:
    """Return the shapes of the outputs at other sizes of the inputs."""
    shapes = list(_arriving(sized, given).values())
    _, outputs = needs(sized.solution, shapes, Domain())
    names = [node.name for node in sized.model.module.outputs]
    return dict(zip(names, outputs, strict=True))


def _arriving(sized: Sized, given: Mapping[str, tuple[int, ...]]) -> dict[str, Known]:
    """Return the shape of each input by its name: as given, or else as drawn."""
    pairs = zip(sized.model.module.inputs, sized.model.inputs, strict=True)
    return {node.name: given.get(node.name, shape) for node, shape in pairs}


def _misfit(need: Need, told: str) -> Diagnostic:
    taken = " and ".join(map(known_text, need.inputs))
    return Diagnostic(
        Code.GC406,
        f"`{need.step.node.name}` does not take what arrives at {told}: {need.message}",
        Place(step_place(need.step), f"{taken} arrives"),
        notes=where(need.frame),
        help=("`graphc sizes` tells which sizes of the input fit",),
    )


def _broken(sized: Sized, shapes: list[Known]) -> Iterator[Clause]:
    """Yield the conditions of ``where`` that sizes do not meet."""
    values: dict[str, int] = {}
    for known, shape in zip(sized.model.inputs, shapes, strict=True):
        for drawn, size in zip(known or (), shape or (), strict=False):
            if isinstance(drawn, Dim) and isinstance(size, int):
                solved = equality(drawn, size)
                if solved is not None and not solved.never:
                    values |= solved.example()
    for clause in sized.network.where:
        names = {name for box in clause.condition.boxes for name in box}
        if names <= values.keys() and not clause.condition.met(values):
            yield clause


def _symbolic(sized: Sized) -> dict[str, Known]:
    """Return a shape of symbols for each input; those that are drawn stay."""
    model = sized.model
    pairs = list(zip(model.module.inputs, model.inputs, strict=True))
    taken = {
        name
        for _, shape in pairs
        for size in shape or ()
        if not isinstance(size, tuple)
        for name in symbols_in(size)
    }
    found: dict[str, Known] = {}
    for node, shape in pairs:
        dims: list[Size] = []
        for axis, size in enumerate(shape or ()):
            if isinstance(size, Dim):
                dims.append(size)
            else:
                name = _name(node, axis, len(shape or ()), taken, alone=len(pairs) == 1)
                taken.add(name)
                dims.append(symbol(name))
        found[node.name] = tuple(dims)
    return found


def _name(node: Node, axis: int, rank: int, taken: set[str], *, alone: bool) -> str:
    letters = _LETTERS.get(rank, "")
    letter = letters[axis] if axis < len(letters) else f"N{axis + 1}"
    name = wanted = letter if alone else f"{node.name}_{letter}"
    number = 2
    while name in taken:
        name, number = f"{wanted}{number}", number + 1
    return name


def _stated(clause: Clause) -> Reason:
    return Reason(clause.span, "where", f"{clause.text} is given", clause.condition)


def _needed(need: Need) -> Reason:
    name = ".".join([*path_of(need.frame), need.step.node.name])
    return Reason(step_place(need.step), name, need.message, need.condition)


def _distinct(reasons: list[Reason]) -> list[Reason]:
    found: dict[str, Reason] = {}
    for reason in reasons:
        key = reason.message if reason.condition is None else str(reason.condition)
        found.setdefault(key, reason)
    return list(found.values())


def _deciding(reasons: list[Reason]) -> tuple[Condition, tuple[Reason, ...]]:
    """Return all conditions together, and reasons that suffice for them."""
    whole, unsolved = ALWAYS, []
    narrowing: list[tuple[Reason, Condition]] = []
    for reason in reasons:
        joined = None
        if reason.condition is not None:
            joined = whole.both(reason.condition)
        if joined is None or reason.condition is None:
            unsolved.append(replace(reason, condition=None))
        elif not whole.within(reason.condition):
            narrowing.append((reason, reason.condition))
            whole = joined
    kept = list(narrowing)
    for pair in narrowing:
        rest = ALWAYS
        for other, condition in kept:
            if other is not pair[0]:
                rest = rest.both(condition) or rest
        if rest.within(whole):
            kept = [other for other in kept if other[0] is not pair[0]]
    return whole, (*(reason for reason, _ in kept), *unsolved)


def _fixed(condition: Condition) -> dict[str, int]:
    """Return the symbols that can have one value only."""
    found: dict[str, set[int]] = {}
    names = {name for box in condition.boxes for name in box}
    for name in names:
        for box in condition.boxes:
            values = box.get(name)
            single = values is not None and values.finite and len(values.points) == 1
            found.setdefault(name, set()).update(
                values.points if values is not None and single else {-1, -2}
            )
    return {name: min(points) for name, points in found.items() if len(points) == 1}


def _put(shape: Known, values: Mapping[str, int]) -> Known:
    if shape is None:
        return None
    return tuple(
        size.subs(dict(values)) if isinstance(size, Dim) else size for size in shape
    )
