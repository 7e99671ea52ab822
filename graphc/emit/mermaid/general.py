"""Sizes that hold for all arguments of a module, where a number would pin them."""

from collections.abc import Sequence

from graphc.infer import Generic, Instance, Known, dim_text, generic
from graphc.ir import Edge, Module
from graphc.lang import Dim, Size
from graphc.record import record


@record(eq=False)
class General:
    """A module solved for all its arguments at once.

    ``solved`` is None if it has no parameters, or is not known everywhere.
    """

    module: Module
    instances: Sequence[Instance]
    solved: Generic | None

    def dims(self, edge: Edge) -> tuple[str | None, ...]:
        """Return the dims on an edge that follow from parameters, as expressions.

        ``_`` is one that follows from something else too; None one that does not
        depend on any parameter, or of which nothing is known.
        """
        if self.solved is None:
            return ()
        node = self.module.graph.nodes[edge.source]
        shape = self.solved.shape(node, edge.output)
        found = [one.known(edge) for one in self.instances]
        return tuple(self._dim(size, axis, found) for axis, size in enumerate(shape))

    def _dim(self, size: Size, axis: int, found: Sequence[Known]) -> str | None:
        parameters = {one.name for one in self.module.parameters}
        if not isinstance(size, Dim) or not size.symbols() & parameters:
            return None
        if size.symbols() <= parameters and all(
            shape is not None and axis < len(shape) and _at(size, one) == shape[axis]
            for one, shape in zip(self.instances, found, strict=True)
        ):
            return dim_text(size)
        return "_"


def general(module: Module, instances: Sequence[Instance]) -> General:
    """Return a module solved for all its arguments, as far as its sizes are known."""
    known = all(
        _is_whole(one.known(edge)) for one in instances for edge in module.graph.edges
    )
    if not module.parameters or not instances or not known:
        return General(module, instances, None)
    inputs = _common([one.inputs for one in instances])
    outputs = tuple((None,) * len(known or ()) for known in instances[0].outputs)
    return General(module, instances, generic(instances[0], inputs, outputs))


def _common(ends: Sequence[tuple[Known, ...]]) -> tuple[tuple[int | None, ...], ...]:
    """Return the sizes at the inputs that all instances have, None for others."""
    return tuple(
        tuple(map(_same, zip(*(shape or () for shape in shapes), strict=False)))
        for shapes in zip(*ends, strict=True)
    )


def _same(sizes: tuple[object, ...]) -> int | None:
    first = sizes[0]
    alike = isinstance(first, int) and all(size == first for size in sizes)
    return first if alike and isinstance(first, int) else None


def _is_whole(shape: Known) -> bool:
    return shape is not None and not any(isinstance(size, tuple) for size in shape)


def _at(size: Dim, instance: Instance) -> Size:
    values = {
        name: value
        for name, value in instance.values.items()
        if isinstance(value, int | Dim) and not isinstance(value, bool)
    }
    return size.subs(values)
