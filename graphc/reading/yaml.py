"""The YAML of a spec as a tree of nodes."""

import yaml

from graphc.diagnostics import Code, Diagnostic, Place, Sink
from graphc.reading.composer import Composer
from graphc.reading.events import FORBIDDEN, events, is_ordinary, parseable, parser
from graphc.reading.nodes import Node, Scalar
from graphc.reading.syntax import syntax_fault
from graphc.source import Source, Span

_BOM = "\ufeff"
_LIBYAML_TOO_DEEP = "nesting depth"


def compose(source: Source, sink: Sink, *, pure: bool = False) -> Node | None:
    """Return the tree of the source's YAML, or None if it has none to be read.

    Keys are unique, merges and aliases carried out; a node that is aliased is the same
    object wherever it stands. Scalars follow YAML 1.2's core schema. After a fault that
    leaves the rest readable the tree is given too. ``pure`` asks for PyYAML's parser
    written in Python, to the same effect. Codes: GC004 nothing but blanks and comments;
    GC010 not YAML; GC011 a key twice; GC012 nested too deeply; GC013 an alias that
    leads nowhere, to itself or to too much; GC015 tags, several documents, keys that
    are no scalars; GC103 a merge of something else than mappings.
    """
    shift = 1 if source.text.startswith(_BOM) else 0
    _report_forbidden(source, sink, shift)
    composer = Composer(source, sink, shift)
    try:
        composer.take(events(parser(parseable(source.text[shift:]), pure=pure)))
    except yaml.MarkedYAMLError as error:
        if not pure and _LIBYAML_TOO_DEEP in (error.problem or ""):
            return compose(source, sink, pure=True)
        sink.add(syntax_fault(error, source, shift, composer.bracket))
        return None
    return _content(composer, source, sink)


def _content(composer: Composer, source: Source, sink: Sink) -> Node | None:
    root = composer.root
    if composer.failed:
        return None
    if root is None or (isinstance(root, Scalar) and root.plain and not root.text):
        message = f"`{source.name}` is empty"
        sink.add(Diagnostic(Code.GC004, message, file=source.name))
        return None
    return root


def _report_forbidden(source: Source, sink: Sink, shift: int) -> None:
    """Report the characters that YAML does not allow, by the first of them."""
    if is_ordinary(source.text):
        return
    found = FORBIDDEN.search(source.text, shift)
    if not found:
        return
    place = Place(Span(source, found.start(), found.end()), "not allowed")
    message = f"YAML does not allow the character U+{ord(found[0]):04X}"
    more = sum(1 for _ in FORBIDDEN.finditer(source.text, found.end()))
    notes = (f"{more} more of its kind follow",) if more else ()
    remedy = (f'in double quotes write it as `"{_escape(found[0])}"`, or delete it',)
    sink.add(Diagnostic(Code.GC010, message, place, notes=notes, help=remedy))


def _escape(char: str) -> str:
    return f"\\x{ord(char):02x}" if ord(char) < 0x100 else f"\\u{ord(char):04x}"
