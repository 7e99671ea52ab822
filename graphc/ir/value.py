"""Values that arguments take once their expressions are evaluated."""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from graphc.lang import Dim, Size
from graphc.record import record

Value: TypeAlias = "bool | int | float | str | Dim | tuple[Value, ...] | None"


@record
class Arguments:
    """The evaluated arguments of one term: every declared name has a value.

    An argument that was not written has its default, or None where sizes decide it.
    """

    values: tuple[tuple[str, Value], ...]

    def __getitem__(self, name: str) -> Value:
        for key, value in self.values:
            if key == name:
                return value
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return (key for key, _ in self.values)

    def mapping(self) -> Mapping[str, Value]:
        """Return the arguments by name."""
        return dict(self.values)

    def integer(self, name: str) -> Size:
        """Return an argument that is a size; raises TypeError if it is none."""
        value = self[name]
        if isinstance(value, int | Dim) and not isinstance(value, bool):
            return value
        raise TypeError(f"{name} is {value!r}, not an integer")

    def flag(self, name: str) -> bool:
        """Return an argument that is true or false."""
        return self[name] is True

    def integers(self, name: str) -> tuple[Size, ...]:
        """Return the integers of a list, a lone one as a list; empty for none."""
        value = self[name]
        items = value if isinstance(value, tuple) else (value,)
        return tuple(item for item in items if isinstance(item, int | Dim))

    def per_axis(self, name: str, axes: int) -> tuple[Size, ...] | None:
        """Return one integer for each spatial axis; None for a list of other length.

        A single integer stands for all axes.
        """
        value = self[name]
        values = value if isinstance(value, tuple) else (value,) * axes
        if len(values) != axes:
            return None
        sizes = tuple(item for item in values if isinstance(item, int | Dim))
        return sizes if len(sizes) == axes else None
