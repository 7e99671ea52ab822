"""The YAML tree of a spec, each node with the place where it was written."""

from dataclasses import field
from typing import TypeAlias

from graphc.reading.values import Value, plain_value
from graphc.record import record
from graphc.source import Fragment, Span


@record
class Scalar:
    """A text or number.

    ``text`` is the scalar after YAML's unquoting and folding, ``span`` what was written
    with quotes. ``plain`` tells that it stands without quotes and is no block text.
    ``letters`` has the place of every character where the text does not stand in
    ``span`` letter by letter. ``faulty`` marks a stand-in for something that could not
    be read and has been reported: say no more about it.
    """

    text: str
    span: Span
    plain: bool
    letters: Fragment | None = None
    faulty: bool = False

    @property
    def fragment(self) -> Fragment:
        """The text with the place of every character."""
        return self.letters or Fragment(self.text, self.span)

    @property
    def value(self) -> Value:
        """What it means; only a plain scalar may mean anything but ``text``."""
        return plain_value(self.text) if self.plain else self.text


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
    _index: dict[str, Entry] | None = field(
        init=False, repr=False, compare=False, default=None
    )
    """Made when it is first asked for: the many small mappings are read in order."""

    def get(self, name: str) -> "Node | None":
        """Return the value of the key ``name``, or None where there is no such key."""
        entry = self.entry(name)
        return entry.value if entry else None

    def entry(self, name: str) -> Entry | None:
        """Return the entry whose key is ``name``, if there is one."""
        if self._index is None:
            index = {entry.key.text: entry for entry in self.entries}
            object.__setattr__(self, "_index", index)
            return index.get(name)
        return self._index.get(name)


@record
class Sequence:
    """A list of nodes."""

    items: tuple["Node", ...]
    span: Span


Node: TypeAlias = Scalar | Mapping | Sequence
