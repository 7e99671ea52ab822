"""The names by which a network knows its modules, which stand in several files."""

import re
from collections.abc import Iterable
from pathlib import PurePath

from graphc.frontend.scope import Header
from graphc.ops import find


class Keys:
    """Gives each module a name of its own: that of its class and of its drawing.

    It is the module's name where that is free. A module of another file that is called
    like one before it gets the name of its file in front, ``ResnetBottleneck``, or a
    number behind. ``given`` has the modules in the order in which they got theirs.
    """

    def __init__(self) -> None:
        self.given: dict[str, Header] = {}
        self._taken: set[str] = set()
        self._keys: dict[Header, str] = {}

    def reserve(self, model: str, own: Iterable[Header]) -> None:
        """Let a spec's model and its own modules have their names."""
        self._taken.add(model)
        for header in own:
            self.of(header)

    def of(self, header: Header) -> str:
        """Return the name of a module, given when it is first asked for."""
        if header not in self._keys:
            key = self._free(header)
            self._taken.add(key)
            self.given[key] = header
            self._keys[header] = key
        return self._keys[header]

    def _free(self, header: Header) -> str:
        if header.name not in self._taken:
            return header.name
        stem = PurePath(header.span.source.name).stem
        words = re.findall(r"[^\W_]+", stem)
        name = "".join(word[:1].upper() + word[1:] for word in words) + header.name
        if name.isidentifier() and self._is_free(name):
            return name
        number = 2
        while not self._is_free(f"{header.name}{number}"):
            number += 1
        return f"{header.name}{number}"

    def _is_free(self, name: str) -> bool:
        return name not in self._taken and find(name) is None
