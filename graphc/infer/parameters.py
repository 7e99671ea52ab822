"""Where the value of a parameter comes from: a default, or an argument of a use."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from graphc.diagnostics import Diagnostic, Place
from graphc.infer.arguments import assign
from graphc.infer.plan import Place as Blamed
from graphc.infer.plan import Use
from graphc.infer.session import Frame, Session
from graphc.infer.written import Written
from graphc.lang import Expr, Fault, Unknown, names
from graphc.source import Span


def origins(frame: Frame, used: Iterable[str]) -> Iterator[Span]:
    """Return where parameters of an instance got their values, back to the numbers.

    Names that are no parameters of it are passed over, and each is followed once.
    """
    seen: set[tuple[int, str]] = set()
    pending = [(frame, iter(used))]
    while pending:
        at, left = pending[-1]
        name = next(left, None)
        if name is None:
            pending.pop()
        elif (id(at), name) not in seen:
            seen.add((id(at), name))
            span, further = _origin(at, name)
            if span is not None:
                yield span
            if at.parent is not None:
                pending.append((at.parent, iter(further)))


def _origin(frame: Frame, name: str) -> tuple[Span | None, list[str]]:
    """Return where a parameter got its value, and the names there."""
    module, use = frame.solution.plan.module, frame.use
    if module is None:
        return None, [name]  # the body of a repeated op sees the names around it
    written = {} if use is None else assign(use.term, module)[0]
    if name in written:
        return written[name].span, sorted(names(written[name].value))
    declared = (one.span for one in module.parameters if one.name == name)
    return next(declared, None), []


def behind(frame: Frame, place: Blamed) -> Iterator[Span]:
    """Return where the parameters that a term or a size names got their values.

    For a use of a module these are also the defaults that it leaves as they are.
    """
    yield from origins(frame, sorted(_named(place)))
    if isinstance(place, Written) or not isinstance(place.target, str):
        return
    for step in frame.solution.plan.steps:
        if isinstance(step, Use) and step.term is place and step.body.module:
            written = assign(place, step.body.module)[0]
            for parameter in step.body.module.parameters:
                if parameter.name not in written and not parameter.required:
                    yield parameter.span


def _named(place: Blamed) -> set[str]:
    """Return the names in a term's arguments and repeat, or in a size."""
    expressions: list[Expr] = []
    if isinstance(place, Written):
        dims = place.shape.dims
        expressions += [dim for dim in dims if not isinstance(dim, Unknown)]
    else:
        expressions += [argument.value for argument in place.arguments]
        expressions += [place.repeat] if place.repeat is not None else []
    return set().union(*map(names, expressions))


def faults(session: Session) -> list[Diagnostic]:
    """Return the arguments without a value, or with one that is not taken.

    What comes of one parameter is told once, with the places where its value is from
    and where else it does harm.
    """
    found: dict[object, Diagnostic] = {}
    for frame in session.frames:
        for fault in frame.solution.faults:
            _take(found, frame, fault)
    return list(found.values())


def _take(found: dict[object, Diagnostic], frame: Frame, fault: Fault) -> None:
    diagnostic = fault.diagnostic()
    spans = tuple(origins(frame, sorted(_names_at(frame, fault.span))))
    if not spans:
        found.setdefault(diagnostic, diagnostic)
        return
    first = found.get((fault.code, spans))
    if first is None:
        places = tuple(Place(span, "its value is from here") for span in spans)
        found[fault.code, spans] = _with(diagnostic, places)
    elif diagnostic.place is not None and first.place != diagnostic.place:
        found[fault.code, spans] = _with(first, (Place(fault.span, "and here"),))


def _names_at(frame: Frame, span: Span) -> set[str]:
    """Return the names in the argument, or repeat, within which a fault lies."""
    for step in frame.solution.plan.steps:
        term = getattr(step, "term", None)
        for argument in term.arguments if term is not None else ():
            if _within(span, argument.value.span):
                return names(argument.value)
        if term is not None and term.repeat and _within(span, term.repeat.span):
            return names(term.repeat)
    return set()


def _within(span: Span, outer: Span) -> bool:
    return outer.start <= span.start and span.end <= outer.end


def _with(diagnostic: Diagnostic, places: tuple[Place, ...]) -> Diagnostic:
    known = {diagnostic.place, *diagnostic.related}
    new = tuple(place for place in places if place not in known)
    return replace(diagnostic, related=(*diagnostic.related, *new))
