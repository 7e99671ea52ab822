"""Texts as they stand in a document, with every character at a place of its own."""

from graphc.source import Fragment, Source, Span

LEAD = "graph TD; a["


def written(text: str) -> Fragment:
    """Return the text as it stands, letter by letter, in a document behind LEAD."""
    source = Source("document.md", f"{LEAD}{text}]")
    start = len(LEAD)
    return Fragment(text, Span(source, start, start + len(text)))


def scattered(text: str) -> Fragment:
    """Return the text with two characters of the document for each of its own."""
    source = Source("document.md", "".join(f"\\{letter}" for letter in text))
    offsets = tuple(range(0, 2 * len(text) + 1, 2))
    return Fragment(text, Span(source, 0, 2 * len(text)), offsets)


def is_placed(reading: Fragment, text: Fragment) -> bool:
    """Whether every character of a reading has a place in the text, in rising order."""
    if reading.offsets is None:
        found, whole = reading.span, text.span
        inside = whole.start <= found.start and found.end <= whole.end
        return inside and found.end - found.start == len(reading.text)
    offsets = reading.offsets
    span = text.slice(0, len(text.text))
    return (
        len(offsets) == len(reading.text) + 1
        and list(offsets) == sorted(offsets)
        and span.start <= offsets[0]
        and offsets[-1] <= span.end
        and reading.span.source is span.source
        and (reading.span.start, reading.span.end) == (offsets[0], offsets[-1])
    )
