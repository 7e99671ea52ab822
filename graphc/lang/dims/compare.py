"""Whether two sizes are the same for every value of their symbols."""

from collections.abc import Iterator, Mapping
from itertools import islice
from random import Random
from typing import TypeAlias

from graphc.lang.dims.cases import case_counts, case_total, offsets
from graphc.lang.dims.condition import Condition, equality
from graphc.lang.dims.dim import Dim, Size, terms_of
from graphc.lang.dims.poly import Poly, add, evaluate
from graphc.record import record

_CASES_TRIED = 50_000
_SMALL_TRIED = 5_000
_RANDOM_TRIED = 2_000
_NOTHING: Mapping[str, int] = {}


@record
class Equal:
    """Proved: the sizes are the same for every value."""


@record
class Differs:
    """Proved: the sizes are not always the same.

    At ``counterexample``, the values with the smallest sum that tell them apart, they
    are ``left`` and ``right``. ``where`` tells when they are equal, None where that is
    not known, as with several symbols at once.
    """

    counterexample: dict[str, int]
    left: int
    right: int
    where: Condition | None = None

    @property
    def condition(self) -> str | None:
        """When they are equal, to continue "they are equal".

        ``only for odd H``, ``only where H % 16 == 0``, ``only where 299 <= H <= 330``,
        ``never``; or None where no short answer is known.
        """
        return None if self.where is None else self.where.text()


@record
class Unproved:
    """No value was found for which they differ, and no proof that there is none."""

    reason: str


Verdict: TypeAlias = Equal | Differs | Unproved


def compare(left: Size, right: Size, lower: Mapping[str, int] = _NOTHING) -> Verdict:
    """Return whether two sizes agree for all symbols of at least ``lower``, or 1.

    The difference is tried at as many points as decide it (see ``cases``), smallest
    first. Only where they are more than 50,000 is the answer left to a search.
    """
    difference = add(terms_of(left), terms_of(right), -1)
    if not difference:
        return Equal()
    names = sorted(symbols_in(left) | symbols_in(right))
    least = {name: lower.get(name, 1) for name in names}
    counts = case_counts(difference)
    total = case_total(counts)
    if total > _CASES_TRIED:
        return _searched(left, right, difference, least)
    found = _first_difference(difference, least, offsets(tuple(counts.values())))
    if found is None:
        return Equal()
    condition = equality(left, right, least)
    return _differs(left, right, found, condition)


def symbols_in(size: Size) -> frozenset[str]:
    """Return the names of a size's symbols; an int has none."""
    return size.symbols() if isinstance(size, Dim) else frozenset()


def _differs(
    left: Size, right: Size, at: dict[str, int], condition: Condition | None
) -> Differs:
    one, other = (evaluate(terms_of(size), at) for size in (left, right))
    return Differs(at, one, other, condition)


def _first_difference(
    difference: Poly, least: dict[str, int], tried: Iterator[tuple[int, ...]]
) -> dict[str, int] | None:
    """Return the first point, of those tried, at which the difference is not 0."""
    names = sorted(case_counts(difference))
    point = dict(least)
    for offset in tried:
        for name, step in zip(names, offset, strict=True):
            point[name] = least[name] + step
        if evaluate(difference, point):
            return point
    return None


def _searched(
    left: Size, right: Size, difference: Poly, least: dict[str, int]
) -> Differs | Unproved:
    counts = case_counts(difference)
    sizes = tuple(counts.values())
    small = islice(offsets(sizes), _SMALL_TRIED)
    found = _first_difference(difference, least, small)
    if found is None:
        found = _first_difference(difference, least, _at_random(sizes))
    if found is not None:
        return _differs(left, right, found, None)
    total = case_total(counts)
    return Unproved(f"{total:,} cases would have to be tried, {_CASES_TRIED:,} are")


def _at_random(counts: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Yield points of the box, the same ones each time."""
    random = Random(0)
    for _ in range(_RANDOM_TRIED):
        yield tuple(random.randrange(count) for count in counts)
