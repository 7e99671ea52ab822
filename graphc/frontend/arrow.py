"""One arrow between two ends."""

from graphc.diagnostics import Sink
from graphc.frontend.ends import End
from graphc.lang import EdgeText, ShapeText, parse_edge
from graphc.record import record
from graphc.source import Fragment, Span


@record(eq=False)
class Arrow:
    """One arrow between two ends, and the size written on it.

    ``written`` is its text, or both ends with their places, as of one in a chain.
    """

    source: End
    target: End
    shape: ShapeText | None
    written: Fragment | EdgeText

    @property
    def span(self) -> Span:
        """Where the arrow is written, with both ends."""
        written = self.written
        if isinstance(written, EdgeText):
            return written.span
        if written.offsets is None:
            return written.span
        return written.slice(0, len(written.text))

    @property
    def source_span(self) -> Span:
        """Where the end is written that the arrow leaves."""
        return self._ends.ends[0].span

    @property
    def target_span(self) -> Span:
        """Where the end is written that the arrow leads to."""
        return self._ends.ends[1].span

    @property
    def _ends(self) -> EdgeText:
        if isinstance(self.written, EdgeText):
            return self.written
        found = parse_edge(self.written, Sink())
        assert found is not None
        return found
