"""Classes for inference, in which the least memory is held at once.

Their nodes run in the order that holds least, and activations write over what they read
where nobody else looks at it.
"""

from dataclasses import replace

from graphc.cost import InPlace, Peaks
from graphc.emit.torch.blueprint import Blueprint, OpItem, Part, UseItem
from graphc.emit.torch.merging import late
from graphc.ir import Call, Node


class Thrift:
    """The classes of a network, made thrifty one after the other."""

    def __init__(self) -> None:
        self._in_place = InPlace()
        self._peaks = Peaks(self._in_place)

    def applied(self, blueprint: Blueprint) -> Blueprint:
        """Return a class that computes the same values in less memory."""
        terms = self._in_place.terms(blueprint.instances[0])
        parts = {
            node: tuple(
                _overwriting(part) if part.term in terms else part
                for part in blueprint.parts[node]
            )
            for node in self._order(blueprint)
        }
        return replace(blueprint, parts=parts)

    def _order(self, blueprint: Blueprint) -> tuple[Node, ...]:
        """Return the nodes in the best order of the instance that holds most."""
        most = max(blueprint.instances, key=lambda one: self._peaks.peak(one) or 0)
        nodes = late(blueprint.module.graph, self._peaks.order(most))
        return tuple(node for node in nodes if node in blueprint.parts)


def _overwriting(part: Part) -> Part:
    groups = tuple(replace(group, item=_in_place(group.item)) for group in part.groups)
    return replace(part, groups=groups)


def _in_place(item: OpItem | UseItem) -> OpItem | UseItem:
    if isinstance(item, UseItem):
        return item
    layer, function = item.form.layer, item.form.function
    form = replace(
        item.form,
        layer=None if layer is None else _told(layer),
        function=_told(function) if isinstance(function, Call) else function,
    )
    return replace(item, form=form)


def _told(call: Call) -> Call:
    return replace(call, keywords=(*call.keywords, ("inplace", True)))
