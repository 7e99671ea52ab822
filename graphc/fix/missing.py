"""The sizes that a text could say and does not: edge by edge, as its module would."""

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import TypeAlias

from graphc.infer import Instance, Known, Shape, Sized, generic
from graphc.ir import Edge, Module
from graphc.lang import Dim, Size, Unknown, names
from graphc.source import Source

Missing: TypeAlias = "tuple[Size | None, ...]"
"""The dims of a size that is to be written, None for one that nothing tells."""

Arrows: TypeAlias = "dict[tuple[int, int], Missing]"
"""Sizes by the place of the arrow they belong to: its first and last offset."""


class Wording(Enum):
    """How the sizes of a module are told, the most telling first."""

    NAMES = "expressions over its parameters and free dims"
    NUMBERS = "numbers"


def modules_with_edges(sized: Sized) -> tuple[Module, ...]:
    """Return the graphs of a network with something to tell, the model first."""
    network = sized.network
    every = (network.model, *network.modules.values())
    return tuple(one for one in every if one.graph.edges and sized.of(one))


def missing(sized: Sized, module: Module, wording: Wording) -> dict[Edge, Missing]:
    """Return what is to be written on the edges of a module.

    On an edge without a size it is all dims that are known, unless the label that it
    leaves ends with a size; on one with a size those that it leaves open (``_``). With
    ``NAMES`` a module with parameters, with names in its sizes, or with instances that
    differ, tells its sizes as expressions.
    """
    instances = sized.of(module)
    general = wording is Wording.NAMES and _general(instances)
    found = {}
    for edge, shape in (_expressions if general else _numbers)(instances):
        if edge.shape is None:
            size: Missing = () if _told(module, edge) else shape
        elif len(edge.shape.dims) == len(shape):
            pairs = zip(edge.shape.dims, shape, strict=True)
            size = tuple(
                size if isinstance(dim, Unknown) else None for dim, size in pairs
            )
        else:
            continue
        if any(dim is not None for dim in size):
            found[edge] = size
    return found


def _told(module: Module, edge: Edge) -> bool:
    """Whether a size stands behind the label that an edge leaves."""
    last = module.graph.nodes[edge.source].terms[-1]
    return last.shape is not None and edge.output == 0


def _general(instances: Sequence[Instance]) -> bool:
    module = instances[0].module
    if len(instances) > 1 or module.parameters:
        return True
    shapes = [edge.shape for edge in module.graph.edges if edge.shape is not None]
    dims = [dim for shape in shapes for dim in shape.dims]
    return any(names(dim) for dim in dims if not isinstance(dim, Unknown))


def _numbers(instances: Sequence[Instance]) -> Iterator[tuple[Edge, Missing]]:
    """Yield the sizes that are the same in all instances.

    Of the model they may be in its own free dims.
    """
    own = set(instances[0].plan.rigid)
    for edge in instances[0].module.graph.edges:
        shapes = [instance.known(edge) for instance in instances]
        first = shapes[0]
        if own and len(shapes) == 1 and first is not None:
            dims = (None if isinstance(dim, tuple) else dim for dim in first)
            yield edge, tuple(dim if _says(dim, own) else None for dim in dims)
        else:
            yield edge, _agreed(shapes)


def _agreed(shapes: Sequence[Known]) -> tuple[int | None, ...]:
    first, *others = shapes
    if first is None or any(one is None or len(one) != len(first) for one in others):
        return ()
    columns = zip(first, *(one for one in others if one is not None), strict=True)
    return tuple(_one(column) for column in columns)


def _one(sizes: Sequence[object]) -> int | None:
    first = sizes[0]
    return first if isinstance(first, int) and all(s == first for s in sizes) else None


def _expressions(instances: Sequence[Instance]) -> Iterator[tuple[Edge, Missing]]:
    """Yield the sizes as what they are for all arguments and inputs."""
    inputs = zip(*(one.inputs for one in instances), strict=True)
    outputs = zip(*(one.outputs for one in instances), strict=True)
    ends = tuple(map(_agreed, inputs)), tuple(map(_agreed, outputs))
    solved = generic(instances[0], *ends)
    module = instances[0].module
    known = {each.name for each in module.parameters}
    known |= {each.name for each in solved.symbols}
    for edge, same in _numbers(instances):
        shape: Shape = solved.shape(module.graph.nodes[edge.source], edge.output)
        told = tuple(size if _says(size, known) else None for size in shape)
        if len(told) == len(same):
            pairs = zip(told, same, strict=True)
            told = tuple(n if size is None else size for size, n in pairs)
        yield edge, told or same


def _says(size: Size | None, known: set[str]) -> bool:
    return size is None or not isinstance(size, Dim) or size.symbols() <= known


def by_source(sizes: dict[Edge, Missing]) -> dict[Source, Arrows]:
    """Return the sizes of edges without one by text and place.

    A place that several edges share, as in a module that is merged into others, has a
    size only if it is the same for all.
    """
    found: dict[Source, Arrows] = {}
    for edge, size in sizes.items():
        if edge.shape is None:
            place = (edge.span.start, edge.span.end)
            arrows = found.setdefault(edge.span.source, {})
            if arrows.setdefault(place, size) != size:
                arrows[place] = ()
    return found
