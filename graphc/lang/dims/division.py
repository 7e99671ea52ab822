"""Exact division of sizes: a product with one unknown, solved."""

from collections import Counter

from graphc.lang.dims.compare import Equal, compare
from graphc.lang.dims.dim import Dim, Size, size_of, terms_of
from graphc.lang.dims.poly import Monomial, Poly, add, atom_key, multiply


def divide(total: Size, by: Size) -> Size | None:
    """Return the size that times ``by`` gives ``total`` for every value, or None.

    By an int, this is decided (as far as ``compare`` decides): ``H*H + H`` by 2 is
    ``(H*H + H)//2``. By a symbolic size, a floor counts as a symbol of its own:
    ``C*(H//2)`` by ``H//2`` is ``C``; None also where a quotient exists but is no
    polynomial in the floors at hand. None where ``by`` is 0.
    """
    if by == 0:
        return None
    if isinstance(total, int) and isinstance(by, int):
        return total // by if total % by == 0 else None
    quotient = _polynomial_quotient(total, by)
    if quotient is None and isinstance(by, int):
        floored = total // by
        exact = isinstance(compare(floored * by, total), Equal)
        return floored if exact else None
    return quotient


def _polynomial_quotient(total: Size, by: Size) -> Size | None:
    """Return the quotient as a polynomial, floors counted as symbols, or None."""
    quotient: Poly = {}
    rest, divisor = terms_of(total), terms_of(by)
    order = _Order(total, by)
    lead = max(divisor, key=order)
    while rest:
        top = max(rest, key=order)
        monomial = _quotient(top, lead)
        if monomial is None or rest[top] % divisor[lead]:
            return None
        step = {monomial: rest[top] // divisor[lead]}
        quotient = add(quotient, step)
        rest = add(rest, multiply(step, divisor), -1)
    return size_of(quotient)


class _Order:
    """The lexicographic order of exponents, which multiplication respects."""

    def __init__(self, *sizes: Size) -> None:
        polys = [size.terms for size in sizes if isinstance(size, Dim)]
        atoms = {atom for poly in polys for monomial in poly for atom in monomial}
        self._atoms = sorted(atoms, key=atom_key)

    def __call__(self, monomial: Monomial) -> list[int]:
        return [monomial.count(atom) for atom in self._atoms]


def _quotient(monomial: Monomial, by: Monomial) -> Monomial | None:
    left, taken = Counter(monomial), Counter(by)
    if not taken <= left:
        return None
    return tuple(sorted((left - taken).elements(), key=atom_key))
