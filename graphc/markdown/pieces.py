"""A fragment put together from runs of a source."""

from dataclasses import dataclass

from graphc.source import Fragment, Source, Span


@dataclass(slots=True)
class Run:
    """The characters ``start`` to ``end`` of the source, or ``text`` in their place."""

    start: int
    end: int
    text: str | None = None


class Pieces:
    """Gathers runs, in the order of the source, and makes one fragment of them."""

    def __init__(self, source: Source, start: int) -> None:
        self._source = source
        self._start = start
        self._runs: list[Run] = []

    def add(self, start: int, end: int) -> None:
        """Take the characters ``start`` to ``end`` as they are written."""
        last = self._runs[-1] if self._runs else None
        if last is not None and last.text is None and last.end == start:
            last.end = end
        elif start < end:
            self._runs.append(Run(start, end))

    def stand_in(self, text: str, start: int, end: int) -> None:
        """Take ``text``, which was written as the characters ``start`` to ``end``."""
        self._runs.append(Run(start, end, text))

    def line_end(self, start: int, end: int) -> None:
        r"""Take a line end, however it is written, as ``\n``; none if it is empty."""
        if self._source.text.startswith("\n", start):
            self.add(start, end)
        elif start < end:
            self.stand_in("\n", start, end)

    def fragment(self) -> Fragment:
        """Return the fragment; one without runs stands at ``start``."""
        source = self._source
        if not self._runs:
            return Fragment("", Span(source, self._start, self._start))
        span = Span(source, self._runs[0].start, self._runs[-1].end)
        if len(self._runs) == 1 and self._runs[0].text is None:
            return Fragment(span.text, span)
        chunks: list[str] = []
        offsets: list[int] = []
        for run in self._runs:
            if run.text is None:
                chunks.append(source.text[run.start : run.end])
                offsets.extend(range(run.start, run.end))
            else:
                chunks.append(run.text)
                offsets.extend([run.start] * len(run.text))
        return Fragment("".join(chunks), span, (*offsets, span.end))
