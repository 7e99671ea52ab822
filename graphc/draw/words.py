"""The words in a drawing: labels, sizes, badges, ids."""

import re
from collections.abc import Sequence
from hashlib import sha256

from graphc.diagnostics import numeral
from graphc.ir import Family, Node, Op, Term

_LINE = 30
_LONGEST_LINE = 60
_MOST_LINES = 8
_LONGEST_ID = 200

_MARKED = re.compile(r"[^\w.\- ]")  # whatever may mean something in an id


def box_id(*path: str) -> str:
    """Return the id of what is reached along a path: ``stem/conv1``.

    Different paths have different ids: what is marked in a name becomes ``%XX``. Of a
    long one the end is a digest: Graphviz reads no more than 16,384 characters.
    """
    found = "/".join(map(_plain, path))
    if len(found) <= _LONGEST_ID:
        return found
    return f"{found[: _LONGEST_ID // 2]}/%{sha256(found.encode()).hexdigest()}"


def _plain(name: str) -> str:
    return _MARKED.sub(_coded, name)


def _coded(found: re.Match[str]) -> str:
    return f"%{ord(found[0]):02X}"


def times(count: object) -> str:
    """Return the badge of a repeat, a number with its sign; nothing for once."""
    if count in {1, None}:
        return ""
    return f"\u00d7{numeral(count)}" if isinstance(count, int) else f"\u00d7{count}"


def shared(node: Node) -> str:
    """Return the sign behind the name of a node whose module is another's."""
    return "" if node.same is None else f" = {node.same}"


def term_text(term: Term) -> str:
    """Return a term with its repeat before it."""
    if term.repeat is None:
        return _once(term)
    return f"{term.repeat} \u00d7 {_once(term)}"


def _once(term: Term) -> str:
    """Return one of a term; a module is called as the title over it is."""
    called = term.name if isinstance(term.target, Op) else term.target
    return " ".join([called, *map(str, term.arguments)])


def lines_of(terms: Sequence[Term], *, repeats: bool = True) -> tuple[str, ...]:
    """Return the label of a box: its terms in as few lines as look well.

    A use of a module has a line of its own where there are several terms. Repeats are
    left out where a badge tells them.
    """
    lines: list[str] = []
    open_line = False
    for term in terms:
        text = term_text(term) if repeats else _once(term)
        joins = isinstance(term.target, Op)
        if open_line and joins and len(lines[-1]) + 1 + len(text) <= _LINE:
            lines[-1] += f" {text}"
        else:
            lines += wrapped(text)
        open_line = joins
    return shortened(lines)


def wrapped(text: str) -> list[str]:
    """Return a text in lines, parted at blanks."""
    lines = [""]
    for word in text.split(" "):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > _LINE:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def shortened(lines: Sequence[str], longest: int = _LONGEST_LINE) -> tuple[str, ...]:
    """Return lines that there is room for, with ``…`` for what is left out."""
    kept = [cut(line, longest) for line in lines[:_MOST_LINES]]
    return (*kept, "\u2026") if len(lines) > _MOST_LINES else tuple(kept)


def cut(text: str, longest: int = _LONGEST_LINE) -> str:
    """Return a text of at most so many characters."""
    return text if len(text) <= longest else f"{text[: longest - 1]}\u2026"


def family_of(node: Node) -> Family | None:
    """Return the family that paints a node, its first op's; None for a module."""
    for term in node.terms:
        if not isinstance(term.target, Op):
            return None
    first = node.terms[0].target
    return first.family if isinstance(first, Op) else None
