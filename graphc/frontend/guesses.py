"""The names that unknown ones were most likely meant for."""

from collections.abc import Collection

from graphc.diagnostics import nearest

EFFORT = 5_000
"""How many pairs of names are compared for the mistakes of one graph."""


class Guesses:
    """Suggests names out of ``choices``, each unknown name compared once.

    After ``EFFORT`` comparisons nothing more is suggested, so that a spec with many
    names and many mistakes is reported in time.
    """

    def __init__(self, choices: Collection[str]) -> None:
        self._choices = choices
        self._left = EFFORT
        self._known: dict[str, str | None] = {}

    def nearest(self, name: str) -> str | None:
        """Return the choice most like ``name``, None if none is or too many were."""
        if name not in self._known:
            self._left -= len(self._choices)
            found = nearest(name, self._choices) if self._left >= 0 else None
            self._known[name] = found
        return self._known[name]
