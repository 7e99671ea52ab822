"""From a network with sizes to a drawing."""

from collections.abc import Iterator, Sequence

from graphc.cost import Costs
from graphc.diagnostics import numeral
from graphc.draw.arrange import arrange
from graphc.draw.caption import caption
from graphc.draw.chain import chain_of
from graphc.draw.columns import in_columns
from graphc.draw.drawing import Arrow, Below, Drawing, Group
from graphc.draw.level import Level, OneModule, Overview, Unrolled
from graphc.draw.sheet import ROOM, Sheet
from graphc.draw.tooltip import Teller
from graphc.draw.unroll import MOST_BOXES, Unroller
from graphc.draw.words import box_id
from graphc.infer import Sized
from graphc.ir import Family, Module, Network
from graphc.record import record


@record
class _Page:
    """What stands on a sheet, and in words what there was no room for."""

    groups: tuple[Group, ...]
    arrows: tuple[Arrow, ...] = ()
    below: tuple[Below, ...] = ()
    left_out: Sequence[str] = ()


_LEAST_ROOM = 24
"""Boxes and arrows: where there is room for fewer a module is left out."""


def draw(sized: Sized, level: Level, room: int = ROOM) -> Drawing:
    """Return the drawing of a network at a level of detail, with mistakes and all.

    It has about as many boxes and arrows as there is ``room`` for: nodes share boxes
    then, modules stay closed, and ``left_out`` of the drawing tells so.
    Raises KeyError for a module that is not there. Equal networks give equal drawings.
    """
    costs = Costs()
    sheet = Sheet(sized, Teller(sized, costs))
    match level:
        case Overview():
            return _overview(sheet, room)
        case OneModule(name):
            return _one(sheet, sized.network.modules[name], room)
        case Unrolled():
            return _unrolled(sheet, room)


def parts_of_all(sized: Sized, level: Level) -> int:
    """Return how many boxes and arrows, roughly, a drawing of all has."""
    match level:
        case Overview():
            modules = (sized.network.model, *used(sized.network))
            return sum(map(_parts, modules))
        case OneModule(name):
            return _parts(sized.network.modules[name])
        case Unrolled():
            return 2 * Unroller(Sheet(sized, Teller(sized, Costs()))).boxes(sized.model)


def _overview(sheet: Sheet, room: int) -> Drawing:
    network = sheet.sized.network
    modules = used(network)
    needed = sum(map(_parts, modules))
    top = sheet.group(network.model, title="", room=max(room - needed, room // 2))
    below = list(_shown(sheet, modules, room - _parts_drawn(top)))
    left_out = [*_shared(network.model, top)]
    for module, group in zip(modules, below, strict=False):
        left_out += _shared(module, group)
    if len(below) < len(modules):
        left_out.append(f"{len(modules) - len(below):,} modules")
    if not modules and not chain_of(top):
        return _drawing(sheet, _folded(top, left_out))
    arranged = arrange(top, below)
    page = _Page(arranged.groups, below=arranged.below, left_out=left_out)
    return _drawing(sheet, page)


def _shown(sheet: Sheet, modules: Sequence[Module], room: int) -> Iterator[Group]:
    """Yield the modules, as far as there is room; one that has to be large, in less."""
    for module in modules:
        needed = _parts(module)
        if room < min(needed, _LEAST_ROOM):
            return
        share = room if needed <= room else room // 2
        group = sheet.group(module, title=module.name, room=share)
        room -= _parts_drawn(group)
        yield group


def _parts(module: Module) -> int:
    return len(module.graph.nodes) + len(module.graph.edges)


def _parts_drawn(group: Group) -> int:
    return len(group.boxes) + len(group.arrows)


def _shared(module: Module, group: Group) -> Iterator[str]:
    """Yield, where nodes share boxes, how many there are of each."""
    nodes = len(module.graph.nodes)
    if any(box.count > 1 for box in group.boxes):
        yield f"{nodes:,} nodes of {module.name} in {len(group.boxes):,} boxes"


def _one(sheet: Sheet, module: Module, room: int) -> Drawing:
    group = sheet.group(module, title=module.name, room=room)
    page = _Page((group,), left_out=list(_shared(module, group)))
    return _drawing(sheet, page, module.name)


def _unrolled(sheet: Sheet, room: int) -> Drawing:
    model = sheet.sized.model
    path = (model.name,)
    unroller = Unroller(sheet)
    inside = unroller.inside(model, path, min(room, 2 * MOST_BOXES))
    whole = Group(box_id(*path), "", "", inside.boxes, inside.groups, inside.arrows)
    number, needed = sum(1 for _ in whole.all_boxes()), unroller.boxes(model)
    left_out = [f"{numeral(needed)} boxes in {number:,}"] if number < needed else []
    return _drawing(sheet, _folded(whole, left_out))


def _folded(whole: Group, left_out: Sequence[str]) -> _Page:
    columns = in_columns(whole)
    return _Page(columns.groups, columns.arrows, left_out=left_out)


def _drawing(sheet: Sheet, page: _Page, part: str = "") -> Drawing:
    network = sheet.sized.network
    boxes = [box for group in page.groups for box in group.all_boxes()]
    used_families = {box.family for box in boxes if box.count == 1}
    legend = tuple(one for one in (*Family, None) if one in used_families)
    instances = sheet.sized.of(network.modules[part]) if part else (sheet.sized.model,)
    costs = {sheet.teller.costs.of_instance(one) for one in instances}
    cost = costs.pop() if len(costs) == 1 else None
    told = caption(network, cost, part, page.left_out)
    name = box_id(part or network.model.name)
    return Drawing(
        name,
        page.groups,
        page.arrows,
        page.below,
        legend,
        told,
        tuple(page.left_out),
    )


def used(network: Network) -> tuple[Module, ...]:
    """Return the modules that the model uses, directly or not, as first met."""
    found: dict[str, Module] = {}
    pending = [network.model]
    while pending:
        module = pending.pop(0)
        for node in module.graph.nodes.values():
            for term in node.terms:
                if isinstance(term.target, str) and term.target not in found:
                    found[term.target] = network.modules[term.target]
                    pending.append(found[term.target])
    return tuple(found.values())
