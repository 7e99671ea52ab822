"""What a node of the figure becomes: attributes, and what ``forward`` does with them.

A node with one term that has weights is that layer, under the node's name; functions
around it stand in ``forward``, and layers without weights get attributes beside it. A
node with several such terms, or with none and several layers, is an ``nn.Sequential``
of all its terms. Functions that are no layers stand before or behind it; where one
stands between, or a layer takes more than one tensor, it is an ``nn.ModuleList``.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from graphc.emit.torch.blueprint import Group, OpItem, Part, UseItem
from graphc.emit.torch.code import Column, Piece, Run
from graphc.emit.torch.progress import INDEX
from graphc.ir import Call, Node
from graphc.lang import Size
from graphc.record import record


@record
class Slot:
    """Where a layer is: an attribute, or the element ``index`` of one.

    The attribute is called as the node, with ``suffix`` behind it.
    """

    node: str
    suffix: str = ""
    index: int | None = None


@record(eq=False)
class Attribute:
    """An attribute that ``__init__`` sets."""

    slot: Slot
    code: Piece


@record(eq=False)
class Action:
    """One step of ``forward`` at a node.

    With a ``slot`` it calls the layer there, or with ``each`` the layers in it one by
    one; without, it evaluates the function of ``item``, ``times`` over if that is not
    None. ``item`` also says what is done around a call; None means nothing.
    ``outputs`` is the number of tensors that come out, None if it is open.
    """

    slot: Slot | None
    item: OpItem | UseItem | None
    outputs: int | None = 1
    times: Size | None = None
    each: bool = False


@record(eq=False)
class Home:
    """Where the modules of a term are: in a slot itself, or in a row within it.

    In a row they stand behind the terms ``behind``; that is None for no row. ``again``
    tells that another node has them, which this one applies again.
    """

    part: Part
    slot: Slot
    behind: tuple[Part, ...] | None = None
    again: bool = False


@record(eq=False)
class Built:
    """A node ready for writing."""

    attributes: tuple[Attribute, ...]
    actions: tuple[Action, ...]
    homes: tuple[Home, ...]


def applied_again(found: Built) -> Built:
    """Return a node that applies what another one holds."""
    homes = tuple(replace(home, again=True) for home in found.homes)
    return Built((), found.actions, homes)


def built(node: Node, parts: Sequence[Part]) -> Built:
    """Return what a node becomes that consists of these terms."""
    layers = [part for part in parts if _is_layer(part)]
    stateful = [part for part in parts if part.stateful]
    if len(stateful) < 2 and (stateful or len(layers) < 2):
        suffixes = _suffixes(stateful, layers)
        return _joined(_single(node, part, suffixes) for part in parts)
    first = next(i for i, part in enumerate(parts) if _can_be_layer(part))
    last = max(i for i, part in enumerate(parts) if _can_be_layer(part)) + 1
    return _joined(
        (
            *(_function(part) for part in parts[:first]),
            _row(node, parts[first:last]),
            *(_function(part) for part in parts[last:]),
        )
    )


def in_a_row(node: Node, parts: Sequence[Part]) -> Built | None:
    """Return terms as a row however few they are; None if some are no such layers."""
    plain = _can_begin(parts[0]) and all(map(_is_plain, _items(parts)))
    return _row(node, parts) if plain else None


def _joined(pieces: Iterable[Built]) -> Built:
    every = tuple(pieces)
    return Built(
        tuple(attribute for piece in every for attribute in piece.attributes),
        tuple(action for piece in every for action in piece.actions),
        tuple(home for piece in every for home in piece.homes),
    )


def _is_layer(part: Part) -> bool:
    """Whether a term needs an attribute."""
    return any(
        isinstance(item, UseItem) or item.form.function is None for item in part.items
    )


def _can_be_layer(part: Part) -> bool:
    return all(
        isinstance(item, UseItem) or item.form.layer is not None for item in part.items
    )


def _single(node: Node, part: Part, suffixes: Mapping[Part, str]) -> Built:
    if part not in suffixes:
        return _function(part)
    return _placed(part, Slot(node.name, suffixes[part]))


def _suffixes(stateful: Sequence[Part], layers: Sequence[Part]) -> dict[Part, str]:
    """Return what the attribute of each layer has behind the node's name."""
    found: dict[Part, str] = {}
    for part in layers:
        name = part.term.name.rpartition(".")[2]  # without the alias of its file
        suffix = f"_{_snake(name)}"
        count = sum(given.startswith(suffix) for given in found.values())
        own = part in stateful or len(layers) == 1
        found[part] = "" if own else f"{suffix}_{count + 1}" if count else suffix
    return found


def _function(part: Part) -> Built:
    times = part.groups[0].count if part.repeated else None
    return Built((), (Action(None, part.items[0], part.outputs, times),), ())


def _placed(part: Part, slot: Slot) -> Built:
    """Return a term that has an attribute for itself."""
    item = part.items[0]
    if not part.repeated:
        action = Action(slot, item, part.outputs)
        return Built((Attribute(slot, _layer(item)),), (action,), (Home(part, slot),))
    plain = all(map(_is_plain, part.items))
    code = Column(tuple(map(_run, part.groups)), listed=not plain)
    each = None if plain else item
    action = Action(slot, each, part.outputs, each=not plain)
    return Built((Attribute(slot, code),), (action,), (Home(part, slot, ()),))


def _row(node: Node, parts: Sequence[Part]) -> Built:
    """Return several terms that share an attribute."""
    slot = Slot(node.name)
    first, rest = parts[0], parts[1:]
    plain = _can_begin(first) and all(map(_is_plain, _items(rest)))
    if not plain:
        return _list(node, parts)
    code = Column(tuple(_run(group) for part in parts for group in part.groups))
    before = None if first.repeated else first.items[0]
    action = Action(slot, before, parts[-1].outputs)
    homes = tuple(Home(part, slot, tuple(parts[:i])) for i, part in enumerate(parts))
    return Built((Attribute(slot, code),), (action,), homes)


def _list(node: Node, parts: Sequence[Part]) -> Built:
    pieces: list[Piece] = []
    found: list[Built] = []
    for part in parts:
        if not _is_layer(part):
            found.append(_function(part))
            continue
        own = _placed(part, Slot(node.name, index=len(pieces)))
        pieces.append(own.attributes[0].code)
        found.append(Built((), own.actions, own.homes))
    code = Column(tuple(pieces), listed=True)
    return _joined((Built((Attribute(Slot(node.name), code),), (), ()), *found))


def _items(parts: Sequence[Part]) -> list[OpItem | UseItem]:
    return [item for part in parts for item in part.items]


def _run(group: Group) -> Piece:
    layer = _layer(group.item)
    if group.count == 1:
        return layer
    return Run(layer, group.count, INDEX if group.indexed else "_")


def _layer(item: OpItem | UseItem) -> Call:
    if isinstance(item, UseItem):
        return item.call
    if item.form.layer is None:
        raise TypeError(f"{item.op.name} is no layer")
    return item.form.layer


def _can_begin(part: Part) -> bool:
    """Whether a term can be the first of an ``nn.Sequential``."""
    item = part.items[0]
    if part.repeated or isinstance(item, UseItem):
        return all(map(_is_plain, part.items))
    form = item.form
    return form.layer is not None and not form.arguments and form.select is None


def _is_plain(item: OpItem | UseItem) -> bool:
    """Whether a layer takes one tensor, and gives what the term gives."""
    if isinstance(item, UseItem):
        return len(item.blueprint.module.inputs) == 1
    form = item.form
    bare = form.before is None and not form.arguments and form.select is None
    return form.layer is not None and bare


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
