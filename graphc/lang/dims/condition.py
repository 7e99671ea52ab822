"""Conditions on symbols: boxes of values, any one of which is enough."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from typing import TypeAlias

from graphc.lang.dims.dim import Size, size_of, terms_of
from graphc.lang.dims.factor import products, without
from graphc.lang.dims.poly import Atom, Poly, add, monomial_order, multiply, symbols_of
from graphc.lang.dims.solutions import not_below, zeros
from graphc.lang.dims.threshold import solve_at_least
from graphc.lang.dims.values import (
    ALL,
    MOST_POINTS,
    Values,
    constraints,
    finite,
    phrase,
)
from graphc.record import record

Box: TypeAlias = Mapping[str, Values]
"""For each symbol in it, the values that it may have; any value for another symbol."""

_MOST_BOXES = 256
_LARGEST_PRODUCT = 10**9
_NOTHING: Mapping[str, int] = {}


@record
class Condition:
    """What symbols must be: the values of one of the boxes."""

    boxes: tuple[Box, ...]

    @property
    def never(self) -> bool:
        """Whether no value meets it."""
        return not self.boxes

    @property
    def always(self) -> bool:
        """Whether nothing is asked for."""
        return any(not box for box in self.boxes)

    @property
    def finite(self) -> bool:
        """Whether some symbol has only so many values."""
        return all(any(v.finite for v in box.values()) for box in self.boxes)

    def both(self, other: "Condition") -> "Condition | None":
        """Return what meets both; None if that cannot be written down."""
        found: list[Box] = []
        for one in self.boxes:
            for two in other.boxes:
                joined = _intersection(one, two)
                if joined is None:
                    return None
                if all(not values.empty for values in joined.values()):
                    found.append(joined)
        return None if len(found) > _MOST_BOXES else Condition(_distinct(found))

    def opposite(self) -> "Condition | None":
        """Return where it does not hold; None unless it is on one symbol at most."""
        if self.never:
            return ALWAYS
        if self.always:
            return NEVER
        if len(self.boxes) > 1 or len(self.boxes[0]) > 1:
            return None
        ((name, values),) = self.boxes[0].items()
        others = values.others()
        if others is None:
            return None
        return NEVER if others.empty else Condition(({name: others},))

    def holds(self, box: Box) -> bool:
        """Return whether all of a box meets it, as far as one box shows it."""
        return any(
            all(box.get(name, ALL).within(values) for name, values in mine.items())
            for mine in self.boxes
        )

    def within(self, other: "Condition") -> bool:
        """Return whether all that meets it meets the other, as far as boxes show it."""
        return all(map(other.holds, self.boxes))

    def met(self, point: Mapping[str, int]) -> bool:
        """Return whether these values of the symbols meet it."""
        return any(
            all(point[name] in values for name, values in box.items())
            for box in self.boxes
        )

    def example(self) -> dict[str, int]:
        """Return small values that meet it; nothing where all do."""
        first = self.boxes[0] if self.boxes else {}
        return {name: values.least() for name, values in first.items()}

    def text(self, least: Mapping[str, int] = _NOTHING) -> str | None:
        """Return it so that it continues "it holds": ``only for odd H``, ``never``.

        ``least`` are known lower bounds. None where it takes too many words.
        """
        if self.never:
            return "never"
        told = [_box_text(box, least) for box in self.boxes]
        if len(told) > 4 or any(text is None for text in told):
            return None
        return "only " + ", or ".join(str(text) for text in told)

    def clauses(self, least: Mapping[str, int] = _NOTHING) -> tuple[str, ...] | None:
        """Return it as comparisons that all must hold, None if it has no such form."""
        if len(self.boxes) != 1:
            return None
        said: list[str] = []
        for name, values in sorted(self.boxes[0].items()):
            told = constraints(name, values, least.get(name, 1))
            if told is None:
                return None
            said += told
        return tuple(said)


ALWAYS = Condition(({},))
NEVER = Condition(())


def equality(
    left: Size, right: Size, least: Mapping[str, int] = _NOTHING
) -> Condition | None:
    """Return where two sizes are equal, for symbols of ``least``, or 1, or more.

    Solved are differences in one symbol, and products of sizes in one symbol each
    beside a number: the features of a flattened picture. None for others.
    """
    difference = add(terms_of(left), terms_of(right), -1)
    reduced = _without_positive_factors(difference, least)
    found = symbols_of(reduced)
    if not found:
        return NEVER if reduced else ALWAYS
    if len(found) == 1:
        return _in_one(reduced, next(iter(found)), least)
    if reduced[min(reduced, key=monomial_order)] < 0:
        reduced = {monomial: -value for monomial, value in reduced.items()}
    for product in products(reduced):
        if product.rest % product.factor == 0:
            groups = _groups([*_atoms(product.atoms), *product.parts])
            if groups is not None:
                return _product(groups, -product.rest // product.factor, least)
    return None


def at_least(
    size: Size, minimum: int, least: Mapping[str, int] = _NOTHING
) -> Condition | None:
    """Return where a size is ``minimum`` or more.

    Solved are sizes in one symbol that grow, or fall, for good. None for others.
    """
    terms = terms_of(size)
    found = symbols_of(terms)
    if not found:
        return ALWAYS if terms.get((), 0) >= minimum else NEVER
    if len(found) > 1:
        return None
    (name,) = found
    low = least.get(name, 1)
    values = not_below(terms, minimum, name, low)
    if values is None:  # too many cases, but one threshold may part them
        first = solve_at_least(size, minimum, name, low)
        values = None if first is None else Values(first)
    return None if values is None else _of(name, values, least)


def _of(name: str, values: Values, least: Mapping[str, int]) -> Condition:
    if values.empty:
        return NEVER
    low = least.get(name, 1)
    if Values(low).within(values):
        return ALWAYS
    regular = Values(low, values.period, values.residues)
    if not values.finite and regular.within(values):
        # What lies below the bound never occurs: the residues may count from 1 on.
        values = replace(values, low=min(1, low))
    return Condition(({name: values},))


def _in_one(poly: Poly, name: str, least: Mapping[str, int]) -> Condition | None:
    low = least.get(name, 1)
    values = zeros(poly, name, low)
    if values is None:  # too many cases: a size that grows is 0 between two thresholds
        first = solve_at_least(size_of(poly), 0, name, low)
        beyond = solve_at_least(size_of(poly), 1, name, low)
        if first is not None and beyond is not None and beyond - first <= MOST_POINTS:
            values = finite(range(first, beyond))
    return None if values is None else _of(name, values, least)


def _without_positive_factors(poly: Poly, least: Mapping[str, int]) -> Poly:
    """Return the polynomial without factors that are symbols and never 0."""
    for name in sorted(symbols_of(poly)):
        positive = least.get(name, 1) > 0
        while positive and all(name in monomial for monomial in poly):
            poly = {without(key, (name,)): value for key, value in poly.items()}
    return poly


def _atoms(atoms: Sequence[Atom]) -> Iterator[Poly]:
    for atom in atoms:
        yield {(atom,): 1}


def _groups(parts: list[Poly]) -> dict[str, Poly] | None:
    """Return the product of the parts in each symbol; None if one has several."""
    found: dict[str, list[Poly]] = {}
    for part in parts:
        names = symbols_of(part)
        if len(names) != 1:
            return None
        found.setdefault(next(iter(names)), []).append(part)
    return {name: reduce(multiply, polys) for name, polys in found.items()}


def _product(
    groups: dict[str, Poly], result: int, least: Mapping[str, int]
) -> Condition | None:
    """Return where a product of sizes in one symbol each is ``result``."""
    if abs(result) > _LARGEST_PRODUCT:
        return None
    names = sorted(groups)
    boxes: list[Box] = []
    for factors in _factorings(result, len(names)):
        condition: Condition | None = ALWAYS
        for name, factor in zip(names, factors, strict=True):
            shifted = {**groups[name], (): groups[name].get((), 0) - factor}
            shifted = {key: value for key, value in shifted.items() if value}
            solved = _in_one(shifted, name, least) if shifted else ALWAYS
            condition = condition.both(solved) if condition and solved else None
            if condition is None:
                return None
        boxes += condition.boxes if condition else ()
        if len(boxes) > _MOST_BOXES:
            return None
    return Condition(_distinct(boxes))


def _factorings(number: int, count: int) -> Iterator[tuple[int, ...]]:
    if number == 0:
        return  # left to a search: one factor is 0 and the others are anything
    if count == 1:
        yield (number,)
        return
    size = abs(number)
    small = [at for at in range(1, int(size**0.5) + 1) if size % at == 0]
    for divisor in sorted({*small, *(size // at for at in small)}):
        for first in (divisor, -divisor):
            for rest in _factorings(number // first, count - 1):
                yield (first, *rest)


def _intersection(one: Box, two: Box) -> Box | None:
    joined: dict[str, Values] = dict(one)
    for name, values in two.items():
        both = values.intersect(joined[name]) if name in joined else values
        if both is None:
            return None
        joined[name] = both
    return joined


def _distinct(boxes: list[Box]) -> tuple[Box, ...]:
    found: list[Box] = []
    for box in boxes:
        covered = any(Condition((other,)).holds(box) for other in found)
        if not covered:
            found = [other for other in found if not Condition((box,)).holds(other)]
            found.append(box)
    return tuple(found)


def _box_text(box: Box, least: Mapping[str, int]) -> str | None:
    told = [
        phrase(name, values, least.get(name, 1)) for name, values in sorted(box.items())
    ]
    words = [text for text in told if text is not None]
    if not words or len(words) < len(told):
        return None
    first, *rest = words
    return " and ".join([first, *(word.removeprefix("where ") for word in rest)])
