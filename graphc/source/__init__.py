"""What was written and where."""

from graphc.source.text import Fragment, Language, Position, Source, Span

__all__ = ["Fragment", "Language", "Position", "Source", "Span"]
