"""What a size written on an edge says about the tensor there."""

from collections.abc import Callable, Mapping

from graphc.infer.cells import SizeCell
from graphc.infer.relations import Relations
from graphc.ir import Value
from graphc.lang import (
    Binary,
    Dim,
    DimText,
    Expr,
    Name,
    Number,
    Size,
    Unary,
    Unknown,
    evaluate,
    names,
)

Env = Mapping[str, Value]
Interval = tuple[int, int | None]


class Wording:
    """The dims of annotations in one module instance: its parameters and free dims."""

    def __init__(self, relations: Relations, env: Env, free: Mapping[str, SizeCell]):
        self._relations = relations
        self._env = env
        self._free = free

    def state(self, cell: SizeCell, dim: DimText) -> None:
        """State that ``cell`` has the size that ``dim`` stands for.

        A name that is no parameter is a free dim: it takes the size that arrives.
        """
        if isinstance(dim, Unknown):
            return
        if isinstance(dim, Number) and isinstance(dim.value, int):
            self._relations.put(cell, dim.value, ())
            return
        if isinstance(dim, Name) and dim.text in self._free:
            self._relations.equal(cell, self._free[dim.text])
            return
        free = {name: self._free[name] for name in names(dim) if name in self._free}
        gaps = [cell for cell in free.values() if cell.value is None]
        sources = tuple(free.values())
        if not gaps:
            size = self._value(dim)
            if size is not None:
                self._relations.put(cell, size, sources, _words(dim, size, free))
            return
        if len(free) == 1 and cell.known:
            (unknown,) = free.values()
            low, high = self._invert(dim, (cell.low, cell.high))
            self._relations.narrow(unknown, max(low, 1), high, (cell,))

    def _value(self, dim: Expr) -> Size | None:
        bound = {name: cell.value for name, cell in self._free.items()}
        value = evaluate(dim, {**bound, **self._env})
        if isinstance(value, bool) or not isinstance(value, int | Dim):
            return None
        return value

    def _invert(self, dim: Expr, interval: Interval) -> Interval:
        """Return the interval of the one free dim in ``dim``, given that of ``dim``."""
        low, high = interval
        if isinstance(dim, Name):
            return interval
        if isinstance(dim, Unary) and high is not None:
            return self._invert(dim.operand, (-high, -low))
        if isinstance(dim, Binary):
            right, left = self._constant(dim.right), self._constant(dim.left)
            if right is not None:
                return self._undo_right(dim, right, interval)
            if left is not None:
                return self._undo_left(dim, left, interval)
        return 1, None

    def _constant(self, dim: Expr) -> int | None:
        if any(name in self._free for name in names(dim)):
            return None
        value = self._value(dim)
        return value if isinstance(value, int) else None

    def _undo_right(self, dim: Binary, by: int, interval: Interval) -> Interval:
        low, high = interval
        if dim.operator == "+":
            undone: Interval = (low - by, None if high is None else high - by)
        elif dim.operator == "-":
            undone = (low + by, None if high is None else high + by)
        elif dim.operator == "*" and by > 0:
            undone = (-(-low // by), None if high is None else high // by)
        elif dim.operator == "//" and by > 0:
            undone = (low * by, None if high is None else high * by + by - 1)
        else:
            return 1, None
        return self._invert(dim.left, undone)

    def _undo_left(self, dim: Binary, by: int, interval: Interval) -> Interval:
        low, high = interval
        if dim.operator == "+":
            undone: Interval = (low - by, None if high is None else high - by)
        elif dim.operator == "*" and by > 0:
            undone = (-(-low // by), None if high is None else high // by)
        elif dim.operator == "-" and high is not None:
            undone = (by - high, by - low)
        else:
            return 1, None
        return self._invert(dim.right, undone)


def _words(
    dim: Expr, size: Size, free: Mapping[str, SizeCell]
) -> Callable[[], str] | None:
    if isinstance(dim, Number):
        return None
    bound = ", ".join(f"{name}={cell.value}" for name, cell in free.items())
    told = f" with {bound}" if bound else ""
    return lambda: f"{dim} = {size}{told}"
