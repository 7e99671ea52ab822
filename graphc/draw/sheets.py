"""From a network with sizes to a drawing."""

from graphc.cost import Costs
from graphc.draw.arrange import arrange
from graphc.draw.caption import caption
from graphc.draw.chain import chain_of
from graphc.draw.columns import in_columns
from graphc.draw.drawing import Arrow, Below, Drawing, Group
from graphc.draw.level import Level, OneModule, Overview, Unrolled
from graphc.draw.sheet import Sheet
from graphc.draw.tooltip import Teller
from graphc.draw.unroll import Unroller
from graphc.draw.words import box_id
from graphc.infer import Sized
from graphc.ir import Family, Module, Network


def draw(sized: Sized, level: Level) -> Drawing:
    """Return the drawing of a network at a level of detail, with mistakes and all.

    Raises KeyError for a module that is not there. Equal networks give equal drawings.
    """
    costs = Costs()
    sheet = Sheet(sized, Teller(sized, costs))
    match level:
        case Overview():
            return _overview(sheet)
        case OneModule(name):
            return _one(sheet, sized.network.modules[name])
        case Unrolled():
            return _unrolled(sheet)


def _overview(sheet: Sheet) -> Drawing:
    network = sheet.sized.network
    top = sheet.group(network.model, title="")
    modules = [sheet.group(one, title=one.name) for one in used(network)]
    if not modules and not chain_of(top):
        return _folded(sheet, top)
    arranged = arrange(top, modules)
    return _drawing(sheet, arranged.groups, below=arranged.below)


def _one(sheet: Sheet, module: Module) -> Drawing:
    group = sheet.group(module, title=module.name)
    return _drawing(sheet, (group,), part=module.name)


def _unrolled(sheet: Sheet) -> Drawing:
    model = sheet.sized.model
    path = (model.name,)
    inside = Unroller(sheet).inside(model, path)
    boxes, groups, arrows = inside.boxes, inside.groups, inside.arrows
    return _folded(sheet, Group(box_id(*path), "", "", boxes, groups, arrows))


def _folded(sheet: Sheet, whole: Group) -> Drawing:
    columns = in_columns(whole)
    return _drawing(sheet, columns.groups, columns.arrows)


def _drawing(
    sheet: Sheet,
    groups: tuple[Group, ...],
    arrows: tuple[Arrow, ...] = (),
    below: tuple[Below, ...] = (),
    part: str = "",
) -> Drawing:
    network = sheet.sized.network
    used_families = {box.family for group in groups for box in group.all_boxes()}
    legend = tuple(one for one in (*Family, None) if one in used_families)
    instances = sheet.sized.of(network.modules[part]) if part else (sheet.sized.model,)
    costs = {sheet.teller.costs.of_instance(one) for one in instances}
    told = caption(network, costs.pop() if len(costs) == 1 else None, part)
    name = box_id(part or network.model.name)
    return Drawing(name, groups, arrows, below, legend, told)


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
