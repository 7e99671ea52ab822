"""A label as a person reads it."""

import re
from html import unescape
from html.entities import html5
from itertools import pairwise

from graphc.source import Fragment

_TAGS = (
    "a abbr article aside b big blockquote br button center cite code dd del details"
    " div dl dt em figcaption figure font footer form h1 h2 h3 h4 h5 h6 head header hr"
    " i iframe img input ins kbd label li link mark meta object ol p path pre q s samp"
    " script section select small span strike strong style sub summary sup svg table"
    " tbody td template text textarea tfoot th thead title tr tspan tt u ul var"
)
_MARKS = re.compile(
    r"(?P<line><br\s*/?>|\\n)"
    rf"|(?P<tag></?(?:{'|'.join(_TAGS.split())})\b[^<>]*>)"
    r"|(?P<icon>\bfa[bklrs]?:fa-[\w-]+[ ]?)"
    r"|(?P<number>[#&]\#?(?P<name>\w+);)",
    re.IGNORECASE,
)
_EMPHASIS = re.compile(r"\*{1,3}|_{1,3}")


def plain(fragment: Fragment, *, markdown: bool = False) -> Fragment:
    r"""Return what a person reads in a label, each character with its place.

    ``<br/>`` and ``\n`` are line breaks; other tags of HTML and icons (``fa:fa-x``)
    are nothing; entities of Mermaid (``#quot;``, ``#35;``) and of HTML are characters.
    In Markdown the marks of emphasis are nothing. What only looks like a tag, as in
    ``tensor<3x224x224>``, stays.
    """
    text = fragment.text
    start = fragment.span.start
    offsets = fragment.offsets or range(start, start + len(text) + 1)
    characters: list[str] = []
    places: list[int] = []
    at = 0
    for found in _MARKS.finditer(text):
        characters.append(text[at : found.start()])
        places.extend(offsets[at : found.start()])
        characters.append(read := _read(found))
        places.extend([offsets[found.start()]] * len(read))
        at = found.end()
    characters.append(text[at:])
    places.extend(offsets[at : len(text) + 1])
    read_text = "".join(characters)
    if read_text == text and not markdown:
        return fragment
    whole = Fragment(read_text, fragment.span, tuple(places))
    return _without_emphasis(whole) if markdown else whole


def _read(mark: re.Match[str]) -> str:
    if mark["line"]:
        return "\n"
    if mark["name"] is None:
        return ""
    name = mark["name"]
    if name.isdecimal() or "&#" in mark[0]:
        entity = f"&#{name};"
        read = unescape(entity)
        return mark[0] if read == entity else read
    return html5.get(f"{name};", mark[0])


def _without_emphasis(fragment: Fragment) -> Fragment:
    """Return the text without pairs of ``*`` and ``_``.

    Those between letters or numbers are none: ``64*112*112`` is a size, ``conv_1`` a
    name.
    """
    text = fragment.text
    opened: dict[str, int] = {}
    drop: list[tuple[int, int]] = []
    for mark in _EMPHASIS.finditer(text):
        before = text[mark.start() - 1 : mark.start()]
        after = text[mark.end() : mark.end() + 1]
        if mark[0] in opened and before.strip() and not after.isalnum():
            start = opened.pop(mark[0])
            drop += [(start, start + len(mark[0])), mark.span()]
        elif after.strip() and not before.isalnum():
            opened[mark[0]] = mark.start()
    if not drop or fragment.offsets is None:
        return fragment
    edges = [0, *(edge for pair in sorted(drop) for edge in pair), len(text)]
    kept = list(pairwise(edges))[::2]
    offsets = [place for start, end in kept for place in fragment.offsets[start:end]]
    offsets.append(fragment.offsets[len(text)])
    shown = "".join(text[start:end] for start, end in kept)
    return Fragment(shown, fragment.span, tuple(offsets))
