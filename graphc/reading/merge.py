"""The entries of a mapping: each key once, merge keys carried out."""

from collections.abc import Iterator

from graphc.diagnostics import Code, Diagnostic, Place, Sink
from graphc.reading.nodes import Entry, Mapping, Node, Scalar, Sequence
from graphc.source import Span

_MERGE = "<<"


def settled(entries: list[Entry], span: Span, sink: Sink) -> Mapping:
    """Return the mapping at ``span``, merged entries in the place of their ``<<``.

    A key written in the mapping itself wins over a merged one, wherever it stands; of
    several merged mappings the first wins. Of a key written twice the first stays.
    Codes: GC011 a key is given twice, GC103 a merge of something else.
    """
    if _are_simple(entries):
        return Mapping(tuple(entries), span)
    own = _once(entries, sink)
    taken = {entry.name for entry in own if not _is_merge(entry)}
    kept: list[Entry] = []
    for entry in own:
        if not _is_merge(entry):
            kept.append(entry)
            continue
        for merged in _merged(entry.value, sink):
            if merged.name not in taken:
                taken.add(merged.name)
                kept.append(merged)
    return Mapping(tuple(kept), span, _is_broken(entries))


def _are_simple(entries: list[Entry]) -> bool:
    """Return whether all keys differ and none may be a merge."""
    if len(entries) == 1:  # as of most edges: no need to gather names
        return entries[0].key.text != _MERGE
    names = {entry.key.text for entry in entries}
    return len(names) == len(entries) and _MERGE not in names


def _is_broken(entries: list[Entry]) -> bool:
    """Return whether a ``<<`` has anything but mappings to bring along."""
    for entry in entries:
        if _is_merge(entry):
            value = entry.value
            items = value.items if isinstance(value, Sequence) else (value,)
            if not all(isinstance(one, Mapping) and not one.faulty for one in items):
                return True
    return False


def _is_merge(entry: Entry) -> bool:
    return entry.key.plain and entry.key.text == _MERGE


def _once(entries: list[Entry], sink: Sink) -> list[Entry]:
    """Return the first entry of each key; report the others."""
    first: dict[tuple[str, bool], Entry] = {}
    for entry in entries:
        earlier = first.setdefault((entry.name, _is_merge(entry)), entry)
        if earlier is not entry:
            sink.add(_doubled(entry, earlier))
    return list(first.values())


def _doubled(entry: Entry, earlier: Entry) -> Diagnostic:
    remedy = ("merge several mappings by one key: `<<: [*a, *b]`",)
    return Diagnostic(
        Code.GC011,
        f"the key `{entry.name}` is given twice",
        Place(entry.key.span, "given again here"),
        related=(Place(earlier.key.span, "first given here"),),
        help=remedy if _is_merge(entry) else (),
    )


def _merged(value: Node, sink: Sink) -> Iterator[Entry]:
    """Yield the entries that the value of a ``<<`` brings along."""
    for node in value.items if isinstance(value, Sequence) else (value,):
        if isinstance(node, Mapping):
            yield from node.entries
        elif not (isinstance(node, Scalar) and node.faulty):
            message = "`<<` merges mappings only"
            place = Place(node.span, "this is no mapping")
            sink.add(Diagnostic(Code.GC103, message, place))
