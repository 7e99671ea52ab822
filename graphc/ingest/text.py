"""Texts that nobody wrote letter by letter, each with the place it stands for."""

import re
from collections.abc import Sequence

from graphc.lang import EndText
from graphc.reading import Entry, Mapping, Node, Scalar
from graphc.source import Fragment, Span

_INTEGER = re.compile(r"[1-9][0-9]{0,17}")


def made(text: str, span: Span) -> Fragment:
    """Return a text that stands for what is written at ``span``."""
    if text == span.text:
        return Fragment(text, span)
    return Fragment(text, span, (*[span.start] * len(text), span.end))


def joined(parts: Sequence[Fragment], separator: str) -> Fragment:
    """Return texts in a row; the separators stand at the ends of those before them.

    The parts stand in the source in their order.
    """
    first, *others = parts
    text = first.text
    offsets = list(first.places)
    for part in others:
        offsets[-1:] = [min(offsets[-1], part.span.start)] * len(separator)
        offsets.extend(part.places)
        text += separator + part.text
    return Fragment(
        text, first.span.to(others[-1].span if others else first.span), tuple(offsets)
    )


def scalar(text: Fragment) -> Scalar:
    """Return a text as a node of a spec's tree."""
    return Scalar(text.text, text.span, plain=False, letters=text)


def size(text: Fragment) -> Scalar:
    """Return a size as a node of a spec's tree."""
    plain = _INTEGER.fullmatch(text.text) is not None
    return Scalar(text.text, text.span, plain=plain, letters=text)


def word(text: str, span: Span) -> Scalar:
    """Return a text that stands for what is written at ``span`` as a node."""
    return scalar(made(text, span))


def number(value: int | float, span: Span) -> Scalar:
    """Return a number that stands for what is written at ``span`` as a node."""
    text = str(value)
    return Scalar(text, span, plain=True, letters=made(text, span))


def nothing(name: str, span: Span) -> Scalar:
    """Return a stand-in for what could not be read, which reports call ``name``."""
    text = made(name, span)
    return Scalar(name, span, plain=False, letters=text, faulty=True)


def mapping(entries: Sequence[tuple[str, Node]], span: Span) -> Mapping:
    """Return a mapping whose keys nobody wrote."""
    return Mapping(tuple(Entry(word(key, span), node) for key, node in entries), span)


def edge(
    source: Fragment, target: Fragment, shape: Fragment | None, span: Span
) -> Node:
    """Return an edge as an item of ``edges``: alone, or with its size behind it."""
    key = scalar(joined([source, target], " -> "))
    return key if shape is None else Mapping((Entry(key, size(shape)),), span)


def end(name: str, port: str | None, span: Span) -> Fragment:
    """Return an end of an edge, which stands for what is written at ``span``."""
    told = name if port is None else f"{name}.{port}"
    return made(str(EndText(told, span)), span)


def replaced(label: Fragment, start: int, end: int, text: str) -> Fragment:
    """Return a text with other characters in place of ``start`` to ``end``.

    They stand where those stood.
    """
    offsets = label.places
    between = [offsets[start]] * len(text)
    return Fragment(
        label.text[:start] + text + label.text[end:],
        label.span,
        (*offsets[:start], *between, *offsets[end:]),
    )
