"""The values that free dims of the model's input may have, and what holds for them all.

A size of a network with such dims is an expression. Whether two of them agree is proved
for every value of the domain, or the condition under which they do is solved for.
"""

from collections.abc import Iterator, Mapping
from dataclasses import field
from functools import cached_property
from itertools import islice, product
from typing import TypeAlias

from graphc.lang import (
    ALL,
    ALWAYS,
    Box,
    Condition,
    Differs,
    Dim,
    Equal,
    Size,
    Unproved,
    Values,
    at_least,
    compare,
    symbol,
    symbols_in,
)
from graphc.record import record

_MOST_CASES = 1024
"""How many ways to put the values of a domain for the symbols are tried."""


@record
class Holds:
    """For every value of the domain."""


@record
class Depends:
    """For infinitely many values of the domain, those of the condition, not for all."""

    condition: Condition


@record
class Fails:
    """Not for the values of the domain, or for a few only; ``words`` tell when."""

    words: str


@record
class Doubtful:
    """Neither proved nor refuted, for the reason given."""

    reason: str


Verdict: TypeAlias = Holds | Depends | Fails | Doubtful

_HOLDS = Holds()


@record(eq=False, slots=False)
class Domain:
    """What the symbols are known to be: a condition, and a least value for each.

    With ``few``, what holds for a few values only depends on them; without, it fails.
    """

    condition: Condition = ALWAYS
    least: Mapping[str, int] = field(default_factory=dict)
    few: bool = False
    _verdicts: dict[tuple[Size, Size], Verdict] = field(default_factory=dict)

    def above(self, least: Mapping[str, int]) -> "Domain":
        """Return the part of the domain in which symbols reach these values too."""
        names = self.least.keys() | least.keys()
        higher = {n: max(self.least.get(n, 1), least.get(n, 1)) for n in names}
        return Domain(self.condition, higher, self.few)

    def agree(self, left: Size, right: Size) -> Verdict:
        """Return whether two sizes are equal."""
        if left == right:
            return _HOLDS
        if isinstance(left, int) and isinstance(right, int):
            return Fails("")
        key = left, right
        if key not in self._verdicts:
            self._verdicts[key] = self._agree(left, right)
        return self._verdicts[key]

    def at_least(self, size: Size, minimum: int) -> Condition | None:
        """Return where in the domain a size is ``minimum`` or more.

        None if that is not solved.
        """
        found = at_least(size, minimum, self.least)
        if found is None or self.implies(found):
            return None if found is None else ALWAYS
        return found

    def implies(self, condition: Condition) -> bool:
        """Return whether every value of the domain meets a condition."""
        return Condition(self.boxes).within(condition)

    @cached_property
    def boxes(self) -> tuple[Box, ...]:
        """The boxes of the condition, each with the least values."""
        floor = {name: Values(low) for name, low in self.least.items() if low > 1}
        joined = self.condition.both(Condition((floor,)))
        return self.condition.boxes if joined is None else joined.boxes

    def _agree(self, left: Size, right: Size) -> Verdict:
        verdict = compare(left, right, self.least)
        if isinstance(verdict, Equal):
            return _HOLDS
        cases: list[Differs | None] = [verdict] if isinstance(verdict, Differs) else []
        if not self.condition.always:
            cases = list(islice(self._cases(left, right), _MOST_CASES + 1))
            if len(cases) <= _MOST_CASES and all(case is None for case in cases):
                return _HOLDS
        if isinstance(verdict, Unproved):
            return Doubtful(verdict.reason)
        return self._unlike(verdict, next(filter(None, cases), verdict))

    def _unlike(self, verdict: Differs, here: Differs) -> Verdict:
        where = verdict.where
        inside = None if where is None else where.both(self.condition)
        if where is None or inside is None:
            return Fails(_told(here, None))
        if where.never or (where.finite and not self.few):
            return Fails(_told(here, inside.text(self.least)))
        return Depends(where)

    def _cases(self, left: Size, right: Size) -> Iterator[Differs | None]:
        """Yield a difference, or None for none, for each part of the domain.

        Nothing that is not decided counts as none.
        """
        names = sorted(symbols_in(left) | symbols_in(right))
        for box in self.boxes:
            parts = [list(_parts(name, box.get(name, ALL))) for name in names]
            for chosen in product(*parts):
                pairs = list(zip(names, chosen, strict=True))
                values = {name: size for name, (size, _) in pairs}
                lower = {name: first for name, (_, first) in pairs}
                found = compare(_put(left, values), _put(right, values), lower)
                if isinstance(found, Equal):
                    yield None
                elif isinstance(found, Unproved):
                    yield Differs({}, 0, 0)
                else:
                    yield _at(found, values)


def _told(verdict: Differs, condition: str | None) -> str:
    told = f"they are the same {condition}" if condition not in {None, "never"} else ""
    point = ", ".join(
        f"{name}={value}" for name, value in verdict.counterexample.items()
    )
    example = f"at {point} they are {verdict.left} and {verdict.right}" if point else ""
    return "; ".join(filter(None, (told, example)))


def _put(size: Size, values: Mapping[str, Size]) -> Size:
    return size.subs(values) if isinstance(size, Dim) else size


def _parts(name: str, values: Values) -> Iterator[tuple[Size, int]]:
    """Yield what may stand for a symbol, and from which value of it on.

    ``H % 16 == 0`` is ``16*H`` with another H; a few values stand for themselves.
    """
    if values.finite and len(values.points) > _MOST_CASES:
        yield symbol(name), min(values.points)
        return
    for point in sorted(values.points):
        yield point, 1
    period = values.period
    for residue in sorted(values.residues):
        first = -(-(values.low - residue) // period)
        yield symbol(name) * period + residue, first


def _at(verdict: Differs, values: Mapping[str, Size]) -> Differs:
    """Return a difference with the counterexample in the symbols before."""
    point = {
        name: size
        for name, value in values.items()
        if isinstance(size := _put(value, verdict.counterexample), int)
    }
    return Differs(point, verdict.left, verdict.right, verdict.where)
