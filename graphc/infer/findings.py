"""Mistakes in sizes as findings: what is wrong, how that is known, what would do."""

from graphc.diagnostics import Code, Diagnostic, Place, Severity
from graphc.infer.arguments import environment_of, repeat_of
from graphc.infer.blame import Cure, Rank, Verdict
from graphc.infer.cells import Clash
from graphc.infer.derivation import Origin, known_text, origin
from graphc.infer.forward import applied, filled, first_refusal
from graphc.infer.parameters import behind
from graphc.infer.plan import Apply, Use
from graphc.infer.session import Conflict, Frame
from graphc.infer.solution import Known, Run
from graphc.infer.solve import Solver
from graphc.infer.sure import has_number, sure_edits
from graphc.infer.wording import (
    argument_name,
    around,
    arriving,
    brought,
    clash_text,
    completed,
    distinct,
    listed,
    name_of,
    shapes_text,
    step_place,
    to_write,
    unless,
    where,
)
from graphc.infer.written import Written
from graphc.lang import value_text
from graphc.source import Span

_MOST_OTHERS = 8


def finding(verdict: Verdict) -> Diagnostic:
    """Return what to tell of one mistake.

    Codes: GC301 at a size that is wrong; GC302 at an op that gives other sizes
    than are drawn; GC303, GC304 and GC308 at an op that cannot be applied; GC305 at a
    module that does not fit.
    """
    best = verdict.best
    if isinstance(best.place, Written):
        run = _failure(verdict) if best.rank is Rank.LOOSE else None
        found = run or _annotation(verdict, best.place, best)
    elif verdict.conflict.clash.code not in {None, Code.GC302, Code.GC304}:
        found = _refused(verdict)
    elif verdict.conflict.clash.code is Code.GC304:
        found = _misfit(verdict)
    elif isinstance(best.step, Use):
        found = _use(verdict, best.step)
    else:
        found = _failure(verdict) or _term(verdict)
    return found


def warning(conflict: Conflict) -> Diagnostic:
    """Return what to tell of a sum that stretches an input (GC309)."""
    clash, step = conflict.clash, conflict.clash.step
    parts = arriving(conflict.frame, step)
    message = f"`{name_of(step)}` stretches an input: it adds {listed(parts)}"
    return Diagnostic(
        Code.GC309,
        message,
        Place(step_place(step), f"a dim of 1 becomes {clash.found}"),
        tuple(place for place, _ in parts),
        where(conflict.frame),
        ("write `Upsample` or `Conv` before it if the sizes should be alike",),
        Severity.WARNING,
    )


# A size in the text


def _annotation(verdict: Verdict, written: Written, best: Cure) -> Diagnostic:
    wrong = str(written.shape)
    if best.rank is Rank.LOOSE:
        message = f"the size {wrong} {written.words} does not fit the rest"
        label, remedy = clash_text(verdict.conflict.clash), []
    else:
        right = completed(best.sizes, written.shape)
        message = f"the size {written.words} is {right}, not {wrong}"
        label = f"annotated {wrong}, inferred {right}"
        remedy = [f"annotate {to_write(best.sizes, written.shape)}"]
    others, offers = _others(verdict, written.span)
    births, notes = _births(best)
    return Diagnostic(
        Code.GC301,
        message,
        Place(written.span, label),
        distinct(written.span, births, others),
        (*notes, *unless(verdict.conflict.clash), *where(best.frame)),
        (*remedy, *offers),
        fixes=sure_edits(verdict),
    )


def _births(best: Cure) -> tuple[list[Place], tuple[str, ...]]:
    """Return where the inferred sizes come from: places, and lines of arithmetic."""
    places: list[Place] = []
    lines: dict[str, None] = {}
    if best.frame is None or not isinstance(best.step, Written):
        return places, ()
    dims = best.step.shape.dims
    for number, cell in enumerate(best.cells):
        written = dims[number] if number < len(dims) else None
        if cell.value is None or str(written) == str(cell.value):
            continue
        born = origin(best.frame, cell)
        if born is not None:
            places.append(_born(born, str(cell.value)))
            lines.setdefault(born.line)
    return places, tuple(line for line in lines if line)


def _born(born: Origin, size: str) -> Place:
    if born.written is not None:
        return Place(born.written.span, f"this size says {size}")
    step = born.reason.step
    assert step is not None, "sizes are born at a step"
    return Place(step_place(step), f"this gives {size}")


# A term of a label


