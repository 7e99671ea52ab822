"""Renamed keys as few entries of a ``checkpoint`` map, with numbers left open."""

import re
from collections.abc import Iterator, Mapping, Sequence

from graphc.diagnostics import Code, Sink
from graphc.ir import CheckpointMap, Renaming
from graphc.lang import KeyText, parse_key
from graphc.record import record
from graphc.source import Fragment, Source, Span

_LETTERS = "ijklmnpqrstuvw"
_FACTORS = (1, 2, 3, 4)


@record
class Entry:
    """How keys of the model begin, and how they begin in the checkpoint."""

    own: str
    given: str


def fold(renamed: Mapping[str, str]) -> tuple[Entry, ...]:
    """Return entries by which each key of the model becomes that of the checkpoint.

    Keys that stay are among ``renamed`` too: no entry may catch them. A pattern that
    would is written out.
    """
    plain = list(_shortest(renamed, ()))
    groups: dict[tuple[str, str], list[Entry]] = {}
    for entry in plain:
        ends = re.sub(r"\d+", "#", entry.own), re.sub(r"\d+", "#", entry.given)
        groups.setdefault(ends, []).append(entry)
    folded = [list(_folded(group)) for group in groups.values()]
    for number, group in enumerate(groups.values()):
        whole = [entry for each in folded for entry in each]
        if len(folded[number]) < len(group) and not holds(whole, renamed, group):
            folded[number] = group
    return tuple(entry for each in folded for entry in each)


def map_of(entries: Sequence[Entry]) -> CheckpointMap | None:
    """Return entries as a map; None if one cannot be written as a key."""
    renamings = []
    for entry in entries:
        own, given = _key(entry.own), _key(entry.given)
        if own is None or given is None:
            return None
        renamings.append(Renaming(own, given))
    return CheckpointMap(tuple(renamings))


def holds(
    entries: Sequence[Entry], renamed: Mapping[str, str], group: Sequence[Entry]
) -> bool:
    """Whether the entries rename all keys that the skeleton of a group can match."""
    known = map_of(entries)
    skeleton = re.compile(
        re.sub(r"\d+", r"\\d+", re.escape(group[0].own)) + r"(?![^.])"
    )
    return known is not None and all(
        known.given(key) == given
        for key, given in renamed.items()
        if skeleton.match(key)
    )


def can_be_written(key: str) -> bool:
    """Whether a key can stand in a map as it is."""
    return not set("{}") & set(key) and _key(key) is not None


def _key(text: str) -> KeyText | None:
    source = Source("", text)
    return parse_key(Fragment(text, Span(source, 0, len(text))), Sink(), Code.GC131)


def _shortest(renamed: Mapping[str, str], before: tuple[str, ...]) -> Iterator[Entry]:
    """Yield the shortest beginnings that change, those of all keys below ``before``."""
    below: dict[str, dict[str, str]] = {}
    for key, given in renamed.items():
        below.setdefault(key.split(".")[len(before)], {})[key] = given
    for part, keys in below.items():
        path = (*before, part)
        own = ".".join(path)
        starts = {_start(own, key, given) for key, given in keys.items()}
        start = starts.pop()
        if starts or start is None:
            yield from _shortest(keys, path)
        elif start != own:
            yield Entry(own, start)


def _start(own: str, key: str, given: str) -> str | None:
    """Return what becomes of the beginning of a key, if the rest of it stays."""
    rest = key.removeprefix(own)
    if not given.endswith(rest) or given == rest:
        return None
    return given.removesuffix(rest)


def _folded(group: Sequence[Entry]) -> Iterator[Entry]:
    """Yield a group as one entry, or as one for each value of its first number."""
    whole = _pattern(group)
    if whole is not None:
        yield whole
        return
    places = len(_numbers(group[0].own))
    for place in range(places):
        parts: dict[str, list[Entry]] = {}
        for entry in group:
            parts.setdefault(_numbers(entry.own)[place], []).append(entry)
        found = [_pattern(part) for part in parts.values()]
        if 1 < len(parts) < len(group) and None not in found:
            yield from (entry for entry in found if entry is not None)
            return
    yield from group


def _pattern(group: Sequence[Entry]) -> Entry | None:
    """Return the one entry that says what all in a group say; None if there is none."""
    if len(group) == 1:
        return group[0]
    own = [[int(n) for n in _numbers(entry.own)] for entry in group]
    given = [[int(n) for n in _numbers(entry.given)] for entry in group]
    open_places = [p for p in range(len(own[0])) if len({row[p] for row in own}) > 1]
    names = {p: _LETTERS[n] for n, p in enumerate(open_places) if n < len(_LETTERS)}
    if len(names) < len(open_places):
        return None
    holes = []
    for place in range(len(given[0])):
        hole = _hole([row[place] for row in given], own, names)
        if hole is None:
            return None
        holes.append(hole)
    left = [
        f"{{{names[p]}}}" if p in names else n
        for p, n in enumerate(_numbers(group[0].own))
    ]
    return Entry(_put(group[0].own, left), _put(group[0].given, holes))


def _hole(
    given: Sequence[int], own: Sequence[Sequence[int]], names: Mapping[int, str]
) -> str | None:
    """Return a number of the checkpoint as it follows from one of the model's."""
    if len(set(given)) == 1:
        return str(given[0])
    for factor in _FACTORS:
        for place, name in names.items():
            offsets = {
                g - factor * row[place] for g, row in zip(given, own, strict=True)
            }
            if len(offsets) == 1:
                return _linear(factor, name, offsets.pop())
    return None


def _linear(factor: int, name: str, offset: int) -> str:
    product = name if factor == 1 else f"{factor}*{name}"
    return f"{{{product}{offset:+d}}}" if offset else f"{{{product}}}"


def _numbers(path: str) -> list[str]:
    return re.findall(r"\d+", path)


def _put(path: str, numbers: Sequence[str]) -> str:
    """Return a path with other numbers in it."""
    parts = re.split(r"\d+", path)
    return parts[0] + "".join(n + p for n, p in zip(numbers, parts[1:], strict=True))
