"""For which values of one symbol a size is 0, or at least something: solved exactly.

With the period L of its floors, a size is a polynomial in t on each class of values
``r + L*t`` (see ``cases``), so each class is solved on its own.
"""

from functools import lru_cache
from itertools import pairwise
from math import comb
from typing import TypeAlias

from graphc.lang.dims.cases import degree, periods
from graphc.lang.dims.poly import Monomial, Poly, evaluate
from graphc.lang.dims.values import Values, from_classes

_Terms: TypeAlias = frozenset[tuple[Monomial, int]]

_CASES_TRIED = 5_000
_KEPT = 4_096  # the same sizes are met in every instance and every attempt
_ROOTS_TRIED = 10_000
_FURTHEST = 1 << 62


def zeros(poly: Poly, name: str, low: int) -> Values | None:
    """Return the values from ``low`` on at which the polynomial is 0.

    ``name`` is its only symbol. None where that is too long to find or to list.
    """
    return _zeros(frozenset(poly.items()), name, low)


@lru_cache(maxsize=_KEPT)
def _zeros(terms: _Terms, name: str, low: int) -> Values | None:
    classes = _classes(dict(terms), name, low)
    if classes is None:
        return None
    period, samples = classes
    found: list[tuple[int, int | None]] = []
    for start, values in samples:
        if not any(values):
            found.append((start, None))
            continue
        roots = _roots(values)
        if roots is None:
            return None
        found += [(start + period * root, start + period * root) for root in roots]
    return from_classes(period, found)


def not_below(poly: Poly, minimum: int, name: str, low: int) -> Values | None:
    """Return the values from ``low`` on at which the polynomial is ``minimum`` or more.

    None where it neither grows nor falls for good in a class, or for too many cases.
    """
    return _not_below(frozenset(poly.items()), minimum, name, low)


@lru_cache(maxsize=_KEPT)
def _not_below(terms: _Terms, minimum: int, name: str, low: int) -> Values | None:
    classes = _classes(dict(terms), name, low)
    if classes is None:
        return None
    period, samples = classes
    found: list[tuple[int, int | None]] = []
    for start, values in samples:
        newton = _differences([value - minimum for value in values])
        span = _span(newton)
        if span is None:
            return None
        first, last = span
        if last is not None and first > last:
            continue
        end = None if last is None else start + period * last
        found.append((start + period * first, end))
    return from_classes(period, found)


def _classes(
    poly: Poly, name: str, low: int
) -> tuple[int, list[tuple[int, list[int]]]] | None:
    """Return the period, and for each class its start and values that determine it."""
    period, powers = periods(poly).get(name, 1), degree(poly, name)
    if period * (powers + 1) > _CASES_TRIED:
        return None
    samples = []
    for start in range(low, low + period):
        taken = range(start, start + period * (powers + 1), period)
        samples.append((start, [evaluate(poly, {name: at}) for at in taken]))
    return period, samples


def _span(newton: list[int]) -> tuple[int, int | None] | None:
    """Return the first and the last t at which a polynomial is not negative.

    The last is -1 for none and None for no end. None where it grows and falls.
    """
    steps = newton[1:]
    if all(step >= 0 for step in steps):
        if newton[0] >= 0:
            return 0, None
        return (0, -1) if not any(steps) else (_turn(newton, growing=True), None)
    if all(step <= 0 for step in steps):
        return (0, -1) if newton[0] < 0 else (0, _turn(newton, growing=False) - 1)
    return None


def _turn(newton: list[int], *, growing: bool) -> int:
    """Return the first t from which on the sign is the other one."""

    def turned(at: int) -> bool:
        return (_newton_value(newton, at) >= 0) is growing

    high = 1
    while not turned(high) and high < _FURTHEST:
        high *= 2
    low = high // 2
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if turned(middle) else (middle + 1, high)
    return low


def _roots(values: list[int]) -> list[int] | None:
    """Return all integers t >= 0 at which a polynomial is 0, given at t = 0, 1, ... d.

    In Newton's form, the sum of ``c[i] * comb(t, i)``. With d its degree and m the
    largest of the other ``abs(c[i])``, it has no root beyond ``2*d`` for which ``t - d
    + 1 > d*d*m/abs(c[d])``, since ``comb(t, i) <= comb(t, d - 1)`` there for i < d.
    None if that is too far to search.
    """
    newton = _differences(values)
    while not newton[-1]:
        newton.pop()
    last = len(newton) - 1
    if last == 0:
        return []
    if last == 1:
        root, rest = divmod(-newton[0], newton[1])
        return [root] if rest == 0 and root >= 0 else []
    largest = max(abs(value) for value in newton[:-1])
    limit = 2 * last + last * last * largest // abs(newton[-1]) + 1
    if limit > _ROOTS_TRIED:
        return None
    return [at for at in range(limit) if not _newton_value(newton, at)]


def _differences(values: list[int]) -> list[int]:
    """Return the first of the values, of their differences, of those', and so on."""
    firsts: list[int] = []
    while values:
        firsts.append(values[0])
        values = [after - before for before, after in pairwise(values)]
    return firsts


def _newton_value(newton: list[int], at: int) -> int:
    return sum(value * comb(at, index) for index, value in enumerate(newton))
