"""Polynomials as people write them."""

from collections.abc import Iterator
from enum import IntEnum
from functools import lru_cache

from graphc.lang.dims.factor import Product, products
from graphc.lang.dims.poly import (
    Atom,
    Floor,
    Monomial,
    Poly,
    add,
    atom_key,
    atom_symbols,
    lone_floor,
    over,
)
from graphc.record import record


class Binding(IntEnum):
    """How tightly a text holds together."""

    SUM = 0
    PRODUCT = 1
    ATOM = 2


@record
class Piece:
    """A text, and how tightly it holds together; a leading minus makes it a sum."""

    text: str
    binding: Binding


def write(poly: Poly) -> str:
    """Return the shortest reading that is known, valid in Python and in specs.

    The highest degree comes first, then the alphabet, then constants; a positive term
    leads where there is one. ``*`` stands without blanks, ``+`` and ``-`` with them.
    """
    return _piece(poly).text


def _piece(poly: Poly) -> Piece:
    return min(_readings(poly), key=_length)


def _length(piece: Piece) -> tuple[int, int]:
    """Return the rank of a reading; of two equally long ones a product reads better."""
    return len(piece.text), -piece.binding


def _readings(poly: Poly) -> Iterator[Piece]:
    yield _sum(poly)
    if len(poly) == 1 and all(value > 0 for value in poly.values()):
        return
    yield from _fractions(poly)
    for product in products(poly):
        yield _product(product)


def _fractions(poly: Poly) -> Iterator[Piece]:
    """Yield the polynomial over the divisor of its longest floor, if that is alone.

    What was cut out of the fraction goes back, the constant or not: ``x + x//2 + 1``
    is ``(3*x + 2)//2`` or ``3*x//2 + 1``.
    """
    floors = [floor for floor in map(lone_floor, poly) if floor]
    longest = max(floors, key=lambda floor: (len(floor.key), floor.key), default=None)
    if longest is None or abs(poly[(longest,)]) != 1:
        return
    yield _floor(over(poly, longest))
    constant = poly.get((), 0)
    if constant:
        without = add(poly, {(): -constant})
        yield _plus(_floor(over(without, longest)), constant)


def _plus(piece: Piece, constant: int) -> Piece:
    sign = "-" if constant < 0 else "+"
    return Piece(f"{piece.text} {sign} {abs(constant)}", Binding.SUM)


def _order(monomial: Monomial) -> tuple[bool, int, list[tuple[list[str], bool, str]]]:
    """Return the rank of a term: constants last, a symbol before its fractions."""
    atoms = [
        (sorted(atom_symbols(atom)), isinstance(atom, Floor), atom_key(atom))
        for atom in monomial
    ]
    return not monomial, -len(monomial), atoms


def _sum(poly: Poly) -> Piece:
    if not poly:
        return Piece("0", Binding.ATOM)
    order = sorted(poly, key=_order)
    first = next((monomial for monomial in order if poly[monomial] > 0), order[0])
    order.remove(first)
    piece = _term(first, poly[first])
    if not order:
        return piece
    text = piece.text
    for monomial in order:
        sign = "-" if poly[monomial] < 0 else "+"
        text += f" {sign} {_term(monomial, abs(poly[monomial])).text}"
    return Piece(text, Binding.SUM)


def _term(monomial: Monomial, coefficient: int) -> Piece:
    atoms = sorted(monomial, key=lambda atom: isinstance(atom, Floor))
    return _times(coefficient, [_atom(atom) for atom in atoms])


def _times(factor: int, pieces: list[Piece]) -> Piece:
    """Return ``factor * pieces`` without a needless 1."""
    if factor == 1 and len(pieces) == 1:
        return pieces[0]
    texts = [_held(piece) for piece in pieces]
    if abs(factor) != 1 or not pieces:
        texts.insert(0, str(abs(factor)))
    if factor < 0:
        return Piece("-" + "*".join(texts), Binding.SUM)
    return Piece("*".join(texts), Binding.PRODUCT if len(texts) > 1 else Binding.ATOM)


def _held(piece: Piece) -> str:
    return piece.text if piece.binding is Binding.ATOM else f"({piece.text})"


def _atom(atom: Atom) -> Piece:
    return Piece(atom, Binding.ATOM) if isinstance(atom, str) else _floor(atom)


@lru_cache(maxsize=4096)
def _floor(floor: Floor) -> Piece:
    over = _piece(floor.poly)
    text = f"({over.text})" if over.binding is Binding.SUM else over.text
    return Piece(f"{text}//{floor.divisor}", Binding.PRODUCT)


def _product(product: Product) -> Piece:
    pieces = [_atom(atom) for atom in product.atoms]
    pieces += [_piece(part) for part in product.parts]
    piece = _times(product.factor, pieces)
    return _plus(piece, product.rest) if product.rest else piece