def _term(verdict: Verdict) -> Diagnostic:
    best, clash = verdict.best, verdict.conflict.clash
    step, frame = best.step, best.frame
    notes: tuple[str, ...] = ()
    if not isinstance(step, Apply) or frame is None:
        step = clash.step
        message = f"`{name_of(step)}` does not fit the sizes around it"
        label = clash_text(clash)
    else:
        refused = _refusal(frame, step)
        if refused is not None:
            return refused
        wanted = shapes_text(frame, step.outputs)
        gives, lines = _gives(frame, step)
        told = f"{step.term.text} on {shapes_text(frame, step.inputs)}"
        message = f"`{name_of(step)}` gives {gives}, not {wanted}"
        label = f"gives {gives} on {shapes_text(frame, step.inputs)}"
        notes = tuple(f"{step.node.name}: {told}: {line}" for line in lines)
    others, offers = _others(verdict, step_place(step))
    parts = [place for place, _ in around(frame, step)]
    return Diagnostic(
        Code.GC302,
        message,
        Place(step_place(step), label),
        distinct(step_place(step), parts, others),
        (*notes, *unless(clash), *where(frame)),
        (*_offers(best), *offers),
    )


def _failure(verdict: Verdict) -> Diagnostic | None:
    """Return where a run would fail, None if sizes only contradict drawn ones.

    It is told of mistakes that no change of one size or argument would undo.
    """
    frame, best = verdict.conflict.frame, verdict.best
    refusal = None if best.changes else first_refusal(frame)
    if refusal is None:
        return None
    step, problem = refusal.step, refusal.problem
    parts = brought(frame, step, refusal.inputs)
    name = step.node.name
    if problem.code is Code.GC304 or len(parts) > 1:
        code = Code.GC304
        message = f"the inputs of `{name}` do not fit together: {listed(parts)}"
    else:
        code = Code.GC303
        message = f"`{name}`: {problem.message}"
    others, offers = _others(verdict, step_place(step))
    return Diagnostic(
        code,
        message,
        Place(step_place(step), problem.message),
        distinct(step_place(step), [place for place, _ in parts], others),
        where(frame),
        (*((problem.help,) if problem.help else ()), *offers),
    )


def _refusal(frame: Frame, step: Apply) -> Diagnostic | None:
    """Return what to tell of an op that has no result for what arrives (GC303)."""
    result = applied(frame, step, _taken(frame, step), 1)
    if result is None or not result.problems:
        return None
    problem = result.problems[0]
    given = shapes_text(frame, step.inputs)
    return Diagnostic(
        problem.code if problem.code is Code.GC304 else Code.GC303,
        f"`{step.node.name}` cannot be applied to {given}: {problem.message}",
        Place(step_place(step)),
        distinct(step_place(step), [place for place, _ in arriving(frame, step)], []),
        where(frame),
        (problem.help,) if problem.help else (),
    )


def _gives(frame: Frame, step: Apply) -> tuple[str, tuple[str, ...]]:
    """Return what an op gives for the sizes that arrive, and the arithmetic.

    A dim that sizes decide is taken from what is drawn behind the op.
    """
    result = applied(frame, step, _taken(frame, step), len(step.outputs))
    if result is None:
        return "another size", ()
    drawn = frame.solution.at(step.outputs)
    shapes = [
        known_text(filled(shape, known))
        for shape, known in zip(result.known, drawn, strict=True)
        if shape is not None
    ]
    return " and ".join(shapes) or "another size", result.lines


def _taken(frame: Frame, step: Apply | Use) -> list[Known]:
    return list(frame.solution.at(step.inputs))


def _refused(verdict: Verdict) -> Diagnostic:
    """Return what to tell of an op whose rule itself refused."""
    clash, best = verdict.conflict.clash, verdict.best
    code = clash.code or Code.GC303
    others, offers = _others(verdict, step_place(clash.step))
    frame = verdict.conflict.frame
    parts = [place for place, _ in arriving(frame, clash.step)]
    remedy = (clash.help,) if clash.help else ()
    return Diagnostic(
        code,
        f"`{name_of(clash.step)}`: {clash.message}",
        Place(step_place(clash.step)),
        distinct(step_place(clash.step), parts, others),
        where(frame),
        (*remedy, *_offers(best), *offers),
    )


