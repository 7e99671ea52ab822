"""A diagram's text before its grammar: without front matter, directives, comments."""

import re
from collections.abc import Iterable

from graphc.record import record
from graphc.source import Fragment, Span

_FRONT = re.compile(r"\s*-{3}[^\S\n]*\n((?:.*?\n)??)-{3}[^\S\n]*\n", re.DOTALL)
_DIRECTIVE = re.compile(
    r"%%\{\s*(?:\w+\s*:|\w+)\s*(?:\w+|(?:(?!\}%%).)*+)?\s*(?:\}%%)?",
    re.DOTALL | re.ASCII,
)
_COMMENT = re.compile(r"^[^\S\n]*%%(?!\{)([^\n]+)\n?", re.MULTILINE)
_BRACE = re.compile(r"\}(\s+)\n")
_TAG = re.compile(r"<\w", re.ASCII)
_QUOTED_ATTRIBUTE = re.compile(r'="([^"]*)"')
_ENTITY = re.compile(r"#(\w+);", re.ASCII)
_RUN = re.compile(r"\S+")
_CR = re.compile(r"\r(?=\n)")


@record
class Body:
    """What the grammar reads.

    ``text`` is as long as ``written.text`` and differs from it only where Mermaid hides
    something from its grammar: an entity (``#35;``) begins with U+E000 and ends with
    U+E001, the quotes of an attribute in a tag are single ones.
    """

    text: str
    written: Fragment
    front: Fragment | None
    comments: tuple[Fragment, ...]

    def cut(self, start: int, end: int) -> Fragment:
        """Return the characters ``start`` to ``end`` as they were written."""
        return self.written.cut(start, end)

    def span(self, start: int, end: int) -> Span:
        """Return where they stand; a comment behind the last one is no part of it."""
        if start >= end or self.written.offsets is None:
            return self.written.slice(start, end)
        offsets = self.written.offsets
        source = self.written.span.source
        return Span(source, offsets[start], offsets[end - 1] + 1)


def clean(fragment: Fragment) -> Body:
    """Return what the grammar of flowcharts reads of a diagram's text."""
    text = fragment.text
    returns = [found.span() for found in _CR.finditer(text)]
    whole = _without(fragment, returns)
    if "\r" in whole.text:
        start = whole.span.start
        offsets = whole.offsets or tuple(range(start, start + len(text) + 1))
        whole = Fragment(whole.text.replace("\r", "\n"), whole.span, offsets)
    front = _FRONT.match(whole.text)
    written = whole if front is None else whole.cut(front.end(), len(whole.text))
    directives = _DIRECTIVE.finditer(written.text)
    written = _without(written, [found.span() for found in directives])
    lines = list(_COMMENT.finditer(written.text))
    comments = tuple(_stripped(written, *line.span(1)) for line in lines)
    written = _without(written, [line.span() for line in lines])
    braces = _BRACE.finditer(written.text)
    written = _without(written, [found.span(1) for found in braces])
    matter = front and whole.cut(*front.span(1))
    return Body(_masked(written.text), written, matter, comments)


def _stripped(fragment: Fragment, start: int, end: int) -> Fragment:
    text = fragment.text[start:end]
    blank = len(text) - len(text.lstrip())
    return fragment.cut(start + blank, max(start + blank, start + len(text.rstrip())))


def _without(fragment: Fragment, holes: Iterable[tuple[int, int]]) -> Fragment:
    """Return the fragment without the stretches ``holes``."""
    holes = [hole for hole in holes if hole[0] < hole[1]]
    if not holes:
        return fragment
    start = fragment.span.start
    offsets = fragment.offsets or range(start, start + len(fragment.text) + 1)
    texts: list[str] = []
    places: list[int] = []
    at = 0
    for begin, end in [*holes, (len(fragment.text), len(fragment.text))]:
        texts.append(fragment.text[at:begin])
        places.extend(offsets[at:begin])
        at = end
    places.append(offsets[len(fragment.text)])
    return Fragment("".join(texts), fragment.span, tuple(places))


def _masked(text: str) -> str:
    """Return the text as the grammar sees it, as long as it was."""
    if "style" in text or "classDef" in text:
        text = "\n".join(_style_line(line) for line in text.split("\n"))
    if "<" in text:
        text = _single_quotes(text)
    return _ENTITY.sub("\ue000\\1\ue001", text)


def _style_line(line: str) -> str:
    """Return a line without its last ``;`` where a colour's number stands before it.

    Mermaid takes it away so that ``#f9f;`` is no entity.
    """
    for word in ("style", "classDef"):
        begin, end = line.find(word), line.rfind(";")
        if 0 <= begin < end and _has_colour(line[begin + len(word) : end]):
            line = f"{line[:end]} {line[end + 1 :]}"
    return line


def _has_colour(text: str) -> bool:
    for run in _RUN.finditer(text):
        colon = run[0].find(":")
        if colon >= 0 and "#" in run[0][colon:]:
            return True
    return False


def _single_quotes(text: str) -> str:
    parts: list[str] = []
    at = 0
    while tag := _TAG.search(text, at):
        end = text.find(">", tag.start())
        if end < 0:
            break
        parts.append(text[at : tag.start()])
        parts.append(_QUOTED_ATTRIBUTE.sub(r"='\1'", text[tag.start() : end + 1]))
        at = end + 1
    return "".join([*parts, text[at:]])
