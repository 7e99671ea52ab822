"""Titles: what a heading, or a line in its place, says without its marks."""

import re

from graphc.markdown.elements import Text
from graphc.markdown.pieces import Pieces
from graphc.source import Fragment, Source

_MARK = re.compile(
    r"(?<![ \t])[ \t]*+(?:\r\n|[\r\n])[ \t>]*"
    r"|!\[[^\]\[]*\]\([^()]*\)"  # an image
    r"|\]\([^()]*\)|\]\[[^\[\]]*\]"  # where a link leads
    r"|(?<!\w)_{1,3}(?=\w)|(?<=\w)_{1,3}(?!\w)|[*`\[\]]+"
    r"|<[^<>]*>"
)
_DASHES = "\u2013\u2014-"
_BULLET = re.compile(rf"(?:[•◦▪‣·●○■□*+{_DASHES}][ \t]+)+")
_FIGURE = r"(?:figure|fig\.?|diagram|listing)[ \t]*\d+(?:\.\d+)*"
_NUMBER = re.compile(
    rf"(?:{_FIGURE}|(?:section|chapter)[ \t]*\d+(?:\.\d+)*"
    r"|\(?\d+(?:\.\d+)+(?=[ \t.:)])|\(?\d+(?=[.:)][ \t])|\(?[a-z](?=\)[ \t]))"
    rf"[ \t]*(?:[.:){_DASHES}][ \t]*)*",
    re.IGNORECASE,
)
_ATTRIBUTES = re.compile(r"(?<![ \t])[ \t]*+\{[^{}]*\}$")
_CAPTION = re.compile(rf"[*_]*{_FIGURE}[ \t]*[.:){_DASHES}]", re.IGNORECASE)
_BOLD = re.compile(r"\*\*[^*]+\*\*[.:]?$|__[^_].*__[.:]?$|<(b|strong)>[^<]*</\1>[.:]?$")
_SENTENCE = re.compile(r"[.!?;,\u3002\uff0c\uff01\uff1f\u2026][)\"'*_]*$")
_LEADS_IN = re.compile(
    r"(?:an?|and|as|at|below|but|code|diagram|example|for|from|given|graph|here|how"
    r"|however|i|if|in|it|its|let|like|looks|mermaid|note|now|or|our|result|see|so|such"
    r"|that|the|then|there|these|they|this|thus|use|using|we|where|which|with|you)\b",
    re.IGNORECASE,
)
_LONGEST = 200
_READ = 2000
_WORDS_OF_AN_ITEM = 8
_WORDS_OF_A_CAPTION = 12
_WORDS_OF_A_LINE = 4


def title(source: Source, start: int, end: int) -> Fragment | None:
    """Return what the characters ``start`` to ``end`` say, without marks.

    Emphasis, code, links, tags, attributes, bullets, numbers (``3.1``, ``Figure 2.``)
    and a colon at the end are taken away; None if nothing is left. Of a very long text
    the beginning is the title.
    """
    text = source.text
    end = min(end, start + _READ)
    start = _skip(_BULLET, text, start, end)
    attributes = _ATTRIBUTES.search(text, start, end)
    plain = _plain(source, start, attributes.start() if attributes else end)
    shown = plain.text
    first = _skip(_NUMBER, shown, len(shown) - len(shown.lstrip()), len(shown))
    last = len(shown.rstrip(" \t:"))
    return plain.cut(first, last) if first < last else None


def _skip(pattern: re.Pattern[str], text: str, start: int, end: int) -> int:
    found = pattern.match(text, start, end)
    return found.end() if found else start


def _plain(source: Source, start: int, end: int) -> Fragment:
    pieces = Pieces(source, start)
    for mark in _MARK.finditer(source.text, start, end):
        pieces.add(start, mark.start())
        start = mark.end()
        if "\n" in mark[0] or "\r" in mark[0]:
            pieces.stand_in(" ", mark.start(), start)
    pieces.add(start, end)
    return pieces.fragment()


def line_title(source: Source, line: Text, *, headed: bool) -> Fragment | None:
    """Return the title that a line directly before a diagram gives, if it gives one.

    That is an item of a list, a line in bold, a caption, or a short line that is a
    paragraph of its own: before a colon, or, if no heading stands above it
    (``headed``), without one.
    """
    if line.end - line.start > _LONGEST:
        return None
    written = source.text[line.start : line.end].strip(" \t")
    meant = title(source, line.start, line.end)
    if meant is None:
        return None
    words = meant.text.split()
    if _BOLD.match(written) or _CAPTION.match(written):
        return meant if len(words) <= _WORDS_OF_A_CAPTION else None
    if _SENTENCE.search(written):
        return None
    if line.item or _BULLET.match(written):
        return meant if len(words) <= _WORDS_OF_AN_ITEM else None
    short = line.opens and len(words) <= _WORDS_OF_A_LINE
    named = short and not _LEADS_IN.match(meant.text)
    return meant if named and (not headed or written.endswith(":")) else None
