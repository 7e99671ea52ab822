"""Anchors and aliases, followed only as far as the tree stays small."""

from dataclasses import dataclass
from itertools import islice

from graphc.diagnostics import Code, Diagnostic, Place, nearest
from graphc.reading.nodes import Node
from graphc.source import Span

DEPTH_LIMIT = 64
COPY_LIMIT = 100_000
_GUESSES = 20
"""For so many unknown aliases a near name is looked for; each look takes time."""
_CANDIDATES = 500


@dataclass(slots=True)
class Anchor:
    """An anchored node: None while it is being read.

    ``size`` counts the nodes under it, itself and what its aliases stand for included;
    ``height`` the collections on the way down to the deepest of them.
    """

    span: Span
    node: Node | None = None
    size: int = 0
    height: int = 0


class Anchors:
    """The anchors of a document; of two with one name the later holds, as in YAML."""

    def __init__(self) -> None:
        self._known: dict[str, Anchor] = {}
        self._copied = 0
        self._guesses = 0
        self._too_much: Diagnostic | None = None

    def open(self, name: str, span: Span) -> Anchor:
        """Return the anchor ``name`` for a node that begins; close it by filling it."""
        anchor = Anchor(span)
        self._known[name] = anchor
        return anchor

    def follow(self, name: str, place: Span, depth: int) -> Anchor | Diagnostic:
        """Return what the alias at ``place``, within ``depth`` collections, stands for.

        Codes: GC012 nested too deeply with what it stands for; GC013 unknown, around
        itself, or more than ``COPY_LIMIT`` nodes with all aliases before it (the same
        finding from then on: that of the first alias too many).
        """
        anchor = self._known.get(name)
        if anchor is None:
            return self._unknown(name, place)
        if anchor.node is None:
            return Diagnostic(
                Code.GC013,
                f"the alias `*{name}` stands inside what it stands for",
                Place(place, "leads back to where it is"),
                related=(Place(anchor.span, f"`&{name}` begins here"),),
            )
        if depth + anchor.height > DEPTH_LIMIT:
            return too_deep(place)
        if self._too_much or self._copied + anchor.size > COPY_LIMIT:
            self._too_much = self._too_much or _too_much(name, place, anchor)
            return self._too_much
        self._copied += anchor.size
        return anchor

    def _unknown(self, name: str, place: Span) -> Diagnostic:
        self._guesses += 1
        known = self._known if self._guesses <= _GUESSES else ()
        near = nearest(name, islice(known, _CANDIDATES))
        meant = (f"did you mean `*{near}`?",) if near else ()
        return Diagnostic(
            Code.GC013,
            f"nothing above is anchored as `&{name}`",
            Place(place, "an alias"),
            help=(*meant, f'if `*` is meant as text, quote it: `"{place.text}"`'),
        )


def _too_much(name: str, place: Span, anchor: Anchor) -> Diagnostic:
    return Diagnostic(
        Code.GC013,
        f"the aliases stand for more than {COPY_LIMIT:,} nodes",
        Place(place, f"stands for {anchor.size:,}"),
        related=(Place(anchor.span, f"`&{name}` is written here"),),
    )


def too_deep(place: Span) -> Diagnostic:
    """Return the finding GC012 at the collection or alias that is one too deep."""
    return Diagnostic(
        Code.GC012,
        f"more than {DEPTH_LIMIT} collections are nested",
        Place(place, "too deep"),
    )
