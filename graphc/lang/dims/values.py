"""Sets of the values of one symbol, exact: residues from some value on, and points."""

from collections.abc import Iterable, Iterator
from itertools import chain
from math import lcm

from graphc.record import record

MOST_POINTS = 100_000
_LONGEST_PERIOD = 20_000
_LISTED = 8


@record
class Values:
    """All integers from ``low`` on with these residues modulo ``period``, and points.

    A finite set is points alone. Sets that are equal are not always written alike.
    """

    low: int = 1
    period: int = 1
    residues: frozenset[int] = frozenset({0})
    points: frozenset[int] = frozenset()

    def __contains__(self, value: int) -> bool:
        regular = value >= self.low and value % self.period in self.residues
        return regular or value in self.points

    @property
    def finite(self) -> bool:
        """Whether there are only so many."""
        return not self.residues

    @property
    def empty(self) -> bool:
        """Whether there is none."""
        return not self.residues and not self.points

    def least(self) -> int:
        """Return the smallest value of a set that is not empty."""
        return next(self.ascending())

    def ascending(self) -> Iterator[int]:
        """Yield the values, smallest first; without end if they are infinite."""
        early = sorted(value for value in self.points if self._apart(value))
        at = self.low
        for point in early:
            while self.residues and at < point:
                if at % self.period in self.residues:
                    yield at
                at += 1
            yield point
        while self.residues:
            if at % self.period in self.residues:
                yield at
            at += 1

    def _apart(self, value: int) -> bool:
        return value < self.low or value % self.period not in self.residues

    def intersect(self, other: "Values") -> "Values | None":
        """Return the values in both; None if the period grows out of hand."""
        period = lcm(self.period, other.period)
        if period > _LONGEST_PERIOD and self.residues and other.residues:
            return None
        points = {value for value in self.points if value in other}
        points |= {value for value in other.points if value in self}
        if not self.residues or not other.residues:
            return finite(points)
        residues = frozenset(
            at
            for at in range(period)
            if at % self.period in self.residues and at % other.period in other.residues
        )
        low = max(self.low, other.low)
        if not residues:
            return finite(points)
        return _regular(low, period, residues, points)

    def others(self) -> "Values | None":
        """Return the sizes, from 1 on, that are not in the set; None for too many."""
        if self.finite:
            beyond = max(self.points, default=0) + 1
            early = set(range(1, beyond)) - self.points
            return from_classes(1, [(beyond, None), *((at, at) for at in early)])
        if self.low > MOST_POINTS:
            return None
        rest = frozenset(range(self.period)) - self.residues
        early = {at for at in range(1, self.low) if at not in self}
        if not rest:
            return finite(early)
        start = max(self.low, max(self.points, default=0) + 1)
        early |= {at for at in range(1, start) if at not in self}
        return _regular(start, self.period, rest, early)

    def within(self, other: "Values") -> bool:
        """Return whether every value is in the other set."""
        if not self.residues:
            return all(value in other for value in self.points)
        if not other.residues:
            return False
        period = lcm(self.period, other.period)
        far = max(self.low, other.low, max(other.points, default=0) + 1)
        regular = (n for n in range(far, far + period))
        early = (n for n in range(self.low, far))
        tried = chain(early, regular, self.points)
        return all(n in other for n in tried if n in self)


ALL = Values()
"""Every size: the integers from 1 on."""


def finite(points: Iterable[int]) -> Values:
    """Return a set of these values alone."""
    return Values(1, 1, frozenset(), frozenset(points))


def from_classes(
    period: int, classes: Iterable[tuple[int, int | None]]
) -> Values | None:
    """Return the union of steps ``first, first + period, ...`` up to ``last``.

    ``last`` is the greatest value of a class, None where it goes on for ever. None for
    more values before the regular part than can be listed.
    """
    spans = list(classes)
    firsts = [first for first, last in spans if last is None]
    low = max(firsts, default=1)
    points: set[int] = set()
    for first, last in spans:
        until = low - 1 if last is None else last
        if max(0, until - first) // period + len(points) > MOST_POINTS:
            return None
        points.update(range(first, until + 1, period))
    residues = frozenset(first % period for first in firsts)
    if not residues:
        return finite(points)
    early = Values(low, period, residues)
    return _regular(_lowest(early, points), period, residues, points)


def _regular(
    low: int, period: int, residues: frozenset[int], points: set[int]
) -> Values:
    """Return a set with the smallest period and without points that it holds anyway."""
    modulus = _modulus(period, residues)
    among = frozenset(at for at in residues if at < modulus)
    apart = {at for at in points if at < low or at % modulus not in among}
    return Values(low, modulus, among, frozenset(apart))


def _lowest(values: Values, points: set[int]) -> int:
    """Return from where on every value with one of the residues is in the set."""
    low, at = values.low, values.low - 1
    floor = min(points, default=low)
    while at >= floor:
        if at % values.period in values.residues:
            if at not in points:
                break
            low = at
        at -= 1
    return low


# In words


def constraints(name: str, values: Values, beyond: int = 1) -> tuple[str, ...] | None:
    """Return comparisons that together say which values: ``H % 16 == 0``, ``H >= 5``.

    Every symbol is known to be ``beyond`` or more. None if there is no short way.
    """
    if values.finite:
        told = _finite(name, sorted(values.points))
        return None if told is None else (told,)
    said: list[str] = []
    modulus = _modulus(values.period, values.residues)
    if modulus > 1:
        among = sorted(at for at in values.residues if at < modulus)
        told = _among(among, modulus)
        if told is None:
            return None
        said.append(f"{name} % {modulus} {told}")
    below = range(beyond, values.low)
    if any(at % values.period in values.residues for at in below):
        said.append(f"{name} >= {values.low}")
    if values.points:
        return None
    return tuple(said)


def phrase(name: str, values: Values, beyond: int = 1) -> str | None:
    """Return which values in words, to continue "only": ``for odd H``."""
    regular = (
        values if values.finite else Values(values.low, values.period, values.residues)
    )
    told = constraints(name, regular, beyond)
    if told is None or not told:
        return None
    words = " and ".join(told)
    words = {
        f"{name} % 2 == 0": f"for even {name}",
        f"{name} % 2 == 1": f"for odd {name}",
    }.get(words, f"where {words}")
    if not values.finite and values.points:
        points = _finite(name, sorted(values.points))
        return None if points is None else f"{words}, and where {points}"
    return words


def _finite(name: str, points: list[int]) -> str | None:
    if len(points) == 1:
        return f"{name} == {points[0]}"
    if len(points) > 2:
        step = points[1] - points[0]
        if points == list(range(points[0], points[-1] + 1, step)):
            told = f"{points[0]} <= {name} <= {points[-1]}"
            if step == 1:
                return told
            return f"{told} and {name} % {step} == {points[0] % step}"
    if not points or len(points) > _LISTED:
        return None
    return f"{name} in {{{', '.join(map(str, points))}}}"


def _modulus(period: int, residues: frozenset[int]) -> int:
    """Return the smallest number modulo which the residues are told apart."""
    return next(
        divisor
        for divisor in range(1, period + 1)
        if period % divisor == 0
        and residues == {at for at in range(period) if at % divisor in residues}
    )


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
