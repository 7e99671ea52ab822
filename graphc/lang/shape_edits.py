"""A size that says other dims in the notation in which it is written."""

from collections.abc import Sequence
from itertools import pairwise

from graphc.diagnostics import Edit
from graphc.lang.dims import Size
from graphc.lang.shape import ShapeText
from graphc.source import Span


def shape_edits(shape: ShapeText, sizes: Sequence[Size | None]) -> tuple[Edit, ...]:
    """Return the edits by which a size in the text says other sizes of its dims.

    None leaves a dim as it is. Where the rank stays, only the characters of dims that
    change are replaced; another rank takes all sizes and writes them with the signs
    that the size had: ``[64, 9]`` becomes ``[64, 9, 9]`` and ``64x9`` ``64x9x9``. What
    ``x`` cannot hold, as a calculation, makes it a product: ``64*(H//2)``. Empty where
    a size cannot be written.
    """
    notation = _Notation(shape)
    if len(sizes) != len(shape.dims):
        return notation.whole(sizes)
    changed = [
        (dim.span, size)
        for dim, size in zip(shape.dims, sizes, strict=True)
        if size is not None
    ]
    if notation.crossed and not all(isinstance(size, int) for _, size in changed):
        dims = zip(shape.dims, sizes, strict=True)
        return notation.product([str(d) if s is None else _held(s) for d, s in dims])
    held = str if notation.listed else _held
    return tuple(Edit(span, held(size)) for span, size in changed)


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
