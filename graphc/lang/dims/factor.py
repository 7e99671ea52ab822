"""Products hidden in expanded polynomials, as far as readers look for them."""

from collections import Counter
from collections.abc import Iterator
from functools import reduce
from math import gcd
from operator import and_

from graphc.lang.dims.poly import (
    Atom,
    Monomial,
    Poly,
    add,
    atom_key,
    atom_symbols,
    monomial_order,
)
from graphc.record import record


@record
class Product:
    """``factor * atoms * parts + rest``."""

    factor: int
    atoms: Monomial
    parts: tuple[Poly, ...]
    rest: int


def products(poly: Poly) -> Iterator[Product]:
    """Yield ways to read a polynomial as a product, plus a constant.

    Factors are an int, atoms, and polynomials that share no symbol with each other:
    the sizes of a picture's axes are multiplied so in a flattening.
    """
    corners = {_corner(poly, group) for group in _groups(poly)}
    constant = poly.get((), 0)
    rests = {constant - corner for corner in corners if corner is not None}
    for rest in sorted({0} | rests):
        product = _product(add(poly, {(): -rest}) if rest else poly, rest)
        if abs(product.factor) > 1 or product.atoms or len(product.parts) > 1:
            yield product


def _product(poly: Poly, rest: int) -> Product:
    factor = gcd(*poly.values())
    if poly[min(poly, key=monomial_order)] < 0:
        factor = -factor
    counts = [Counter(monomial) for monomial in poly]
    shared = reduce(and_, counts)
    atoms = tuple(sorted(shared.elements(), key=atom_key))
    base = {
        without(monomial, atoms): value // factor for monomial, value in poly.items()
    }
    return Product(factor, atoms, tuple(_parts(base)), rest)


def without(monomial: Monomial, atoms: Monomial) -> Monomial:
    """Return a monomial divided by atoms that are in it."""
    left = Counter(monomial)
    left.subtract(atoms)
    return tuple(left.elements())


def _parts(poly: Poly) -> Iterator[Poly]:
    for group in _groups(poly):
        rows = _rows(poly, group)
        first = rows[min(rows, key=monomial_order)]
        content = gcd(*first.values())
        pattern = {monomial: value // content for monomial, value in first.items()}
        ratios = {key: _ratio(row, pattern) for key, row in rows.items()}
        found = {key: ratio for key, ratio in ratios.items() if ratio is not None}
        if len(found) == len(rows) and len(rows) > 1 and pattern.keys() != {()}:
            yield found
            yield from _parts(pattern)
            return
    if poly != {(): 1}:
        yield poly


def _groups(poly: Poly) -> list[frozenset[str]]:
    """Return the symbols, in groups of those that meet in one floor."""
    groups: list[frozenset[str]] = []
    atoms: set[Atom] = {atom for monomial in poly for atom in monomial}
    for atom in sorted(atoms, key=atom_key):
        together = atom_symbols(atom)
        together = together.union(*(group for group in groups if group & together))
        groups = [group for group in groups if not group & together] + [together]
    return sorted(groups, key=sorted) if len(groups) > 1 else []


def _rows(poly: Poly, group: frozenset[str]) -> dict[Monomial, dict[Monomial, int]]:
    """Return the coefficients by the part in the group's symbols, then the other."""
    rows: dict[Monomial, dict[Monomial, int]] = {}
    for monomial, value in poly.items():
        inside = tuple(atom for atom in monomial if atom_symbols(atom) <= group)
        outside = tuple(atom for atom in monomial if not atom_symbols(atom) <= group)
        rows.setdefault(inside, {})[outside] = value
    return rows


def _ratio(row: Poly, pattern: Poly) -> int | None:
    """Return the int by which the pattern has to be multiplied to give the row."""
    if row.keys() != pattern.keys():
        return None
    first = next(iter(pattern))
    ratio = row[first] // pattern[first]
    same = all(row[monomial] == ratio * pattern[monomial] for monomial in row)
    return ratio if same else None


def _corner(poly: Poly, group: frozenset[str]) -> int | None:
    """Return the constant that would make it a product of two polynomials."""
    rows = _rows(poly, group)
    for inside, row in rows.items():
        for outside, value in row.items():
            if inside and outside:
                across = row.get((), 0) * rows.get((), {}).get(outside, 0)
                return across // value if across % value == 0 else None
    return None
