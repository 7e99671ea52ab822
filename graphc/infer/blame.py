"""Which places are to blame: the fewest whose change resolves every conflict.

A spec that contradicts itself is solved again with one place after another not
believed. A place is a cure of a conflict if without it fewer conflicts remain; the best
cure is taken as the mistake, is believed no longer, and the search goes on with what
remains. One wrong number has a cure that leaves nothing, so it is one report.
"""

from collections.abc import Sequence
from enum import IntEnum

from graphc.infer.arguments import arguments_of
from graphc.infer.cells import SizeCell
from graphc.infer.justify import Suspect, justification
from graphc.infer.plan import Apply, Place, Step
from graphc.infer.repair import Move, moves, repairs
from graphc.infer.session import Checking, Conflict, Frame, Session
from graphc.infer.written import Written
from graphc.ir import Argument, Arguments, Term, Value
from graphc.lang import Size
from graphc.record import record

MOST_CURES = 64
"""How many places are tried for one conflict, in a small spec."""

WORK = 400_000
"""How many steps may be solved again for one conflict, in a large one."""

MOST_REPORTS = 100


class Rank(IntEnum):
    """How well a cure is supported, the best first."""

    DETERMINED = 0  # a size whose right value follows from the rest of the spec
    REPAIRED = 1  # an op that fits after one argument is changed
    LOOSE = 2  # a size that nothing else decides
    REPLACED = 3  # an op or use with arguments that do not fit
    REMOVED = 4  # an op without arguments, which would have to be another


@record(eq=False)
class Cure:
    """A place that, no longer believed, leaves ``left`` conflicts.

    ``sizes`` are the dims that the rest of the spec gives to an annotated tensor (None
    for a dim that it does not decide); ``changes`` are single arguments that make an op
    fit, ``moves`` values that do so under another key.
    """

    place: Place
    rank: Rank
    left: int
    session: Session
    frame: Frame | None = None
    step: Step | None = None
    sizes: tuple[Size | None, ...] = ()
    changes: tuple[tuple[Argument, Value], ...] = ()
    moves: tuple[Move, ...] = ()

    @property
    def cells(self) -> tuple[SizeCell, ...]:
        """The dims of an annotated tensor, with the reasons that the rest gives."""
        if self.frame is None or not isinstance(self.step, Written):
            return ()
        return tuple(self.frame.solution.slots[self.step.tensor].dims or ())


@record(eq=False)
class Verdict:
    """One mistake: a conflict, the best cure, and others that would do as well."""

    conflict: Conflict
    best: Cure
    others: tuple[Cure, ...]


@record(eq=False)
class Judgement:
    """All mistakes, the spec as first solved, and as it is without the mistakes."""

    verdicts: tuple[Verdict, ...]
    before: Session
    after: Session


def judge(checking: Checking) -> Judgement:
    """Return the fewest places to blame for all conflicts of a spec.

    A conflict behind which nothing is believed any more follows from what has been
    blamed already, and is no mistake of its own.
    """
    before = session = checking.solve()
    verdicts: list[Verdict] = []
    while len(verdicts) < MOST_REPORTS:
        conflict, places = _next(checking, session)
        if conflict is None:
            break
        verdict = _verdict(checking, session, conflict, places)
        verdicts.append(verdict)
        session = verdict.best.session
    return Judgement(tuple(verdicts), before, session)


def _next(
    checking: Checking, session: Session
) -> tuple[Conflict | None, list[Suspect]]:
    """Return the first conflict that somebody can be blamed for, and who."""
    for conflict in session.conflicts.values():
        places = _suspects(checking, session, conflict)
        if places:
            return conflict, places
    return None, []


