"""A size that is not known as a number, but exactly."""

from collections.abc import Mapping
from typing import TypeAlias

from graphc.lang.dims.poly import (
    Monomial,
    Poly,
    add,
    evaluate,
    floor_divide,
    multiply,
    substitute,
    symbols_of,
)
from graphc.lang.dims.text import write


class Dim:
    """An integer-valued expression over symbols, each standing for an integer.

    Operators take ints and Dims (``//`` and ``%`` an int other than 0) and give an int
    where the result is constant, so one formula serves both. ``==`` is equality of
    normal forms: True proves equality, False does not refute it (see ``compare``).
    ``str`` is the shortest reading, valid in Python and in specs.
    """

    __slots__ = ("_hash", "terms")

    def __init__(self, terms: Poly) -> None:
        """Take a polynomial in normal form that is not constant."""
        self.terms = terms
        self._hash: int | None = None

    def __add__(self, other: "Size") -> "Size":
        if isinstance(other, int):
            return size_of(add(self.terms, {(): other})) if other else self
        if isinstance(other, Dim):
            return size_of(add(self.terms, other.terms))
        return NotImplemented

    __radd__ = __add__

    def __sub__(self, other: "Size") -> "Size":
        if isinstance(other, int):
            return self + -other
        if isinstance(other, Dim):
            return size_of(add(self.terms, other.terms, -1))
        return NotImplemented

    def __rsub__(self, other: int) -> "Size":
        return -self + other if isinstance(other, int) else NotImplemented

    def __neg__(self) -> "Dim":
        return Dim({monomial: -value for monomial, value in self.terms.items()})

    def __mul__(self, other: "Size") -> "Size":
        if isinstance(other, int):
            if other == 0:
                return 0
            return Dim({mono: value * other for mono, value in self.terms.items()})
        if isinstance(other, Dim):
            return size_of(multiply(self.terms, other.terms))
        return NotImplemented

    __rmul__ = __mul__

    def __floordiv__(self, divisor: int) -> "Size":
        if not isinstance(divisor, int):
            return NotImplemented
        if divisor == 0:
            message = "a size is divided by 0"
            raise ZeroDivisionError(message)
        if divisor < 0:
            return -self // -divisor
        return size_of(floor_divide(self.terms, divisor))

    def __mod__(self, divisor: int) -> "Size":
        if not isinstance(divisor, int):
            return NotImplemented
        return self - self // divisor * divisor

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Dim) and self.terms == other.terms

    def __hash__(self) -> int:
        if self._hash is None:
            self._hash = hash(frozenset(self.terms.items()))
        return self._hash

    def __str__(self) -> str:
        return write(self.terms)

    def __repr__(self) -> str:
        return f"Dim({self})"

    def symbols(self) -> frozenset[str]:
        """Return the names of the symbols in it."""
        return symbols_of(self.terms)

    def subs(self, values: Mapping[str, "Size"]) -> "Size":
        """Return it with symbols replaced by sizes; symbols without a value stay."""
        known = {name: size for name, size in values.items() if isinstance(size, int)}
        if known.keys() >= self.symbols():
            return evaluate(self.terms, known)
        polys = {name: terms_of(size) for name, size in values.items()}
        return size_of(substitute(self.terms, polys))


Size: TypeAlias = int | Dim


def symbol(name: str) -> Dim:
    """Return the size that is called ``name`` and may be any positive integer."""
    return Dim({(name,): 1})


def size_of(terms: Poly) -> Size:
    """Return a polynomial in normal form as a size: an int where it is constant."""
    if not terms:
        return 0
    constant: Monomial = ()
    if len(terms) == 1 and constant in terms:
        return terms[constant]
    return Dim(terms)


def terms_of(size: Size) -> Poly:
    """Return a size as a polynomial."""
    if isinstance(size, Dim):
        return size.terms
    return {(): size} if size else {}
