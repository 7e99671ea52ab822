"""What was written and where."""

from graphc.source.text import Fragment, Position, Source, Span

__all__ = ["Fragment", "Position", "Source", "Span"]
