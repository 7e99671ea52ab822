"""The entries of a spec beside its graph: what comments say, and what is known."""

from collections.abc import Iterable, Sequence

from graphc.ingest.figure import Figure
from graphc.reading import Entry, Mapping
from graphc.reading import Sequence as YamlSequence

_OF_A_MODULE = frozenset(("params", "about"))
"""The keys that a module of a spec has too."""


def states(main: Figure, name: str) -> bool:
    """Whether a comment gives the model a parameter of a name."""
    told = [one.value for one in main.extra if one.name == "params"]
    return any(isinstance(one, Mapping) and one.entry(name) for one in told)


def of_model(
    main: Figure, modules: Sequence[Figure], known: Iterable[Entry]
) -> tuple[Entry, ...]:
    """Return the entries of a network that all its figures and its document give.

    What a comment says comes before what is known. Conditions and parameters add up.
    Modules keep only what a module of a spec has.
    """
    said = [*main.extra]
    for one in modules:
        said += [entry for entry in one.extra if entry.name not in _OF_A_MODULE]
        one.extra = [entry for entry in one.extra if entry.name in _OF_A_MODULE]
    found: dict[str, Entry] = {}
    for entry in (*said, *known):
        first = found.setdefault(entry.name, entry)
        if first is not entry:
            found[entry.name] = _both(first, entry)
    return tuple(found.values())


def _both(first: Entry, other: Entry) -> Entry:
    one, two = first.value, other.value
    if isinstance(one, Mapping) and isinstance(two, Mapping):
        added = [entry for entry in two.entries if one.entry(entry.name) is None]
        return Entry(first.key, Mapping((*one.entries, *added), one.span))
    if isinstance(one, YamlSequence) and isinstance(two, YamlSequence):
        return Entry(first.key, YamlSequence((*one.items, *two.items), one.span))
    return first
