"""Receptive fields: what of its inputs an element of a tensor inside a network sees.

They are exact where the paths that meet at a join have their centres above each other,
as all published networks have them; otherwise what all paths see together is larger
than the largest of them, which is what a join counts. Behind an op that enlarges its
input what an element sees depends on its place, and the largest is counted. What
padding shows is not subtracted: a field may be larger than the input.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TypeAlias

from graphc.cost.parts import Part, Piece, parts
from graphc.infer import Instance, inner_first
from graphc.ir import POINT, Layer, Node, Reach, View

Seen: TypeAlias = tuple[View | None, ...]
"""What one tensor sees of each input of what it is in; None for nothing."""

Sight: TypeAlias = tuple[Seen, ...]
"""What each of several tensors sees."""


def through(inner: View, outer: View) -> View:
    """Return what is seen of an input through a tensor.

    ``inner`` is what the tensor sees of the input, ``outer`` what is seen of it.
    """
    along = tuple(
        frozenset[int]().union(*(inner.along[dim] for dim in dims))
        for dims in outer.along
    )
    left = frozenset[int]().union(*along)
    reaches = enumerate(
        _through(inner, outer, dim) for dim in range(len(inner.reaches))
    )
    return View(
        tuple(r if dim in left else Reach(r.size, None) for dim, r in reaches), along
    )


def _through(inner: View, outer: View, dim: int) -> Reach:
    """Return what is seen of one dim of the input.

    Where several dims of the tensor go along it, or one goes along others too, only
    what looks at a single place leaves it as it is.
    """
    reach = inner.reaches[dim]
    carriers = [i for i, dims in enumerate(inner.along) if dim in dims]
    looks = [outer.reaches[carrier] for carrier in carriers]
    if all(look == POINT for look in looks):
        return reach
    if len(carriers) == 1 and len(inner.along[carriers[0]]) == 1:
        return reach.then(looks[0])
    kept = all(look.step == 1 for look in looks)
    return replace(reach, size=None, step=reach.step if kept else None)


def joined(views: Iterable[View | None]) -> View | None:
    """Return what is seen by several paths together: the largest; None for nothing."""
    there = [view for view in views if view is not None]
    if len(there) < 2:
        return there[0] if there else None
    return View(
        tuple(map(_largest, zip(*(view.reaches for view in there), strict=True))),
        tuple(
            frozenset[int]().union(*dims)
            for dims in zip(*(view.along for view in there), strict=True)
        ),
    )


def _largest(reaches: Sequence[Reach]) -> Reach:
    sizes = [reach.size for reach in reaches if reach.size is not None]
    steps: list[Fraction] = [r.step for r in reaches if r.step is not None]
    return Reach(
        max(sizes) if len(sizes) == len(reaches) else None,
        max(steps, default=None),
        max(reach.grain for reach in reaches),
    )


def chained(first: Sight, second: Sight) -> Sight:
    """Return what is seen of the inputs of ``first`` by ``second``, which reads it."""
    inputs = range(len(first[0]) if first else 0)
    return tuple(
        tuple(_behind(first, seen, index) for index in inputs) for seen in second
    )


def _behind(first: Sight, seen: Seen, index: int) -> View | None:
    paths = zip((tensor[index] for tensor in first), seen, strict=False)
    return joined(
        through(inner, outer)
        for inner, outer in paths
        if inner is not None and outer is not None
    )


def repeated(sight: Sight, count: int) -> Sight:
    """Return what ``count`` bodies in a row see, each of which sees the same."""
    result: Sight | None = None
    while count:
        if count % 2:
            result = sight if result is None else chained(result, sight)
        count //= 2
        if count:
            sight = chained(sight, sight)
    return sight if result is None else result


def untouched(ranks: Sequence[int]) -> Sight:
    """Return what inputs of these ranks see of themselves."""
    return tuple(
        tuple(_identity(rank) if i == place else None for i in range(len(ranks)))
        for place, rank in enumerate(ranks)
    )


def _identity(rank: int) -> View:
    return View((POINT,) * rank, tuple(frozenset({dim}) for dim in range(rank)))


class Sights:
    """What is seen inside instances, each looked at once.

    Everything is told relative to the inputs of the instance, whatever these see.
    """

    def __init__(self) -> None:
        self._known: dict[Instance, dict[tuple[str, int], Seen]] = {}

    def tensors(self, instance: Instance) -> dict[tuple[str, int], Seen]:
        """Return what each tensor in an instance sees, by node and number of output."""
        for one in inner_first(instance, self._known):
            self._known[one] = self._tensors(one)
        return self._known[instance]

    def _tensors(self, instance: Instance) -> dict[tuple[str, int], Seen]:
        module = instance.module
        ranks = [len(shape or ()) for shape in instance.inputs]
        names = [(node.name, 0) for node in module.inputs]
        found = dict(zip(names, untouched(ranks), strict=True))
        for node in module.graph.order:
            if not (node.is_input or node.is_output):
                arriving = self._arriving(instance, node, found)
                results = chained(arriving, self._node(instance, node))
                if not arriving:
                    results = ((None,) * len(ranks),) * len(results)
                found.update(
                    ((node.name, number), seen) for number, seen in enumerate(results)
                )
        return found

    def arriving(self, instance: Instance, node: Node) -> Sight:
        """Return what each input of a node sees."""
        return self._arriving(instance, node, self.tensors(instance))

    def _arriving(
        self, instance: Instance, node: Node, found: dict[tuple[str, int], Seen]
    ) -> Sight:
        edges = instance.module.graph.into(node.name)
        return tuple(found[edge.source, edge.output] for edge in edges)

    def _node(self, instance: Instance, node: Node) -> Sight:
        sights = [self.of_part(part) for part in parts(instance.stages(node))]
        result = sights[0]
        for sight in sights[1:]:
            result = chained(result, sight)
        return result

    def of_part(self, part: Part, count: int | None = None) -> Sight:
        """Return what the results of a part see of its inputs; of all its repeats."""
        sights = [self._piece(piece) for piece in part.pieces]
        result = sights[0]
        for sight in sights[1:]:
            result = chained(result, sight)
        return repeated(result, part.count if count is None else count)

    def _piece(self, piece: Piece) -> Sight:
        if isinstance(piece.body, Instance):
            return self.of_instance(piece.body)
        return _layer(piece, piece.body)

    def of_instance(self, instance: Instance) -> Sight:
        """Return what the outputs of an instance see of its inputs."""
        found = self.tensors(instance)
        return tuple(
            self.arriving(instance, node)[0] if node.is_output else found[node.name, 0]
            for node in instance.module.outputs
        )


def _layer(piece: Piece, layer: Layer) -> Sight:
    views: Seen = () if piece.op is None else piece.op.views(layer)
    return (views,) * len(layer.outputs)
