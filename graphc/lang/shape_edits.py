"""A size that says other dims in the notation in which it is written."""

import re
from collections.abc import Sequence
from itertools import pairwise

from graphc.diagnostics import Edit
from graphc.lang.dims import Size
from graphc.lang.shape import ShapeText
from graphc.source import Span

_OPENING = re.compile(r"[\[(<\u3008]\s*(?:\w{1,10}\s*,\s*)?$")
_CLOSING = re.compile(r"\s*[\])>\u3009]")
_LAST = re.compile(r"\s*[x\u00d7*,]\s*([0-9]+)")
_REACH = 20
"""Characters before a size among which its bracket stands."""


def shape_edits(shape: ShapeText, sizes: Sequence[Size | None]) -> tuple[Edit, ...]:
    """Return the edits by which a size in the text says other sizes of its dims.

    None leaves a dim as it is. Where the rank stays, only the characters of dims that
    change are replaced; another rank takes all sizes and writes them with the signs
    that the size had: ``[64, 9]`` becomes ``[64, 9, 9]`` and ``64x9`` ``64x9x9``. What
    ``x`` cannot hold, as a calculation, makes it a product: ``64*(H//2)``. Empty where
    a size cannot be written.
    """
    notation = _Notation(shape)
    spans = _spans(shape)
    if not spans:
        return ()
    turned = spans[0].start > spans[-1].start
    if len(sizes) != len(shape.dims):
        return () if turned else notation.whole(sizes)
    changed = [
        (span, size)
        for span, size in zip(spans, sizes, strict=True)
        if size is not None
    ]
    if notation.crossed and not all(isinstance(size, int) for _, size in changed):
        if turned:
            return ()
        dims = zip(shape.dims, sizes, strict=True)
        return notation.product([str(d) if s is None else _held(s) for d, s in dims])
    held = str if notation.listed else _held
    return tuple(Edit(span, held(size)) for span, size in changed)


def _spans(shape: ShapeText) -> list[Span]:
    """Return where the dims of a size stand, nothing if that is not known.

    The places of a text never fall, so a dim that stands last and is meant first, as
    channels in ``28x28x64``, has no width of its own: it is looked for behind the size.
    """
    first, *others = (dim.span for dim in shape.dims)
    if first.start < first.end:
        return [first, *others]
    last = _LAST.match(first.source.text, shape.span.end)
    if last is None or last[1] != str(shape.dims[0]):
        return []
    return [Span(first.source, *last.span(1)), *others]


def shape_as_written(shape: ShapeText, sizes: Sequence[Size | None]) -> str | None:
    """Return a size with other sizes of its dims, in the notation it is written in.

    Brackets around it, and a batch that stands in them, are told too. None where
    ``shape_edits`` writes nothing.
    """
    edits = shape_edits(shape, sizes)
    places = [shape.span, *_spans(shape)]
    last = max(place.end for place in places)
    start, end = _with_brackets(Span(shape.span.source, shape.span.start, last))
    text = shape.span.source.text
    if any(edit.span.start < start or edit.span.end > end for edit in edits):
        return None
    parts: list[str] = []
    at = start
    for edit in sorted(edits, key=lambda one: one.span.start):
        parts += [text[at : edit.span.start], edit.text]
        at = edit.span.end
    told = "".join([*parts, text[at:end]])
    return told if edits and "\n" not in told else None


def _with_brackets(span: Span) -> tuple[int, int]:
    """Return the stretch of a size with the brackets right around it."""
    text = span.source.text
    before = _OPENING.search(text[max(0, span.start - _REACH) : span.start])
    after = _CLOSING.match(text, span.end)
    if before is None or after is None:
        return span.start, span.end
    return span.start - len(before[0]), after.end()


def shape_with(sizes: Sequence[Size | None]) -> str:
    """Return sizes as a product, ``_`` where one is None: ``64*(H//2)*_``."""
    return "*".join("_" if size is None else _held(size) for size in sizes)


def _held(size: Size) -> str:
    text = str(size)
    return text if text.isdigit() or text.isidentifier() else f"({text})"


class _Notation:
    """How a size is written: what stands before, between and behind its dims."""

    def __init__(self, shape: ShapeText) -> None:
        spans = [dim.span for dim in shape.dims]
        self._shape = shape
        self._ordered = all(a.end <= b.start for a, b in pairwise(spans))
        text = shape.span.source.text
        self._between = [text[a.end : b.start] for a, b in pairwise(spans)]
        self._head = text[shape.span.start : spans[0].start]
        self._tail = text[spans[-1].end : shape.span.end]
        first = self._between[0] if self._between else ""
        self.listed = "," in first or "\n" in first or self._head.startswith("[")
        self.crossed = bool(first) and not self.listed and "*" not in first

    def whole(self, sizes: Sequence[Size | None]) -> tuple[Edit, ...]:
        """Return the edit that writes all dims anew; none unless all are known."""
        known = [size for size in sizes if size is not None]
        if len(known) < len(sizes) or not known or not self._ordered:
            return ()
        if self.crossed and not all(isinstance(size, int) for size in known):
            return self.product([_held(size) for size in known])
        lone = ", " if self.listed else "*"
        signs = [*self._between, *[(self._between or [lone])[-1]] * len(known)]
        texts = [str(size) if self.listed else _held(size) for size in known]
        body = texts[0] + "".join(s + t for s, t in zip(signs, texts[1:], strict=False))
        return (Edit(self._shape.span, f"{self._head}{body}{self._tail}"),)

    def product(self, texts: Sequence[str]) -> tuple[Edit, ...]:
        """Return the edit that writes all dims as a product."""
        if not self._ordered or self._head or self._tail:
            return ()
        first, last = self._shape.dims[0].span, self._shape.dims[-1].span
        return (Edit(Span(first.source, first.start, last.end), "*".join(texts)),)
