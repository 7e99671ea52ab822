"""Polynomials with integer coefficients over symbols and floors, in a normal form.

A polynomial maps monomials to coefficients other than 0; a monomial is a sorted tuple
of atoms, repeated for powers, and ``()`` for the constant. An atom is the name of a
symbol or the floor of a polynomial divided by an int of 2 or more.

Inside ``floor(p / n)`` every coefficient is smaller than n, the constant is from 0 to
n - 1, the leading coefficient is positive, and nothing divides n and all coefficients.
Very long polynomials keep larger coefficients.
Equal normal forms mean equal values; the converse does not hold (``x // 2 + (x + 1) //
2`` is ``x``), and is decided by ``compare``.
"""

from collections.abc import Mapping
from dataclasses import field
from math import gcd
from typing import TypeAlias

from graphc.record import record


@record
class Floor:
    """The floor of ``poly / divisor``; ``key`` spells it and stands for it."""

    key: str
    poly: "Poly" = field(compare=False, repr=False)
    divisor: int = field(compare=False, repr=False)


Atom: TypeAlias = str | Floor
Monomial: TypeAlias = tuple[Atom, ...]
Poly: TypeAlias = Mapping[Monomial, int]

_LONG = 400


def atom_key(atom: Atom) -> str:
    """Return the text by which atoms are told apart and put in order."""
    return atom if isinstance(atom, str) else atom.key


def monomial_order(monomial: Monomial) -> tuple[int, list[str]]:
    """Return the rank of a monomial: the highest degree first, then the alphabet."""
    return -len(monomial), [atom_key(atom) for atom in monomial]


def add(left: Poly, right: Poly, times: int = 1) -> Poly:
    """Return ``left + times*right``."""
    total = dict(left)
    for monomial, coefficient in right.items():
        value = total.get(monomial, 0) + times * coefficient
        if value:
            total[monomial] = value
        else:
            total.pop(monomial, None)
    return total


def multiply(left: Poly, right: Poly) -> Poly:
    """Return ``left*right``."""
    total: dict[Monomial, int] = {}
    for one, factor in left.items():
        for other, coefficient in right.items():
            product = _joined(one, other)
            total[product] = total.get(product, 0) + factor * coefficient
    return {monomial: value for monomial, value in total.items() if value}


def _joined(one: Monomial, other: Monomial) -> Monomial:
    if not one or not other:
        return one or other
    return tuple(sorted(one + other, key=atom_key))


def floor_divide(poly: Poly, divisor: int) -> Poly:
    """Return the floor of ``poly / divisor``, for a divisor of 1 or more."""
    whole, rest = _reduced(poly, divisor)
    constant = rest.pop((), 0)
    if not rest:
        return whole
    common = gcd(divisor, *rest.values())
    inner = {monomial: value // common for monomial, value in rest.items()}
    divisor //= common
    if constant >= common:
        inner[()] = constant // common
    nested = as_floor(inner)
    if nested is not None:
        return add(whole, floor_divide(nested.poly, nested.divisor * divisor))
    if inner[min(inner, key=monomial_order)] > 0:
        return add(whole, {(_floor(inner, divisor),): 1})
    return add(whole, {(_floor(_mirrored(inner, divisor), divisor),): 1}, -1)


def _reduced(poly: Poly, divisor: int) -> tuple[Poly, dict[Monomial, int]]:
    """Return the whole multiples of the divisor, and what stays in the fraction.

    Coefficients are cut towards 0, so that no sign changes: ``(H - W)//3`` stays as it
    is instead of becoming ``(H + 2*W)//3 - W``. In long polynomials only coefficients
    without remainder are cut.
    """
    whole: dict[Monomial, int] = {}
    rest: dict[Monomial, int] = {}
    long = _is_long(poly)
    for monomial, coefficient in poly.items():
        if monomial and long and coefficient % divisor:
            times = 0
        elif monomial and coefficient < 0:
            times = -(-coefficient // divisor)
        else:
            times = coefficient // divisor
        if times:
            whole[monomial] = times
        if coefficient != times * divisor:
            rest[monomial] = coefficient - times * divisor
    return whole, rest


def _is_long(poly: Poly) -> bool:
    """Whether cutting coefficients has to stop.

    ``3*x//2`` becomes ``x + x//2``, which has x twice: a chain of such steps would
    double the size with each.
    """
    keys = (atom.key for key in poly for atom in key if isinstance(atom, Floor))
    return sum(map(len, keys)) > _LONG


def _mirrored(poly: Poly, divisor: int) -> Poly:
    """Return q such that ``floor(poly / divisor) == -floor(q / divisor)``."""
    return add({(): divisor - 1} if divisor > 1 else {}, poly, -1)


def _floor(poly: Poly, divisor: int) -> Floor:
    parts = [
        "*".join([str(poly[monomial]), *map(atom_key, monomial)])
        for monomial in sorted(poly, key=monomial_order)
    ]
    return Floor(f"({'+'.join(parts)})//{divisor}", poly, divisor)


def as_floor(poly: Poly) -> Floor | None:
    """Return the polynomial as one fraction, where it has exactly one floor, alone."""
    floors = [
        monomial
        for monomial in poly
        if any(isinstance(atom, Floor) for atom in monomial)
    ]
    if len(floors) != 1:
        return None
    floor = lone_floor(floors[0])
    return over(poly, floor) if floor and abs(poly[floors[0]]) == 1 else None


def lone_floor(monomial: Monomial) -> Floor | None:
    """Return the floor that is all of a monomial."""
    if len(monomial) != 1 or isinstance(monomial[0], str):
        return None
    return monomial[0]


def over(poly: Poly, floor: Floor) -> Floor:
    """Return the polynomial as one fraction, over the divisor of a floor in it.

    ``a + floor(p / n)`` is ``floor((p + n*a) / n)``. The floor stands alone, once or
    with a minus. The numerator is not reduced.
    """
    sign = poly[(floor,)]
    inner = floor.poly if sign > 0 else _mirrored(floor.poly, floor.divisor)
    rest = {monomial: value for monomial, value in poly.items() if monomial != (floor,)}
    return _floor(add(inner, rest, floor.divisor), floor.divisor)


def evaluate(poly: Poly, values: Mapping[str, int]) -> int:
    """Return the value at a point that names every symbol."""
    total = 0
    for monomial, coefficient in poly.items():
        term = coefficient
        for atom in monomial:
            if isinstance(atom, str):
                term *= values[atom]
            else:
                term *= evaluate(atom.poly, values) // atom.divisor
        total += term
    return total


def substitute(poly: Poly, values: Mapping[str, Poly]) -> Poly:
    """Return the polynomial with symbols replaced; others stay."""
    total: Poly = {}
    for monomial, coefficient in poly.items():
        term: Poly = {(): coefficient}
        for atom in monomial:
            if isinstance(atom, str):
                term = multiply(term, values.get(atom, {(atom,): 1}))
            else:
                inner = substitute(atom.poly, values)
                term = multiply(term, floor_divide(inner, atom.divisor))
        total = add(total, term)
    return total


def symbols_of(poly: Poly) -> frozenset[str]:
    """Return the names of the symbols, those inside floors included."""
    return frozenset(
        name for monomial in poly for atom in monomial for name in atom_symbols(atom)
    )


def atom_symbols(atom: Atom) -> frozenset[str]:
    """Return the names of an atom's symbols."""
    return frozenset((atom,)) if isinstance(atom, str) else symbols_of(atom.poly)
