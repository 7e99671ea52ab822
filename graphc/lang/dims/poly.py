"""Polynomials with integer coefficients over symbols and floors, in a normal form.

A polynomial maps monomials to coefficients other than 0; a monomial is a sorted tuple
of atoms, repeated for powers, and ``()`` for the constant. An atom is the name of a
symbol or the floor of a polynomial divided by an int of 2 or more.

Inside ``floor(p / n)`` every coefficient is smaller than n, the constant is from 0 to
n - 1, the leading coefficient is positive, and nothing divides n and all coefficients.
Equal normal forms mean equal values; the converse does not hold (``x // 2 + (x + 1) //
2`` is ``x``), and is decided by ``compare``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import gcd
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Floor:
    """The floor of ``poly / divisor``; ``key`` spells it and stands for it."""

    key: str
    poly: "Poly" = field(compare=False, repr=False)
    divisor: int = field(compare=False, repr=False)


Atom: TypeAlias = str | Floor
Monomial: TypeAlias = tuple[Atom, ...]
Poly: TypeAlias = Mapping[Monomial, int]


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
    is instead of becoming ``(H + 2*W)//3 - W``.
    """
    whole: dict[Monomial, int] = {}
    rest: dict[Monomial, int] = {}
    for monomial, coefficient in poly.items():
        if monomial and coefficient < 0:
            times = -(-coefficient // divisor)
        else:
            times = coefficient // divisor
        if times:
            whole[monomial] = times
        if coefficient != times * divisor:
            rest[monomial] = coefficient - times * divisor
    return whole, rest


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
    """Return the polynomial as one fraction, where it has exactly one floor.

    ``a + floor(p / n)`` is ``floor((p + n*a) / n)``. The numerator is not reduced.
    """
    found: Floor | None = None
    rest: dict[Monomial, int] = {}
    sign = 0
    for monomial, coefficient in poly.items():
        if all(isinstance(atom, str) for atom in monomial):
            rest[monomial] = coefficient
            continue
        atom = monomial[0]
        lone = len(monomial) == 1 and abs(coefficient) == 1
        if found is not None or not lone or isinstance(atom, str):
            return None
        found, sign = atom, coefficient
    if found is None:
        return None
    inner = found.poly if sign > 0 else _mirrored(found.poly, found.divisor)
    return _floor(add(inner, rest, found.divisor), found.divisor)


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
