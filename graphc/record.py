"""`record`: a frozen dataclass at a fourth of the price.

``dataclass(frozen=True, slots=True)`` compiles six methods for each class, which takes
a millisecond. A command needs some 150 such classes, and would wait longer for them
than for the check of a spec. Here one method is compiled, the constructor, and the
others are shared. The constructor is three times as fast as that of a frozen dataclass
too, as it sets attributes the plain way: that nobody else sets them is proved by the
type checker, and not watched over while the program runs.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from operator import attrgetter
from reprlib import recursive_repr
from typing import TYPE_CHECKING, TypeVar, cast, dataclass_transform, overload

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

__all__ = ["record"]

_Class = TypeVar("_Class", bound=type)


@overload
def record(cls: _Class, /) -> _Class: ...


@overload
def record(*, eq: bool = ..., slots: bool = ...) -> Callable[[_Class], _Class]: ...


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(
    cls: _Class | None = None, /, *, eq: bool = True, slots: bool = True
) -> _Class | Callable[[_Class], _Class]:
    """Make a class a record: a dataclass whose attributes are set once.

    Two records are equal if they are of one class and their fields are equal, but for
    those with ``compare=False``; with ``eq=False``, if they are one object.
    ``slots=False`` is for a class with a ``cached_property``. What ``dataclasses`` and
    ``match`` do with dataclasses, they do with records.
    """

    def made(given: _Class) -> _Class:
        done = cast("_Class", dataclass(eq=False, repr=False, slots=slots)(given))
        methods = {"__repr__": _told, **(_comparing(done) if eq else {})}
        for name, method in methods.items():
            # As of a dataclass, what the class has itself stays.
            if vars(done).get(name) is None:
                setattr(done, name, method)
        return done

    return made if cls is None else made(cls)


def _comparing(cls: "type[DataclassInstance]") -> dict[str, Callable[..., object]]:
    """Return ``__eq__`` and ``__hash__`` over the fields that are compared."""
    names = [one.name for one in fields(cls) if one.compare]
    values: Callable[[object], object] = attrgetter(*names) if names else type

    def equal(self: object, other: object) -> object:
        if self is other:
            return True
        if other.__class__ is not self.__class__:
            return NotImplemented
        return values(self) == values(other)

    def digest(self: object) -> int:
        return hash(values(self))

    return {"__eq__": equal, "__hash__": digest}


@recursive_repr()
def _told(self: "DataclassInstance") -> str:
    shown = [
        f"{one.name}={getattr(self, one.name)!r}" for one in fields(self) if one.repr
    ]
    return f"{type(self).__qualname__}({', '.join(shown)})"
