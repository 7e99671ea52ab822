"""Edges as written: names with arrows between them."""

import re
from dataclasses import field

from graphc.diagnostics import Code, Diagnostic, Place, Sink
from graphc.record import record
from graphc.source import Fragment, Span


@record
class EndText:
    """One end of an edge: ``name`` is a node, or a node and its port (``split.0``)."""

    name: str
    span: Span = field(compare=False)

    def __str__(self) -> str:
        if _BARE.fullmatch(self.name) and not _WRONG_ARROW.search(self.name):
            return self.name
        escaped = self.name.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'


@record
class EdgeText:
    """An edge or a chain of edges: two ends or more."""

    ends: tuple[EndText, ...]
    span: Span = field(compare=False)

    def __str__(self) -> str:
        return " -> ".join(map(str, self.ends))


_ARROW = re.compile(r"\s*->\s*")
_BARE = re.compile(r'(?![">])(?:(?!->)\S)+')
_PLAIN = r"([\w.]+(?:-\w[\w.]*)*)"
_PLAIN_PAIR = re.compile(rf"{_PLAIN}\s*->\s*{_PLAIN}")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*+)"', re.DOTALL)
_WRONG_ARROW = re.compile(
    r"<-+>?|(?<!-)-{2,}+>|-\.+->|(?<!=)=++>|(?<!~)~++>|[\u2010-\u2015\u2212]>"
    r"|[\u2192\u21d2\u27f6\u27f9\u27fc\u21a6\u2794\u279c]"
)
_TAILED = re.compile(r"->>+|>+")
_SIGNS = re.compile(r"[-=~<>|]+(?:\s*>)?(?=\s|$)")


def parse_edge(fragment: Fragment, sink: Sink) -> EdgeText | None:
    r"""Return the edge that the whole text is, or None and a finding.

    edge = end ("->" end)+
    end  = bare | quoted
    bare = characters other than blanks, without "->" among them and not beginning
           with a double quote or ">"; an arrow of another kind in it is refused
    quoted = any characters between double quotes, ``\"`` and ``\\`` for these two

    The port stays attached to the name: see ``split_port``. Linear in the text.
    Reports GC107.
    """
    text = fragment.text
    ends: list[EndText] = []
    at = len(text) - len(text.lstrip())
    first = at
    while True:
        end, stop = _read_end(fragment, at, sink)
        if end is None:
            return None
        ends.append(end)
        arrow = _ARROW.match(text, stop)
        if arrow is None:
            break
        at = arrow.end()
    if text[stop:].strip():
        _refuse_rest(fragment, stop, sink)
        return None
    if len(ends) < 2:
        message = f"an edge needs two ends, and only `{ends[0].name}` is given"
        remedy = f"write `{ends[0]} -> NAME`"
        _refuse(fragment, sink, (first, stop), message, remedy)
        return None
    return EdgeText(tuple(ends), fragment.slice(first, stop))


def plain_pair(text: str) -> tuple[str, str] | None:
    """Return the names of an edge between two names of letters, digits, ``_``, ``.``.

    A ``-`` between letters may stand in them too. ``parse_edge`` gives the same names.
    None for any other text, sound or not.
    """
    found = _PLAIN_PAIR.fullmatch(text)
    return None if found is None else (found[1], found[2])


def split_port(text: str) -> tuple[str, str | None]:
    """Return node and port of an end, parted at its last dot; no dot, no port.

    A text that begins or ends with its last dot has no port either.
    """
    node, dot, port = text.rpartition(".")
    return (node, port) if dot and node and port else (text, None)


def _read_end(fragment: Fragment, at: int, sink: Sink) -> tuple[EndText | None, int]:
    """Return the end that starts at ``at`` and where it stops."""
    text = fragment.text
    if quoted := _QUOTED.match(text, at):
        if quoted.end() == at + 2:
            _refuse(fragment, sink, quoted.span(), "a name is empty")
            return None, at
        name = re.sub(r'\\(["\\])', r"\1", quoted[1])
        return EndText(name, fragment.slice(at, quoted.end())), quoted.end()
    if text.startswith('"', at):
        _refuse(fragment, sink, (at, at + 1), "the quote before a name is never closed")
        return None, at
    bare = _BARE.match(text, at)
    if bare is None:
        _refuse_missing(fragment, at, sink)
        return None, at
    if wrong := _WRONG_ARROW.search(text, at, bare.end() + 2):
        _refuse_arrow(fragment, wrong, sink)
        return None, at
    return EndText(bare[0], fragment.slice(at, bare.end())), bare.end()


def _refuse_arrow(fragment: Fragment, wrong: re.Match[str], sink: Sink) -> None:
    message = f"`{wrong[0].rstrip()}` is no arrow"
    remedy = "write `->`, with the node that gives the tensor on its left"
    _refuse(fragment, sink, wrong.span(), message, remedy)


def _refuse_missing(fragment: Fragment, at: int, sink: Sink) -> None:
    """Report an end that is not there: nothing stands at ``at``, or an arrow."""
    text = fragment.text
    before = at - 2 if text[max(at - 2, 0) : at] == "->" else at
    if text.startswith(">", at) and (tailed := _TAILED.match(text, before)):
        _refuse_arrow(fragment, tailed, sink)
    elif text.startswith("->", at):
        _refuse(fragment, sink, (at, at + 2), "the name before `->` is missing")
    elif "->" in text:
        arrow = text.rindex("->")
        place = (arrow, arrow + 2)
        _refuse(fragment, sink, place, "the name after `->` is missing")
    else:
        _refuse(fragment, sink, (0, len(text)), "the edge is empty", "write `a -> b`")


def _refuse_rest(fragment: Fragment, stop: int, sink: Sink) -> None:
    """Report what stands behind an end and is no arrow."""
    text = fragment.text
    at = len(text) - len(text[stop:].lstrip())
    if wrong := _WRONG_ARROW.match(text, at) or _SIGNS.match(text, at):
        _refuse_arrow(fragment, wrong, sink)
        return
    end = at + len(text[at:].split(maxsplit=1)[0])
    message = f"`{text[at:end]}` stands where an edge goes on with `->` or ends"
    remedy = "put a name with blanks or quotes in double quotes"
    if text[:at].rstrip().endswith(":"):
        remedy = f"leave out the quotes around the edge: `{text}`"
    elif text[at] in "&," or text[stop - 1] == ",":
        remedy = "write an edge of its own for each pair of nodes"
    _refuse(fragment, sink, (at, end), message, remedy)


def _refuse(
    fragment: Fragment,
    sink: Sink,
    place: tuple[int, int],
    message: str,
    *remedies: str,
) -> None:
    span = fragment.slice(*place)
    sink.add(Diagnostic(Code.GC107, message, Place(span), help=remedies))
