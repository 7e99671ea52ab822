"""Labels as people write them."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from graphc.diagnostics import Sink
from graphc.ingest.notation.parts import Part, join
from graphc.ingest.notation.reading import LabelReading
from graphc.ingest.notation.signs import plain
from graphc.lang import parse_label
from graphc.ops import find
from graphc.source import Fragment

Modules: TypeAlias = Callable[[str], str | None]
"""Tells the class name of the module of a document that words name, if they do."""

_COUNT = re.compile(r"(\d+)\s*[x\u00d7*]\s*(?=[^\W\d])")


def read_label(text: Fragment, modules: Modules) -> LabelReading:
    """Return what a label says, in the notation of specs."""
    signs = plain(text)
    signs = replace(signs, text=signs.text.replace("\n", " "))
    if _is_spec(signs):
        return LabelReading(signs)
    start = len(signs.text) - len(signs.text.lstrip())
    end = len(signs.text.rstrip())
    parts = []
    if count := _COUNT.match(signs.text, start):
        parts = [Part(f"{count[1]} x", count.start(), count.end(1))]
        start = count.end()
    name = modules(signs.text[start:end]) if start < end else None
    if name is None:
        return LabelReading(None, reason=f"`{text.text}` names no op and no module")
    return LabelReading(join(signs, [*parts, Part(name, start, end)], " "))


def _is_spec(signs: Fragment) -> bool:
    """Whether the text is a label as specs have it, of ops alone."""
    terms = parse_label(signs, _is_op, _is_no_param, Sink())
    return bool(terms) and all(_is_op(term.name) for term in terms or ())


def _is_op(name: str) -> bool:
    return find(name) is not None


def _is_no_param(_: str) -> bool:
    return False
