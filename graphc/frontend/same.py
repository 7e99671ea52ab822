"""Nodes that apply the module of another one again: ``same as NAME``."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from graphc.diagnostics import Code, Diagnostic, Place, Sink
from graphc.frontend.fields import check_keys
from graphc.frontend.guesses import Guesses
from graphc.frontend.labels import is_read, note_of
from graphc.frontend.settle import stand_in
from graphc.ir import Node, reworded
from graphc.reading import Entry, Scalar
from graphc.reading import Mapping as YamlMapping
from graphc.reading import Node as YamlNode
from graphc.record import record
from graphc.source import Span

_SAME = re.compile(r"\s*same\s+as\s+(\S(?:.*\S)?)\s*", re.DOTALL)
_KEYS = ("label", "note")
_MOST_SHOWN = 8


@record
class SameAs:
    """The node that a label ``same as NAME`` names, and where it does."""

    name: str
    span: Span


def same_as(label: YamlNode) -> SameAs | None:
    """Return the node that a label names as its own, None for any other label."""
    if isinstance(label, YamlMapping):
        inner = label.get("label")
        return same_as(inner) if isinstance(inner, Scalar) else None
    if not isinstance(label, Scalar) or "same" not in label.text:
        return None
    found = None if label.faulty else _SAME.fullmatch(label.text)
    if found is None:
        return None
    return SameAs(found[1], label.fragment.slice(found.start(1), found.end(1)))


def twins(
    entries: Iterable[Entry],
    written: Mapping[str, SameAs],
    nodes: Mapping[str, Node],
    sink: Sink,
) -> dict[str, Node]:
    """Return the nodes whose labels name others, with the terms of these.

    ``written`` has what their labels name, ``nodes`` every other node. Codes: GC101,
    GC123.
    """
    guesses = Guesses([*nodes, *written])
    ends = _ends(written)
    problems = {
        end: _problem(end, written, nodes, guesses)
        for end in dict.fromkeys(ends.values())
    }
    sink.extend(problem for problem in problems.values() if problem is not None)
    found: dict[str, Node] = {}
    for entry in entries:
        if entry.name in written:
            end = ends[entry.name]
            sound = problems[end] is None
            origin = nodes[written[end].name] if sound else None
            found[entry.name] = _twin(entry, origin, sink)
    return found


def _ends(written: Mapping[str, SameAs]) -> dict[str, str]:
    """Return for each node the last of those that lead from it to what they share.

    In a circle it is the one that leads back.
    """
    ends: dict[str, str] = {}
    for name in written:
        way: dict[str, None] = {}
        at = name
        while at not in ends and at not in way:
            way[at] = None
            at = written[at].name if written[at].name in written else at
        end = ends[at] if at in ends else next(reversed(way))
        ends |= dict.fromkeys(way, end)
    return ends


def _problem(
    end: str, written: Mapping[str, SameAs], nodes: Mapping[str, Node], guesses: Guesses
) -> Diagnostic | None:
    """Return why the node at the end of a way has no module to apply again."""
    last = written[end]
    if last.name in written:
        message = f"`{last.name}` is only the same as itself: {_circle(end, written)}"
        return Diagnostic(Code.GC123, message, Place(last.span))
    origin = nodes.get(last.name)
    if origin is None:
        meant = guesses.nearest(last.name)
        remedy = (f"did you mean `{meant}`?",) if meant is not None else ()
        message = f"there is no node `{last.name}` in this graph"
        notes = ("all that stands behind `same as` is the name",) * (" " in last.name)
        place = Place(last.span)
        return Diagnostic(Code.GC123, message, place, notes=notes, help=remedy)
    if origin.is_input or origin.is_output:
        end = origin.terms[0].name
        message = f"`{last.name}` is an `{end}`, which is no module to apply again"
        related = (Place(origin.label_span),)
        return Diagnostic(Code.GC123, message, Place(last.span), related)
    return None


def _circle(end: str, written: Mapping[str, SameAs]) -> str:
    names = [written[end].name]
    while names[-1] != end:
        names.append(written[names[-1]].name)
    shown = [*names[:_MOST_SHOWN], "..."] if len(names) > _MOST_SHOWN else names
    return " -> ".join([*shown, names[0]])


def _twin(entry: Entry, origin: Node | None, sink: Sink) -> Node:
    label = entry.value
    if isinstance(label, YamlMapping):
        check_keys(label, _KEYS, "a node with a label", sink)
    span, note = label.span, note_of(label, sink)
    if origin is None or not is_read(origin):
        unknown = (stand_in(entry.name, span),)
        return Node(entry.name, unknown, entry.key.span, span, note)
    terms = tuple(
        replace(reworded(term, span=span, name_span=span), shape=None)
        for term in origin.terms
    )
    return Node(entry.name, terms, entry.key.span, span, note, origin.name)
