"""For which values of its one symbol a difference is 0, in words."""

from itertools import pairwise
from math import comb

from graphc.lang.dims.cases import degree, periods
from graphc.lang.dims.factor import without
from graphc.lang.dims.poly import Poly, evaluate, symbols_of

_CASES_TRIED = 20_000
_ROOTS_TRIED = 10_000
_LISTED = 8


def equality_condition(difference: Poly, least: dict[str, int]) -> str | None:
    """Return when the difference is 0, to continue "the sizes are equal".

    ``least`` are the lower bounds of the symbols. None where the answer depends on
    several symbols, or is too long to be of use.
    """
    reduced = _without_positive_factors(difference, least)
    names = symbols_of(reduced)
    if not names:
        return "never"
    if len(names) > 1:
        return None
    (name,) = names
    period, powers = periods(reduced)[name], degree(reduced, name)
    if period * (powers + 1) > _CASES_TRIED:
        return None
    residues: set[int] = set()
    points: list[int] = []
    for start in range(least[name], least[name] + period):
        taken = range(start, start + period * (powers + 1), period)
        values = [evaluate(reduced, {name: at}) for at in taken]
        if not any(values):
            residues.add(start % period)
            continue
        roots = _roots(values)
        if roots is None:
            return None
        points += [start + period * root for root in roots]
    return _told(name, period, residues, sorted(points))


def _without_positive_factors(poly: Poly, least: dict[str, int]) -> Poly:
    """Return the polynomial without factors that are symbols and never 0."""
    for name in sorted(symbols_of(poly)):
        while least[name] > 0 and all(name in monomial for monomial in poly):
            poly = {without(key, (name,)): value for key, value in poly.items()}
    return poly


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


def _told(name: str, period: int, residues: set[int], points: list[int]) -> str | None:
    """Return the residues and the further points in words, if they are few."""
    if not residues and not points:
        return "never"
    values = _values(name, points)
    if not residues:
        return f"only where {values}" if values else None
    told = _residues(name, period, residues)
    if told is None or not points:
        return told
    return f"{told}, and where {values}" if values else None


def _values(name: str, points: list[int]) -> str | None:
    """Return the comparison that holds for these values, if it is short."""
    if len(points) == 1:
        return f"{name} == {points[0]}"
    if len(points) > 2 and points[-1] - points[0] == len(points) - 1:
        return f"{points[0]} <= {name} <= {points[-1]}"
    if len(points) > _LISTED:
        return None
    return f"{name} in {{{', '.join(map(str, points))}}}"


def _residues(name: str, period: int, residues: set[int]) -> str | None:
    """Return which residues, modulo the smallest number that tells them apart."""
    modulus = next(
        divisor
        for divisor in range(1, period + 1)
        if period % divisor == 0
        and residues == {at for at in range(period) if at % divisor in residues}
    )
    among = sorted(at for at in residues if at < modulus)
    if modulus == 2:
        return f"only for {'odd' if among == [1] else 'even'} {name}"
    told = _among(among, modulus)
    return f"only where {name} % {modulus} {told}" if told else None


def _among(among: list[int], modulus: int) -> str | None:
    """Return the shortest comparison that holds for these of 0 to modulus - 1."""
    if len(among) == 1:
        return f"== {among[0]}"
    if len(among) == modulus - 1:
        (missing,) = set(range(modulus)).difference(among)
        return f"!= {missing}"
    if among[-1] == len(among) - 1:
        return f"< {len(among)}"
    if among[0] == modulus - len(among):
        return f">= {among[0]}"
    return f"in {{{', '.join(map(str, among))}}}" if len(among) <= _LISTED else None
