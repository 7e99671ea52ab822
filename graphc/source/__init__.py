"""What was written and where."""

from graphc.source.text import Position, Source, Span

__all__ = ["Position", "Source", "Span"]
