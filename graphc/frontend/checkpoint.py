"""What a spec says about the keys of a checkpoint."""

from collections.abc import Iterator

from graphc.diagnostics import Code, Diagnostic, Place, Sink, nearest
from graphc.frontend.fields import is_empty, mapping, sequence, text
from graphc.ir import CheckpointMap, Renaming
from graphc.lang import Hole, KeyText, names, parse_key
from graphc.reading import Entry, Mapping, Node, Scalar


def checkpoint(root: Mapping, sink: Sink) -> CheckpointMap | None:
    """Return the map under ``checkpoint``: keys of the model to keys of a checkpoint.

    Behind the key ``~`` stands what the model has no use for, one key or several. None
    if nothing stands there. Reports GC131 for what cannot be read.
    """
    node = root.get("checkpoint")
    if node is None or is_empty(node):
        return None
    entries = mapping(node, "`checkpoint`", sink)
    if entries is None:
        return None
    renamings: list[Renaming] = []
    unused: tuple[KeyText, ...] = ()
    for entry in entries.entries:
        if is_empty(entry.key):
            unused = tuple(_unused(entry.value, sink))
        elif (renaming := _renaming(entry, sink)) is not None:
            renamings.append(renaming)
    return CheckpointMap(tuple(renamings), unused) if renamings or unused else None


def _renaming(entry: Entry, sink: Sink) -> Renaming | None:
    own = _key(entry.key, sink)
    given = _key(entry.value, sink)
    if own is None or given is None or not _matches_once(own, sink):
        return None
    known = set(own.names)
    for part in given.parts:
        if isinstance(part, Hole) and not names(part.expr) <= known:
            sink.add(_unknown(part, own, sorted(known)))
            return None
    return Renaming(own, given)


def _unused(node: Node, sink: Sink) -> Iterator[KeyText]:
    if isinstance(node, Scalar):
        items: tuple[Node, ...] = (node,)
    else:
        found = sequence(node, "what the model has no use for", sink)
        items = () if found is None else found.items
    for item in items:
        key = _key(item, sink)
        if key is not None and _matches_once(key, sink):
            yield key


def _key(node: Node, sink: Sink) -> KeyText | None:
    if text(node, "a key of a checkpoint", sink) is None:
        return None
    assert isinstance(node, Scalar)
    return parse_key(node.fragment, sink, Code.GC131)


def _matches_once(key: KeyText, sink: Sink) -> bool:
    """Report what finds no numbers in a key, or could find different ones (GC131)."""
    holes = [part for part in key.parts if isinstance(part, Hole)]
    calculated = next((hole for hole in holes if hole.name is None), None)
    if calculated is not None:
        message = f"`{calculated}` is a calculation, and here a number is found"
        helps = ("write a name, such as `{i}`, and calculate behind the colon",)
        sink.add(_malformed(message, calculated, helps))
        return False
    for number, hole in enumerate(holes):
        if hole.name in key.names[:number]:
            sink.add(_malformed(f"`{hole}` stands twice in `{key}`", hole))
            return False
    return not _touches(key, sink)


def _touches(key: KeyText, sink: Sink) -> bool:
    """Report a hole beside a digit or another hole (GC131)."""
    for i, part in enumerate(key.parts):
        before = key.parts[i - 1] if i else ""
        after = key.parts[i + 1] if i + 1 < len(key.parts) else ""
        beside = (
            isinstance(before, Hole)
            or before[-1:].isdigit()
            or (isinstance(after, str) and after[:1].isdigit())
        )
        if isinstance(part, Hole) and beside:
            message = f"where the number `{part}` begins or ends cannot be told"
            sink.add(_malformed(message, part))
            return True
    return False


def _malformed(message: str, hole: Hole, helps: tuple[str, ...] = ()) -> Diagnostic:
    return Diagnostic(Code.GC131, message, Place(hole.expr.span), help=helps)


def _unknown(hole: Hole, own: KeyText, known: list[str]) -> Diagnostic:
    name = min(names(hole.expr) - set(known))
    meant = nearest(name, known)
    inside = "".join(f", `{{{each}}}`" for each in known)[2:]
    helps = (f"in reach: {inside}",) if known else ()
    return Diagnostic(
        Code.GC131,
        f"`{name}` is no number that `{own}` finds",
        Place(hole.expr.span),
        (Place(own.span, "found here" if known else "nothing is found here"),),
        help=(f"did you mean `{meant}`?",) if meant else helps,
    )
