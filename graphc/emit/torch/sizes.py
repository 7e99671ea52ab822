"""Sizes as comments and docstrings have them: ``256*35*35``, ``C*H*W``."""

from collections.abc import Sequence

from graphc.emit.torch.blueprint import Blueprint
from graphc.emit.torch.merge import value_at
from graphc.emit.torch.text import shown
from graphc.infer import Instance, Known, Shape, dim_text, known_text
from graphc.ir import Node
from graphc.lang import Dim, Size


def node_sizes(blueprint: Blueprint, node: Node) -> tuple[str, ...]:
    """Return the size of each output of a node, as far as one text tells all.

    A dim that differs between instances, or that an argument without a default decides,
    is an expression over the arguments, or ``_`` if there is none; of a shape without
    any dim that is known nothing is said.
    """
    sizes: list[str] = []
    while True:
        output = len(sizes)
        shapes = [instance.result(node, output) for instance in blueprint.instances]
        found = [shape for shape in shapes if shape is not None]
        if not found or len(found) < len(shapes):
            return tuple(sizes)
        sizes.append(_common(blueprint, found, blueprint.generic.shape(node, output)))


def boundary(blueprint: Blueprint) -> str:
    """Return the sizes at the ends of a class: ``C*H*W -> 64*H*W``."""
    module, solved = blueprint.module, blueprint.generic
    inputs = _ends(
        blueprint, [each.inputs for each in blueprint.instances], solved.inputs
    )
    outputs = _ends(
        blueprint, [each.outputs for each in blueprint.instances], solved.outputs
    )
    if not all((*inputs, *outputs)):
        return ""
    return f"{_listed(module.inputs, inputs)} -> {_listed(module.outputs, outputs)}"


def _listed(nodes: Sequence[Node], sizes: Sequence[str]) -> str:
    """Return the sizes at one end, with names if there are several."""
    return ", ".join(named(nodes, sizes) if len(sizes) > 1 else sizes)


def named(nodes: Sequence[Node], sizes: Sequence[str]) -> list[str]:
    """Return sizes at one end with the names of the nodes they stand at."""
    names = (shown(node.name) for node in nodes)
    return [f"{name} {size}" for name, size in zip(names, sizes, strict=True)]


def input_sizes(instance: Instance) -> list[str]:
    """Return the size of each input of an instance."""
    return [text(shape) for shape in map(_whole, instance.inputs)]


def output_sizes(instance: Instance) -> list[str]:
    """Return the size of each output of an instance."""
    return [text(shape) for shape in map(_whole, instance.outputs)]


def _ends(
    blueprint: Blueprint, found: Sequence[Sequence[Known]], likely: Sequence[Shape]
) -> list[str]:
    return [
        _common(blueprint, [_whole(each[port]) for each in found], likely[port])
        for port in range(len(likely))
    ]


def _whole(known: Known) -> Shape:
    return tuple(size for size in known or () if not isinstance(size, tuple))


def _common(blueprint: Blueprint, shapes: Sequence[Shape], likely: Shape) -> str:
    first = shapes[0]
    if any(len(shape) != len(first) for shape in shapes):
        return ""
    dims = [
        _dim(blueprint, [shape[axis] for shape in shapes], likely[axis : axis + 1])
        for axis in range(len(first))
    ]
    told = not dims or any(dim != "_" for dim in dims)
    return ("*".join(dims) or "1") if told else ""


def _dim(blueprint: Blueprint, sizes: Sequence[Size], likely: Shape) -> str:
    holds = bool(likely) and _holds(blueprint, likely[0], sizes)
    if holds and _is_given(blueprint, likely[0]):
        return shown(dim_text(likely[0]))
    if all(size == sizes[0] for size in sizes):
        return shown(dim_text(sizes[0]))
    return shown(dim_text(likely[0])) if holds else "_"


def _is_given(blueprint: Blueprint, size: Size) -> bool:
    """Whether a size follows from arguments that have no default."""
    required = {each.symbol for each in blueprint.arguments if each.required}
    return isinstance(size, Dim) and size.symbols() <= required


def _holds(blueprint: Blueprint, likely: Size, sizes: Sequence[Size]) -> bool:
    """Whether a size has these values in the instances, for every input."""
    triples = zip(blueprint.instances, blueprint.scope.values, sizes, strict=True)
    return all(
        isinstance(value := value_at(likely, values), int | Dim)
        and instance.same(value, size)
        for instance, values, size in triples
    )


def text(shape: Shape) -> str:
    """Return a shape in the notation of specs; that of a single number is 1."""
    return shown(known_text(shape))
