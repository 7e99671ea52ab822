"""Scalars as YAML reads them, with the place of every character.

Line folding and escapes are those of YAML 1.2.2, sections 6.5, 7.3 and 8.1.
"""

import re

from graphc.source import Fragment, Source, Span

_BREAK = re.compile(r"\r\n|[\r\n]")
_FOLD = r"(?P<fold>[ \t]*+(?:\r\n|[\r\n])[ \t\r\n]*)"
_PLAIN = re.compile(_FOLD + r"|(?P<run>[ \t]+|[^ \t\r\n]+)")
_SINGLE = re.compile(_FOLD + r"|(?P<quote>'')|(?P<run>[ \t]+|[^ \t\r\n']+)")
_DOUBLE = re.compile(
    _FOLD
    + r"|(?P<join>\\(?:\r\n|[\r\n])[ \t\r\n]*)"
    + r"|(?P<escape>\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.))"
    + r"|(?P<run>[ \t]+|[^ \t\r\n\\]+)",
    re.DOTALL,
)
_ESCAPES = {
    "0": "\0",
    "a": "\a",
    "b": "\b",
    "t": "\t",
    "n": "\n",
    "v": "\v",
    "f": "\f",
    "r": "\r",
    "e": "\x1b",
    "N": "\x85",
    "_": "\xa0",
    "L": "\u2028",
    "P": "\u2029",
}
_BLOCK_HEADER = re.compile(r"[|>][-+0-9]*[ \t]*(?:#[^\r\n]*)?(?:\r\n|[\r\n])?")
_BLOCK_INDENT = re.compile(r"(?: *(?:\r\n|[\r\n]))*( *)[^ \r\n]")


def flow_fragment(span: Span, style: str) -> Fragment:
    """Return the text of a plain (style ""), single or double quoted scalar.

    ``span`` is the scalar with its quotes; the fragment's span is without them.
    """
    source = span.source
    inner = Span(source, span.start + 1, span.end - 1) if style else span
    text = inner.text
    escape = {"": "\n", "'": "'", '"': "\\"}[style]
    if escape not in text and "\n" not in text and "\r" not in text:
        return Fragment(text, inner)
    return _decoded(inner, {"": _PLAIN, "'": _SINGLE, '"': _DOUBLE}[style])


def _decoded(span: Span, tokens: re.Pattern[str]) -> Fragment:
    chunks: list[str] = []
    offsets: list[int] = []
    for token in tokens.finditer(span.source.text, span.start, span.end):
        at, chunk = token.start(), token[0]
        if token.lastgroup == "run":
            offsets.extend(range(at, token.end()))
        elif token.lastgroup in ("fold", "join"):
            breaks = [at + found.start() for found in _BREAK.finditer(chunk)]
            folds = token.lastgroup == "fold" and len(breaks) == 1
            offsets.extend([at] if folds else breaks[1:])
            chunk = " " if folds else "\n" * (len(breaks) - 1)
        else:
            offsets.append(at)
            chunk = "'" if token.lastgroup == "quote" else _unescaped(chunk)
        chunks.append(chunk)
    return Fragment("".join(chunks), span, (*offsets, span.end))


def _unescaped(escape: str) -> str:
    if len(escape) > 2:
        return chr(int(escape[2:], 16))
    return _ESCAPES.get(escape[1], escape[1])


def block_fragment(source: Source, start: int, end: int, value: str) -> Fragment:
    """Return the text of a literal or folded scalar that YAML reads as ``value``.

    ``start`` is the offset of its ``|`` or ``>``. The value is laid over the lines:
    what is not in it was indentation or a folded line end.
    """
    text = source.text
    header = _BLOCK_HEADER.match(text, start, end)
    at = header.end() if header else start
    indent = re.compile(f" {{0,{_block_indent(text[at:end], value)}}}")
    at = _skip(indent, text, at, end)
    chars: list[str] = []
    offsets: list[int] = []
    for char in value:
        found = _BREAK.match(text, at, end)
        while found and char not in " \n":
            at = _skip(indent, text, found.end(), end)
            found = _BREAK.match(text, at, end)
        offsets.append(at)
        chars.append(char if found or at >= end else text[at])
        at = _skip(indent, text, found.end(), end) if found else min(at + 1, end)
    if chars and chars[-1] == "\n":
        at = _line_end(text, offsets[-1], end)
    return Fragment("".join(chars), Span(source, start, at), (*offsets, at))


def _skip(indent: re.Pattern[str], text: str, at: int, end: int) -> int:
    found = indent.match(text, at, end)
    return found.end() if found else at


def _line_end(text: str, at: int, end: int) -> int:
    found = _BREAK.match(text, at, end)
    return found.end() if found else end


def _block_indent(lines: str, value: str) -> int:
    """Return how many spaces of each line are indentation."""
    written, meant = _BLOCK_INDENT.match(lines), _BLOCK_INDENT.match(value)
    if written and meant:
        return len(written[1]) - len(meant[1])
    blanks = max(map(len, re.split(r"[\r\n]", lines)))
    return blanks - max(map(len, value.split("\n")))
