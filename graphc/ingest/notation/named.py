"""Labels that name a module of the document."""

import re
from collections.abc import Callable

from graphc.ingest.notation.parts import Part, join
from graphc.ingest.notation.reading import LabelReading
from graphc.ingest.notation.size import read_size
from graphc.source import Fragment

_BEFORE = re.compile(r"(\d+)\s*(?:[x\u00d7*]\s*|[xX\u00d7]\s+)(?=[^\W\d])")
_BEHIND = re.compile(
    r"(?P<name>.*\S)\s*(?:\(\s*[x\u00d7]\s*(\d+)\s*\)|\(\s*(\d+)\s*[x\u00d7]\s*\)"
    r"|(?:\s[x*]|\s?\u00d7)\s?(\d+))"
)
_SIZED = re.compile(r"(?P<name>[^(\[:]*[^(\[:\s])\s*(?::\s*|(?=[(\[]))(?P<size>.*)")


def read_module(
    text: Fragment, modules: Callable[[str], str | None]
) -> LabelReading | None:
    """Return the reading of a text that names a module, or None.

    label = [count "x"] name [size]  |  name ["("] "x" count [")"]

    A size stands behind ``:`` or in brackets.
    """
    start, end = 0, len(text.text)
    size = None
    if modules(text.text) is None and (sized := _SIZED.fullmatch(text.text)):
        size = read_size(text.cut(*sized.span("size")))
        end = sized.end("name") if size is not None else end
    parts = []
    if count := _BEFORE.match(text.text, 0, end):
        parts = [Part(f"{count[1]} x", count.start(), count.end(1))]
        start = count.end()
    elif times := _BEHIND.fullmatch(text.text, 0, end):
        number = times[2] or times[3] or times[4]
        parts = [Part(f"{number} x", 0, 0)]
        end = times.end("name")
    name = modules(text.text[start:end]) if start < end else None
    if name is None:
        return None
    label = join(text, [*parts, Part(name, start, end)], " ")
    return LabelReading(label, size=size, sure=size is not None)
