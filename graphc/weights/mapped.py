"""Whether the map of a spec's head fits the keys of its model."""

import re
from collections.abc import Iterator, Mapping, Sequence

from graphc.diagnostics import Code, Diagnostic, Place, nearest
from graphc.emit.torch import drafts, state
from graphc.infer import Sized
from graphc.ir import CheckpointMap, Renaming
from graphc.lang import KeyText


def check_map(sized: Sized) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the checkpoint's map of a network without errors.

    GC131: an entry that gives a key no number. GC132: an entry that no key
    needs. GC133: two keys that become one, or keys that are only the model's own in
    another order.
    """
    known = sized.network.meta.checkpoint
    if known is None:
        return ()
    keys = [tensor.key for tensor in state(sized, drafts(sized))]
    uses = _uses(known, keys)
    return (
        *_without_use(sized, known, uses, keys),
        *_numberless(uses),
        *(_collisions(known, keys) or _permutation(known, keys)),
        *_own_unused(known, keys),
    )


def _uses(known: CheckpointMap, keys: Sequence[str]) -> dict[Renaming, list[str]]:
    """Return the keys for which each entry holds."""
    uses: dict[Renaming, list[str]] = {one: [] for one in known.renamings}
    for key in keys:
        renaming = known.renaming(key)
        if renaming is not None:
            uses[renaming].append(key)
    return uses


def _without_use(
    sized: Sized,
    known: CheckpointMap,
    uses: Mapping[Renaming, list[str]],
    keys: Sequence[str],
) -> Iterator[Diagnostic]:
    for renaming in known.renamings:
        if uses[renaming]:
            continue
        own = renaming.own
        taken = next((key for key in keys if own.match(key) is not None), None)
        if taken is None and sized.network.kept:
            continue  # it may be for what leads to the outputs that were left out
        if taken is None:
            meant = nearest(str(own), _heads(own, keys))
            message = f"no key of the model begins with `{own}`"
            helps = (f"did you mean `{meant}`?",) if meant else ()
            yield Diagnostic(Code.GC132, message, Place(own.span), help=helps)
            continue
        winner = known.renaming(taken)
        also = () if winner is None else (Place(winner.own.span, "this says more"),)
        message = f"other entries hold for all that `{own}` matches"
        yield Diagnostic(Code.GC132, message, Place(own.span), also)


def _heads(own: KeyText, keys: Sequence[str]) -> list[str]:
    """Return how keys begin, in as many parts, and with as many numbers left open."""
    count = own.rank[0] + 1
    heads = dict.fromkeys(".".join(key.split(".")[:count]) for key in keys)
    names = [f"{{{name}}}" for name in own.names]
    found = []
    for head in heads:
        parts = re.split(r"\d+", head, maxsplit=len(names))
        if len(parts) == len(names) + 1:
            ends = zip(names, parts[1:], strict=True)
            found.append(parts[0] + "".join(name + part for name, part in ends))
    return found


def _numberless(uses: Mapping[Renaming, list[str]]) -> Iterator[Diagnostic]:
    for renaming, keys in uses.items():
        key = next((key for key in keys if renaming(key) is None), None)
        if key is not None:
            message = f"`{renaming.given}` is no key where the model's is `{key}`"
            also = (Place(renaming.own.span, "finds its number"),)
            place = Place(
                renaming.given.span, "a number in it is below 0, or too large"
            )
            yield Diagnostic(Code.GC131, message, place, also)


def _collisions(known: CheckpointMap, keys: Sequence[str]) -> tuple[Diagnostic, ...]:
    """Return a finding for the first pair of keys that each pair of entries makes one.

    Of keys that follow from the same two entries one pair is told.
    """
    owners: dict[str, str] = {}
    found: dict[tuple[KeyText | None, KeyText | None], Diagnostic] = {}
    for key in keys:
        given = known.given(key)
        other = owners.setdefault(given, key)
        if other == key:
            continue
        entries = [known.renaming(one) for one in (key, other)]
        spans = [entry.given.span for entry in entries if entry is not None]
        message = f"`{other}` and `{key}` are both called `{given}` in the checkpoint"
        also = tuple(Place(span) for span in spans[1:] if span != spans[0])
        pair = tuple(None if entry is None else entry.own for entry in entries)
        found.setdefault(
            (pair[0], pair[1]), Diagnostic(Code.GC133, message, Place(spans[0]), also)
        )
    return tuple(found.values())


def _permutation(known: CheckpointMap, keys: Sequence[str]) -> tuple[Diagnostic, ...]:
    given = [known.given(key) for key in keys]
    if given == list(keys) or set(given) != set(keys):
        return ()
    (first, *_) = known.renamings
    message = "the checkpoint's keys are the model's own in another order"
    note = "a load could not tell such a checkpoint from one of the model itself"
    helps = ("call the nodes as the checkpoint does",)
    return (
        Diagnostic(
            Code.GC133, message, Place(first.own.span), notes=(note,), help=helps
        ),
    )


def _own_unused(known: CheckpointMap, keys: Sequence[str]) -> Iterator[Diagnostic]:
    for pattern in known.unused:
        for key in keys:
            given = known.given(key)
            if pattern.match(key) or pattern.match(given):
                message = (
                    f"`{pattern}` is of no use, and `{key}` is loaded from `{given}`"
                )
                yield Diagnostic(Code.GC133, message, Place(pattern.span))
                break
