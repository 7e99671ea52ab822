"""Asking an op what it says of shapes: what is new, and on what grounds."""

from collections.abc import Callable, Mapping, Sequence

from graphc.infer.cells import Clash, Reason, Remarks, SizeCell, TensorSlot
from graphc.infer.domain import Domain
from graphc.infer.laws import NOTHING, Answer, Chain, Ground, Law, Question
from graphc.infer.plan import Apply
from graphc.infer.relations import Relations
from graphc.infer.solution import Known, fill_in, known, slot_of
from graphc.infer.stating import apply

Places = Mapping[int, tuple[int, int]]
"""The dims of the tensors at an op by their identities: which tensor, and which dim."""


def question_of(step: Apply, shapes: Sequence[Known]) -> Question:
    """Return what is known of the tensors at an op, and which of them are the same.

    ``shapes`` are those of its inputs and then of its outputs.
    """
    count = len(step.inputs)
    if len(shapes) == 2 and count == 1:
        return tuple(shapes)
    tensors = step.inputs + step.outputs
    first = {number: place for place, number in reversed([*enumerate(tensors)])}
    if len(first) == len(tensors):
        return count, *shapes
    return count, tuple([first[number] for number in tensors]), *shapes


def ask(
    law: Law, step: Apply, shapes: Sequence[Known], domain: Domain, *, assuming: bool
) -> Answer:
    """Return what an op says of the shapes at a step, and keep it with the law."""
    answers = law.assumed if assuming else law.plain
    question = question_of(step, shapes)
    answer = answers.get(question)
    if answer is None:
        relations = relating(domain, assuming=assuming)
        answer = answers[question] = _asked(law, step, shapes, relations)
    return answer


def relating(domain: Domain, *, assuming: bool) -> Relations:
    """Return relations that tell nobody what they find out."""
    relations = Relations(_unheard, domain)
    relations.assuming = assuming
    return relations


def _asked(
    law: Law, step: Apply, shapes: Sequence[Known], relations: Relations
) -> Answer:
    tensors = step.inputs + step.outputs
    given = dict(zip(tensors, shapes, strict=True))
    slots = {number: slot_of(shape) for number, shape in given.items()}
    relations.at(
        step,
        law.arguments,
        [slots[number] for number in step.inputs],
        [slots[number] for number in step.outputs],
    )
    apply(law, relations)
    places = {tensors.index(number): slot for number, slot in slots.items()}
    news = tuple(
        (place, shape)
        for place, slot in places.items()
        if (shape := known(slot)) != shapes[place]
    )
    if relations.remarks:
        return Answer(news, (), by_place(relations.remarks, places))
    return Answer(news, _grounds(places)) if news else NOTHING


def _grounds(slots: Mapping[int, TensorSlot]) -> tuple[Ground, ...]:
    """Return the grounds for what is new of tensors."""
    cells: dict[int, tuple[int, int]] = {}
    for place, slot in slots.items():
        for axis, cell in enumerate(slot.dims or ()):
            cells[id(cell)] = (place, axis)
    found = []
    for place, slot in slots.items():
        if slot.why is not None:
            found.append(Ground(place, None, _chain(slot.why, cells)))
        for axis, cell in enumerate(slot.dims or ()):
            if cell.why is not None:
                found.append(Ground(place, axis, _chain(cell.why, cells)))
    return tuple(found)


def _chain(why: Reason | None, cells: Places) -> Chain:
    """Return a reason and those before it, the first one first."""
    chain = []
    while why is not None:
        sources = tuple([cells[id(cell)] for cell in why.sources])
        chain.append((sources, why.text))
        why = why.previous
    return tuple(reversed(chain))


def take(
    answer: Answer,
    step: Apply,
    tensors: Sequence[TensorSlot],
    wake: Callable[[TensorSlot], None],
) -> None:
    """Let the tensors at a step be what an answer says, for the reasons it has."""
    for place, shape in answer.news:
        fill_in(tensors[place], shape)
    for ground in answer.grounds:
        slot = tensors[ground.place]
        dims = slot.dims or ()
        held: TensorSlot | SizeCell = slot if ground.axis is None else dims[ground.axis]
        for sources, text in ground.chain:
            cells = [(tensors[place].dims or ())[axis] for place, axis in sources]
            held.why = Reason(step, tuple(cells), text, held.why)
    for place, _ in answer.news:
        wake(tensors[place])


def by_place(remarks: Remarks, slots: Mapping[int, TensorSlot]) -> Remarks:
    """Return remarks under keys that have the places of tensors for their identities.

    The tensors themselves are made anew each time.
    """
    places: dict[object, object] = {}
    for place, slot in slots.items():
        places[id(slot)] = (place,)
        for axis, cell in enumerate(slot.dims or ()):
            places[id(cell)] = (place, axis)
    clashes: dict[tuple[object, ...], Clash] = {}
    for key, clash in remarks.clashes.items():
        parts: list[object] = [places.get(part, part) for part in key]
        clashes[tuple(parts)] = clash
    return Remarks(clashes, remarks.warnings, remarks.demands)


def _unheard(_: TensorSlot) -> None:
    return None
