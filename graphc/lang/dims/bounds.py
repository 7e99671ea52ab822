"""The values that a size can take, as an interval."""

from collections.abc import Mapping
from math import inf, lcm
from typing import NamedTuple

from graphc.lang.dims.dim import Size, terms_of
from graphc.lang.dims.poly import (
    Atom,
    Poly,
    add,
    lone_floor,
    substitute,
    symbols_of,
)
from graphc.record import record


class Bounds(NamedTuple):
    """The least and the greatest value, both included; None where there is no limit.

    The interval holds every value; it may be wider than need be.
    """

    low: int | None
    high: int | None


@record
class _Interval:
    low: int | float
    high: int | float


_NOTHING: Mapping[str, int] = {}


def bounds(size: Size, lower: Mapping[str, int] = _NOTHING) -> Bounds:
    """Return bounds of a size whose symbols are at least ``lower``, or 1.

    Two estimates, the better of which counts: interval arithmetic on the terms, and
    the same after ``floor(p / n)`` gave way to its limits ``(p - n + 1)/n`` and
    ``p/n``, so that ``H - H//2`` is seen to grow.
    """
    terms = terms_of(size)
    shifts: dict[str, Poly] = {}
    for name in symbols_of(terms):
        least = lower.get(name, 1)
        shifts[name] = {(name,): 1, (): least} if least else {(name,): 1}
    shifted = substitute(terms, shifts)
    plain = _interval(shifted)
    low, high = plain.low, plain.high
    relaxed = _interval(_relaxed(shifted, upwards=False))
    scale = _scale(shifted)
    low = max(low, _ceil_div(relaxed.low, scale))
    relaxed = _interval(_relaxed(shifted, upwards=True))
    high = min(high, _floor_div(relaxed.high, scale))
    return Bounds(_finite(low), _finite(high))


def _finite(value: float) -> int | None:
    return value if isinstance(value, int) else None


def _interval(poly: Poly) -> _Interval:
    """Return the interval of a polynomial whose symbols are 0 or more."""
    low: int | float = 0
    high: int | float = 0
    for monomial, coefficient in poly.items():
        term = _Interval(coefficient, coefficient)
        for atom in monomial:
            term = _times(term, _atom_interval(atom))
        low = _plus(low, term.low)
        high = _plus(high, term.high)
    return _Interval(low, high)


def _atom_interval(atom: Atom) -> _Interval:
    if isinstance(atom, str):
        return _Interval(0, inf)
    inner = _interval(atom.poly)
    return _Interval(
        _floor_div(inner.low, atom.divisor), _floor_div(inner.high, atom.divisor)
    )


def _times(one: _Interval, other: _Interval) -> _Interval:
    corners = [
        _product(left, right)
        for left in (one.low, one.high)
        for right in (other.low, other.high)
    ]
    return _Interval(min(corners), max(corners))


def _plus(one: float, other: float) -> int | float:
    """Return the sum; only one of the signs of infinity occurs in it.

    An int beyond the floats' range cannot be added to infinity.
    """
    if isinstance(one, int) and isinstance(other, int):
        return one + other
    return other if isinstance(one, int) else one


def _product(one: float, other: float) -> int | float:
    """Return the product; 0 times infinity is 0, as 0 times any value is."""
    if isinstance(one, int) and isinstance(other, int):
        return one * other
    if not one or not other:
        return 0
    return inf if (one > 0) is (other > 0) else -inf


def _floor_div(value: float, divisor: int) -> int | float:
    return value // divisor if isinstance(value, int) else value


def _ceil_div(value: float, divisor: int) -> int | float:
    return -(-value // divisor) if isinstance(value, int) else value


def _scale(poly: Poly) -> int:
    return lcm(*(floor.divisor for floor in map(lone_floor, poly) if floor))


def _relaxed(poly: Poly, *, upwards: bool) -> Poly:
    """Return ``_scale(poly)`` times the polynomial, without floors of degree 1."""
    scale = _scale(poly)
    total: Poly = {}
    for monomial, coefficient in poly.items():
        floor = lone_floor(monomial)
        if floor is None:
            total = add(total, {monomial: coefficient * scale})
            continue
        times = coefficient * (scale // floor.divisor)
        total = add(total, floor.poly, times)
        if (coefficient > 0) is not upwards:
            total = add(total, {(): 1 - floor.divisor}, times)
    return total
