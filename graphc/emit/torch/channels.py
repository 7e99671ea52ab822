"""Maps with their channels last in memory, as convolutions on a CPU like them best.

A convolution whose weights are laid out so gives what it makes this layout, whatever
that of its input is, and every other op keeps to the layout of what it reads. An input
of the network is laid out anew only where something else than a convolution reads it:
a convolution does so itself, and holds the copy no longer than it runs.
"""

from collections.abc import Iterable

from graphc.emit.torch.blueprint import Blueprint, OpItem, UseItem
from graphc.ir import Node, Word

_CONVOLUTIONS = frozenset({"nn.Conv2d", "nn.ConvTranspose2d", "PackedConv2d"})
_MAP = 3
"""The rank of a map: channels, height and width."""


def has_maps(blueprints: Iterable[Blueprint]) -> bool:
    """Whether any of these classes has a convolution over height and width."""
    return any(
        _convolves(item)
        for blueprint in blueprints
        for parts in blueprint.parts.values()
        for part in parts
        for item in part.items
    )


def maps_into(blueprint: Blueprint) -> tuple[str, ...]:
    """Return the inputs of a class that are maps which more than convolutions read."""
    shapes = blueprint.instances[0].inputs
    inputs = zip(blueprint.module.inputs, shapes, strict=True)
    return tuple(
        node.name
        for node, shape in inputs
        if shape and len(shape) == _MAP and not _is_convolved(blueprint, node)
    )


def laid_out(module: str) -> str:
    """Return the line that puts the channels last in a module's convolutions."""
    call = "nn.utils.convert_conv2d_weight_memory_format"
    return f"        {call}({module}, torch.channels_last)"


def _convolves(item: OpItem | UseItem) -> bool:
    layer = item.form.layer if isinstance(item, OpItem) else None
    function = None if layer is None else layer.function
    return isinstance(function, Word) and function.text in _CONVOLUTIONS


def _is_convolved(blueprint: Blueprint, source: Node) -> bool:
    """Whether a convolution is all that reads what comes into a class at a node."""
    while True:
        edges = blueprint.module.graph.out_of(source.name)
        readers = blueprint.module.graph.nodes
        parts = blueprint.parts.get(readers[edges[0].target], ()) if edges else ()
        if len(edges) != 1 or not parts:
            return False
        item = parts[0].items[0]
        if isinstance(item, OpItem):
            return _convolves(item) and item.form.before is None
        blueprint = item.blueprint
        source = blueprint.module.inputs[edges[0].input]
