"""How a size with floors repeats: enough points to tell it from any other.

For symbols ``s = L*t + r``, with L a multiple of what every floor asks for, each floor
comes out whole, and the size is a polynomial in the t's, one for each choice of the
r's: a quasi-polynomial. One of degree d in t is 0 everywhere if it is 0 at d + 1
values of t; so ``L*(d + 1)`` consecutive values of each symbol decide whether it is 0.
"""

from collections.abc import Iterator
from math import gcd, lcm, prod

from graphc.lang.dims.poly import Floor, Poly


def periods(poly: Poly) -> dict[str, int]:
    """Return, for each symbol, the L with which every floor comes out whole."""
    found: dict[str, int] = {}
    _gather_periods(poly, 1, found)
    return found


def _gather_periods(poly: Poly, needed: int, found: dict[str, int]) -> None:
    """Gather the L's that make all but the constant divisible by ``needed``."""
    for monomial, coefficient in poly.items():
        left = needed // gcd(needed, coefficient)
        for atom in monomial:
            if isinstance(atom, Floor):
                _gather_periods(atom.poly, left * atom.divisor, found)
            else:
                found[atom] = lcm(found.get(atom, 1), left)


def degree(poly: Poly, name: str) -> int:
    """Return the degree in a symbol, floors counted as what they divide."""
    return max((_monomial_degree(key, name) for key in poly), default=0)


def _monomial_degree(monomial: tuple[str | Floor, ...], name: str) -> int:
    return sum(
        degree(atom.poly, name) if isinstance(atom, Floor) else atom == name
        for atom in monomial
    )


def case_counts(poly: Poly) -> dict[str, int]:
    """Return how many consecutive values of each symbol decide, by name, sorted."""
    found = periods(poly)
    return {name: found[name] * (degree(poly, name) + 1) for name in sorted(found)}


def case_total(counts: dict[str, int]) -> int:
    """Return how many points that makes together."""
    return prod(counts.values())


def offsets(counts: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Yield the points of a box, each from 0 to its count - 1, by growing sum."""
    for total in range(sum(counts) - len(counts) + 1):
        yield from _with_sum(counts, total)


def _with_sum(counts: tuple[int, ...], total: int) -> Iterator[tuple[int, ...]]:
    if not counts:
        if total == 0:
            yield ()
        return
    room = sum(counts[1:]) - len(counts[1:])
    for first in range(max(0, total - room), min(counts[0] - 1, total) + 1):
        for rest in _with_sum(counts[1:], total - first):
            yield (first, *rest)
