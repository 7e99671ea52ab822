"""From which value of a symbol on a size is large enough."""

from itertools import pairwise

from graphc.lang.dims.cases import case_counts, degree
from graphc.lang.dims.dim import Dim, Size
from graphc.lang.dims.poly import Floor, Poly, evaluate

_CASES_TRIED = 20_000
_FURTHEST = 1 << 62


def solve_at_least(size: Size, minimum: int, symbol: str, lower: int = 1) -> int | None:
    """Return the least value of the symbol, from ``lower``, that gives the minimum.

    All greater values give it too: the size must have no other symbol and never fall
    as the symbol grows. None where it does, or where no value reaches the minimum.
    """
    if isinstance(size, int):
        return lower if size >= minimum else None
    if size.symbols() != {symbol} or not _never_falls(size, symbol, lower):
        return None
    high = max(lower, 1)
    while _value(size, symbol, high) < minimum:
        high *= 2
        if high > _FURTHEST:
            return None
    low = lower
    while low < high:
        middle = (low + high) // 2
        if _value(size, symbol, middle) < minimum:
            low = middle + 1
        else:
            high = middle
    return low


def _value(size: Dim, symbol: str, at: int) -> int:
    return evaluate(size.terms, {symbol: at})


def _never_falls(size: Dim, symbol: str, lower: int) -> bool:
    if lower >= 0 and _grows(size.terms):
        return True
    count = case_counts(size.terms)[symbol]
    if degree(size.terms, symbol) > 1 or count > _CASES_TRIED:
        return False
    # the steps repeat with half the count as period, each class of them linear
    period = count // 2
    values = [_value(size, symbol, lower + at) for at in range(count + 1)]
    steps = [after - before for before, after in pairwise(values)]
    return all(
        0 <= step <= steps[at + period] for at, step in enumerate(steps[:period])
    )


def _grows(poly: Poly) -> bool:
    """Whether no term falls, and no floor is negative, for symbols of 0 or more.

    The constant inside a floor is never negative in the normal form.
    """
    return all(
        coefficient > 0
        and all(not isinstance(atom, Floor) or _grows(atom.poly) for atom in monomial)
        for monomial, coefficient in poly.items()
        if monomial
    )
