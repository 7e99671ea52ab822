"""The YAML tree of a spec, each node with the place where it was written."""

from dataclasses import field
from typing import TypeAlias

from graphc.record import record
from graphc.source import Fragment, Span

Value: TypeAlias = bool | int | float | str | None


@record
class Scalar:
    """A text or number.

    ``text`` is the scalar after YAML's unquoting and folding, ``fragment`` the same
    with the place of every character, ``span`` what was written with quotes. ``plain``
    tells that it stands without quotes and is no block text; only then ``value`` may be
    anything but ``text``. ``faulty`` marks a stand-in for something that could not be
    read and has been reported: say no more about it.
    """

    text: str
    fragment: Fragment
    span: Span
    plain: bool
    value: Value
    faulty: bool = False


@record
class Entry:
    """A key and its value; an entry that came by a merge keeps its own places."""

    key: Scalar
    value: "Node"

    @property
    def name(self) -> str:
        """The key as written: ``no`` is "no" and ``010`` is "010"."""
        return self.key.text


@record
class Mapping:
    """Entries in the order of the text; no name comes twice, merges are carried out.

    ``faulty`` tells that a merge could not be, which has been reported: nothing can be
    said of keys that are missing.
    """

    entries: tuple[Entry, ...]
    span: Span
    faulty: bool = False
    _index: dict[str, Entry] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        index = {entry.key.text: entry for entry in self.entries}
        object.__setattr__(self, "_index", index)

    def get(self, name: str) -> "Node | None":
        """Return the value of the key ``name``, or None where there is no such key."""
        entry = self._index.get(name)
        return entry.value if entry else None

    def entry(self, name: str) -> Entry | None:
        """Return the entry whose key is ``name``, if there is one."""
        return self._index.get(name)


@record
class Sequence:
    """A list of nodes."""

    items: tuple["Node", ...]
    span: Span


Node: TypeAlias = Scalar | Mapping | Sequence