def _misfit(verdict: Verdict) -> Diagnostic:
    """Return what to tell of a join whose inputs do not fit together."""
    clash, frame = verdict.conflict.clash, verdict.conflict.frame
    others, offers = _others(verdict, step_place(clash.step))
    parts = arriving(frame, clash.step)
    message = f"the inputs of `{name_of(clash.step)}` do not fit together"
    births, notes = _sources(frame, clash)
    return Diagnostic(
        Code.GC304,
        f"{message}: {listed(parts)}",
        Place(step_place(clash.step), f"{clash.found} meets {clash.held}"),
        distinct(
            step_place(clash.step), [place for place, _ in parts], [*births, *others]
        ),
        (*notes, *unless(clash), *where(frame)),
        (*_offers(verdict.best), *offers),
    )


def _sources(frame: Frame, clash: Clash) -> tuple[list[Place], tuple[str, ...]]:
    places: list[Place] = []
    lines: dict[str, None] = {}
    for cell in clash.sources:
        born = origin(frame, cell)
        if born is not None:
            places.append(_born(born, str(cell.value)))
            lines[born.line] = None
    return places, tuple(line for line in lines if line)


def _use(verdict: Verdict, step: Use) -> Diagnostic:
    """Return what to tell of a module that does not fit where it is used."""
    frame = verdict.best.frame or verdict.conflict.frame
    others, offers = _others(verdict, step_place(step))
    row = _row(frame, step, _taken(frame, step))
    if all(not run.solution.clashes for run in row):
        taken = shapes_text(frame, step.inputs)
        gives = ", ".join(map(known_text, row[-1].solution.outputs))
        drawn = shapes_text(frame, step.outputs)
        told, label = f"gives {gives}, not {drawn}", f"gives {gives} on {taken}"
    else:
        row = _row(frame, step, [None] * len(step.inputs))
        takes = ", ".join(map(known_text, row[0].solution.inputs))
        gives = ", ".join(map(known_text, row[-1].solution.outputs))
        told = f"does not fit the sizes around it: it takes {takes} and gives {gives}"
        label = f"{takes} -> {gives}"
    parts = [place for place, _ in around(frame, step)]
    return Diagnostic(
        Code.GC305,
        f"`{name_of(step)}`, a `{step.term.name}`, {told}",
        Place(step_place(step), label),
        distinct(step_place(step), parts, others),
        where(frame),
        tuple(offers),
    )


def _row(frame: Frame, step: Use, arriving: list[Known]) -> tuple[Run, ...]:
    """Return the instances of a use for what arrives, whatever is drawn behind it."""
    env = environment_of(step, frame.solution.env)
    count = repeat_of(step.term, frame.solution.env)
    values = {} if isinstance(env, tuple) else env
    unknown: list[Known] = [None] * len(step.outputs)
    number = count if isinstance(count, int) else 1
    solver = Solver(domain=frame.solution.domain)
    return solver.repeat(step, values, number, (arriving, unknown), assuming=True)


def _others(verdict: Verdict, primary: Span) -> tuple[list[Place], list[str]]:
    """Return the places that would do as well, and what could be written there.

    Among them are the numbers that come to these places by way of parameters.
    """
    places: list[Place] = []
    offers: list[str] = []
    origins: list[Place] = []
    likely = [cure for cure in verdict.others if has_number(cure)]
    for cure in (verdict.best, *likely[:_MOST_OTHERS]):
        span, frame = cure.place.span, cure.frame
        if span != primary:
            places.append(Place(span, _otherwise(cure)))
        if cure is not verdict.best:
            offers += _offers(cure)
        spans = () if frame is None else behind(frame, cure.place)
        origins += [Place(span, "a value from here plays a part") for span in spans]
    return [*places, *origins], offers


def _otherwise(cure: Cure) -> str:
    if cure.rank is Rank.DETERMINED and isinstance(cure.place, Written):
        right = to_write(cure.sizes, cure.place.shape)
        return f"or this size is wrong: {right} would fit"
    return "or this is wrong"


def _offers(cure: Cure) -> list[str]:
    if not isinstance(cure.step, Apply) or cure.frame is None:
        return []
    wanted = shapes_text(cure.frame, cure.step.outputs)
    name = name_of(cure.step)
    changes = [
        f"`{argument_name(argument)}={value_text(value)}`"
        for argument, value in cure.changes
    ]
    moved = [
        f"`{argument_name(one.meant)}={one.value}` in place of "
        f"`{argument_name(one.written)}={one.value}`"
        for one in cure.moves
    ]
    gained = "fit" if "_" in wanted else f"give {wanted}"
    return [f"{change} on `{name}` would {gained}" for change in (*moved, *changes)]
