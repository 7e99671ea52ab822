"""Sizes that fit for some inputs only: the condition, and what to write."""

from collections.abc import Iterator, Sequence

from graphc.diagnostics import Code, Diagnostic, Place, Severity, entry_text, in_mermaid
from graphc.infer.cells import Demand
from graphc.infer.domain import Domain
from graphc.infer.session import Frame, Session
from graphc.infer.wording import arriving, distinct, name_of, step_place, where
from graphc.infer.written import Written
from graphc.ir import Clause, Network
from graphc.lang import ALWAYS, Condition
from graphc.record import record

_MOST_PLACES = 8


@record(eq=False)
class Asked:
    """A condition, the place that asks for it, and what has to hold there."""

    condition: Condition
    place: Place
    frame: Frame | None = None
    demand: Demand | None = None


def conditional(
    network: Network, domain: Domain, session: Session
) -> Iterator[Diagnostic]:
    """Return what to tell of sizes that are not the same for every input.

    GC311 where two conditions exclude each other, else GC310 with the condition under
    which all sizes fit, where the spec does not state it; GC312 for what could neither
    be proved nor refuted.
    """
    asked = [_clause(clause) for clause in network.where]
    for demand, frame in session.demands:
        if demand.condition is not None:
            asked.append(_asked(demand, frame, demand.condition))
        elif not demand.natural:
            yield _unproved(demand, frame)
    excluded = _excluded(asked)
    if excluded is not None:
        yield _impossible(*excluded)
        return
    missing = [one for one in asked if one.demand and not one.demand.natural]
    missing = [one for one in missing if not domain.implies(one.condition)]
    if missing:
        yield _condition(network, domain, missing)


def _clause(clause: Clause) -> Asked:
    return Asked(clause.condition, Place(clause.span, "this is given"))


def _asked(demand: Demand, frame: Frame, condition: Condition) -> Asked:
    told = condition.text() or "for some sizes only"
    colon = "" if demand.message.endswith("are the same") else ":"
    words = f"{demand.message}{colon} {told}"
    return Asked(condition, Place(step_place(demand.step), words), frame, demand)


def _excluded(asked: Sequence[Asked]) -> tuple[Asked, Asked | None] | None:
    """Return a place whose condition excludes that of another, or of all others."""
    whole = ALWAYS
    for number, one in enumerate(asked):
        if one.condition.never:
            return one, None
        joined = whole.both(one.condition)
        if joined is not None and joined.never:
            for other in asked[:number]:
                pair = other.condition.both(one.condition)
                if pair is not None and pair.never:
                    return one, other
            return one, None
        whole = joined or whole
    return None


def _impossible(one: Asked, other: Asked | None) -> Diagnostic:
    if other is None and one.demand is None and one.condition.never:
        message = f"no size of the input meets `{one.place.span.text}`"
        return Diagnostic(Code.GC311, message, one.place)
    if other is None:
        message = f"no size of the input fits: {_told(one)}, where nothing else does"
        return Diagnostic(Code.GC311, message, one.place, notes=where(one.frame))
    if one.demand is None and other.demand is None:
        pair = f"`{other.place.span.text}` and `{one.place.span.text}`"
        message = f"no size of the input meets both {pair}"
        return Diagnostic(Code.GC311, message, one.place, (other.place,))
    return Diagnostic(
        Code.GC311,
        f"no size of the input fits: {_told(one)}, {_told(other)}",
        one.place,
        (other.place,),
        where(one.frame),
    )


def _told(asked: Asked) -> str:
    words = (asked.condition.text() or "").removeprefix("only ")
    if asked.demand is None:
        return f"it is given {words}"
    return f"`{name_of(asked.demand.step)}` fits {words}"


def _condition(network: Network, domain: Domain, asked: list[Asked]) -> Diagnostic:
    whole: Condition | None = ALWAYS
    for one in asked:
        whole = None if whole is None else whole.both(one.condition)
    told = None if whole is None else whole.text(domain.least)
    clauses = None if whole is None else whole.clauses(domain.least)
    remedies: tuple[str, ...] = ()
    if whole is not None and clauses:
        others = (one for one in network.where if not whole.within(one.condition))
        kept = [one.text for one in others]
        given = ", ".join([*kept, *clauses])
        entry = entry_text(asked[0].place.span, "where", f"[{given}]")
        whose = "diagram" if in_mermaid(asked[0].place.span) else "spec"
        remedies = (f"state it in the {whose}: `{entry}`",)
    first, *rest = asked
    places = [one.place for one in rest]
    for one in asked:
        if one.demand is not None and one.frame is not None:
            places += _annotated(one.frame, one.demand)
    if first.demand is not None and first.frame is not None:
        places += [place for place, _ in arriving(first.frame, first.demand.step)]
    return Diagnostic(
        Code.GC310,
        f"the sizes fit {told or 'for some sizes of the input only'}",
        first.place,
        distinct(first.place.span, [], places)[:_MOST_PLACES],
        where(first.frame),
        remedies,
    )


def _annotated(frame: Frame, demand: Demand) -> Iterator[Place]:
    """Yield the sizes in the text that a condition is about."""
    key = demand.step, demand.message
    for cell in frame.solution.explained.remarks.demands[key].sources:
        step = None if cell.why is None else cell.why.step
        if isinstance(step, Written):
            yield Place(step_place(step), f"this size says {cell.value}")


def _unproved(demand: Demand, frame: Frame) -> Diagnostic:
    return Diagnostic(
        Code.GC312,
        f"not proved: {demand.message}",
        Place(step_place(demand.step)),
        notes=where(frame),
        severity=Severity.WARNING,
    )
