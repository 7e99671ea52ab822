"""Where the stages put what they find."""

from collections.abc import Iterable

from graphc.diagnostics.diagnostic import Diagnostic, Severity


class Sink:
    """Gathers findings; gives them back in the order of the text, each once."""

    def __init__(self) -> None:
        self._found: dict[Diagnostic, None] = {}

    def add(self, diagnostic: Diagnostic) -> None:
        """Take one finding; an equal one is kept once."""
        self._found.setdefault(diagnostic)

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Take several findings."""
        for diagnostic in diagnostics:
            self.add(diagnostic)

    @property
    def failed(self) -> bool:
        """Whether any finding is an error."""
        return any(found.severity is Severity.ERROR for found in self._found)

    def sorted(self) -> tuple[Diagnostic, ...]:
        """Return the findings by file, position and code."""
        return tuple(sorted(self._found, key=_order))


def _order(diagnostic: Diagnostic) -> tuple[str, int, str, str]:
    place = diagnostic.place
    if place is None:
        return (diagnostic.file or "", -1, diagnostic.code.name, diagnostic.message)
    span = place.span
    return (span.source.name, span.start, diagnostic.code.name, diagnostic.message)
