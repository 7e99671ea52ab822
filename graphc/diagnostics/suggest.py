"""Did you mean: the known name that somebody most likely wanted to write."""

import re
from collections.abc import Iterable
from itertools import count

from graphc.record import record

_LONGEST = 80
"""Names with more characters are compared for equality alone."""

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[^\W\d_]+")
_RANK = re.compile(r"[123][dD]$")


def nearest(name: str, choices: Iterable[str]) -> str | None:
    """Return the choice most like ``name``, or None if none is like it.

    In this order: the same but for case and separators (``batch_norm``, ``BatchNorm``);
    the same words in another order; the same but for a rank (``Conv2d``, ``Conv``);
    few slips of the hand, by Damerau and Levenshtein's distance, at most one in three
    characters; the initials (``LN``, ``LayerNorm``), both ways; all words of one in the
    other (``kernel_size``, ``kernel``). Ties go to the choice with the same first
    letter, then to the earlier one.
    """
    wanted = _read(name)
    order = count()
    ranked = [
        (likeness, next(order), choice)
        for choice in choices
        if (likeness := _likeness(wanted, _read(choice))) is not None
    ]
    return min(ranked)[2] if ranked else None


@record
class _Name:
    """A name, folded, and its words; no words are told of a very long one."""

    folded: str
    unranked: str
    words: tuple[str, ...]
    unranked_words: tuple[str, ...]


def _read(name: str) -> _Name:
    folded = _folded(name)
    if len(name) > _LONGEST:
        return _Name(folded, folded, (), ())
    unranked = _RANK.sub("", name)
    return _Name(folded, _folded(unranked), _words(name), _words(unranked))


def _likeness(name: _Name, choice: _Name) -> tuple[int, int, bool] | None:
    """Return a key that is smaller the more alike two names are; None if unlike."""
    if not name.folded or not choice.folded:
        return None
    if name.folded == choice.folded:
        return (0, 0, False)
    if not name.words or not choice.words:
        return None
    strange = name.folded[0] != choice.folded[0]
    if sorted(name.words) == sorted(choice.words):
        return (1, 0, strange)
    if name.unranked == choice.unranked:
        return (2, 0, strange)
    limit = _allowed(name.folded, choice.folded)
    slips = distance(name.folded, choice.folded, limit)
    return _by_words(name, choice) if slips is None else (3, slips, strange)


def _by_words(name: _Name, choice: _Name) -> tuple[int, int, bool] | None:
    """Return a key for initials (4) and for words that are all in the other (5)."""
    words, others = name.unranked_words, choice.unranked_words
    if name.folded == _initials(others) or choice.folded == _initials(words):
        return (4, 0, False)
    shorter, longer = sorted((set(words), set(others)), key=len)
    if shorter <= longer and max(map(len, shorter), default=0) > 3:
        return (5, len(longer) - len(shorter), False)
    return None


def _allowed(name: str, choice: str) -> int:
    """Return how many slips still count as alike.

    Of two names with three characters at most, only such are alike that begin alike,
    and names of two characters never are: ``bn`` for ``in`` would be a guess.
    """
    longer = max(len(name), len(choice))
    if longer < 3 or (longer == 3 and name[0] != choice[0]):
        return 0
    return min(longer // 3, 4)


def distance(a: str, b: str, limit: int) -> int | None:
    """Return how many slips turn ``a`` into ``b``; None if more than ``limit``.

    A slip is a character added, left out or replaced, or two neighbours exchanged
    (optimal string alignment: no stretch is changed twice).
    """
    if abs(len(a) - len(b)) > limit:
        return None
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i in range(1, len(a) + 1):
        before, row = row, _next_row(a, b, i, (before, row))
        if min(row) > limit and min(before) > limit:
            return None
    return row[-1] if row[-1] <= limit else None


def _next_row(a: str, b: str, i: int, rows: tuple[list[int], list[int]]) -> list[int]:
    """Return row ``i`` of the table of distances from the two rows above it."""
    before, above = rows
    row = [i]
    for j in range(1, len(b) + 1):
        changed = above[j - 1] + (a[i - 1] != b[j - 1])
        best = min(above[j] + 1, row[j - 1] + 1, changed)
        if before and j > 1 and a[i - 2 : i] == b[j - 1] + b[j - 2]:
            best = min(best, before[j - 2] + 1)
        row.append(best)
    return row


def _folded(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).casefold()


def _words(name: str) -> tuple[str, ...]:
    return tuple(word.casefold() for word in _WORD.findall(name))


def _initials(words: tuple[str, ...]) -> str:
    return "".join(word[0] for word in words) if len(words) > 1 else ""