def _suspects(
    checking: Checking, session: Session, conflict: Conflict
) -> list[Suspect]:
    """Return the places behind a conflict that are believed, the nearest first."""
    most = max(4, min(MOST_CURES, WORK // (checking.size + 1)))
    behind = justification(conflict, most + len(session.relaxed))
    return [one for one in behind if one.place not in session.relaxed][:most]


def _verdict(
    checking: Checking, session: Session, conflict: Conflict, places: list[Suspect]
) -> Verdict:
    cures = [_cure(checking, session, place) for place in places]
    order = sorted(range(len(cures)), key=lambda n: _preference(cures[n], n))
    best, *rest = [cures[number] for number in order]
    others = [cure for cure in rest if cure.left == best.left]
    return Verdict(conflict, best, tuple(others))


def _preference(cure: Cure, number: int) -> tuple[int, int, int]:
    """Return what cures are sorted by; ``number`` is its place, the nearest being 0.

    While other mistakes remain, what the rest of the spec determines may be as wrong as
    they are, so the nearer of two well supported cures is preferred.
    """
    rank = cure.rank if cure.left == 0 else max(cure.rank, Rank.REPAIRED)
    return cure.left, rank, number


def _cure(checking: Checking, session: Session, suspect: Suspect) -> Cure:
    place = suspect.place
    after = checking.solve(session.relaxed | {place})
    left = after.left
    found = _where(after, suspect)
    if found is None:
        return Cure(place, Rank.REMOVED, left, after)
    frame, step = found
    if isinstance(place, Term):
        return _changed(place, left, after, frame, step)
    return _decided(place, left, after, frame, step)


def _where(session: Session, suspect: Suspect) -> tuple[Frame, Step] | None:
    """Return the step of a suspect, in the instance that is most like the one met."""
    met = _likeness(suspect.frame)
    frame = max(
        session.at(suspect.place),
        key=lambda one: _alike(_likeness(one), met),
        default=None,
    )
    if frame is None:
        return None
    steps = frame.solution.plan.steps
    return frame, next(step for step in steps if step.place is suspect.place)


def _likeness(frame: Frame) -> tuple[object, ...]:
    """Return what tells instances of a module apart, the most telling first."""
    solution = frame.solution
    uses = []
    at: Frame | None = frame
    while at is not None:
        uses.append(at.use)
        at = at.parent
    return dict(solution.env), solution.inputs, uses


def _alike(one: tuple[object, ...], other: tuple[object, ...]) -> list[bool]:
    return [mine == theirs for mine, theirs in zip(one, other, strict=True)]


def _decided(place: Place, left: int, after: Session, frame: Frame, step: Step) -> Cure:
    """Return the cure of a size: what the rest of the spec says in its place."""
    shape = frame.solution.shapes[step.inputs[0]] or ()
    filled = frame.solution.filled.get(step, frozenset())
    sizes = tuple(
        None if isinstance(size, tuple) or axis in filled else size
        for axis, size in enumerate(shape)
    )
    same = isinstance(step, Written) and _unchanged(step, sizes)
    loose = same or all(size is None for size in sizes)
    rank = Rank.LOOSE if loose else Rank.DETERMINED
    return Cure(place, rank, left, after, frame, step, sizes)


def _unchanged(step: Written, sizes: Sequence[Size | None]) -> bool:
    """Whether the rest says nothing but what the annotation says already."""
    shape = step.shape
    if len(shape.dims) != len(sizes):
        return False
    pairs = zip(shape.dims, sizes, strict=True)
    return all(size is None or str(dim) == str(size) for dim, size in pairs)


def _changed(place: Term, left: int, after: Session, frame: Frame, step: Step) -> Cure:
    """Return the cure of a term: single arguments that make it fit."""
    changes: tuple[tuple[Argument, Value], ...] = ()
    moved: tuple[Move, ...] = ()
    if isinstance(step, Apply):
        solution = frame.solution
        # What is not believed was not applied, so its arguments are asked for here.
        arguments = arguments_of(step.op, step.term, solution.env)
        if isinstance(arguments, Arguments):
            inputs, outputs = solution.at(step.inputs), solution.at(step.outputs)
            changes = repairs(step.op, arguments, inputs, outputs, solution.domain)
            moved = moves(step.op, arguments, inputs, outputs, solution.domain)
    rank = Rank.REPLACED if place.arguments or place.repeat else Rank.REMOVED
    rank = Rank.REPAIRED if changes else rank
    return Cure(place, rank, left, after, frame, step, changes=changes, moves=moved)
