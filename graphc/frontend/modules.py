"""How the modules of a spec use one another."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from graphc.diagnostics import Code, Diagnostic, Place, Sink
from graphc.frontend.draft import Draft
from graphc.frontend.settle import stand_in
from graphc.frontend.structure import circles
from graphc.ir import Node, Term
from graphc.source import Span

DEEPEST = 2_000
"""How many modules may stand within one another."""

_MOST_SHOWN = 8

Drafts = Mapping[str, Draft]


def finite(drafts: Drafts, sink: Sink) -> dict[str, Draft]:
    """Return graphs without the uses by which modules contain themselves.

    Reports these (GC113), and modules that stand too deep within others (GC012).
    """
    uses = {name: dict.fromkeys(one.uses()) for name, one in drafts.items()}
    closing: dict[str, set[str]] = {}
    for row in circles({name: list(used) for name, used in uses.items()}):
        sink.add(_contains_itself(row, drafts))
        closing.setdefault(row[-1], set()).add(row[0])
    for name, used in closing.items():
        for one in used:
            del uses[name][one]
    depth = _depths(uses)
    deepest = [name for name, levels in depth.items() if levels == DEEPEST]
    if deepest:
        message = f"modules stand more than {DEEPEST:,} deep within one another"
        place = Place(drafts[deepest[0]].header.span, "too deep")
        sink.add(Diagnostic(Code.GC012, message, place))
    for name, inner in uses.items():
        too_deep = {used for used in inner if depth[used] % DEEPEST == 0}
        closing.setdefault(name, set()).update(too_deep)
    return {
        name: _without(one, closing[name]) if closing.get(name) else one
        for name, one in drafts.items()
    }


def _use(one: Draft, used: str) -> Span:
    return next(term.name_span for term in one.terms() if term.target == used)


def _contains_itself(row: tuple[str, ...], drafts: Drafts) -> Diagnostic:
    """Return the finding for a row of modules that use the next, the last the first."""
    called = {name: drafts[name].name for name in row}
    names = list(called.values())
    shown = [*names[:_MOST_SHOWN], "..."] if len(row) > _MOST_SHOWN else names
    steps = [*pairwise(row), (row[-1], row[0])]
    first, *others = [
        Place(_use(drafts[name], used), f"`{called[name]}` uses `{called[used]}` here")
        for name, used in (*steps[:_MOST_SHOWN], *steps[_MOST_SHOWN:][-1:])
    ]
    message = f"`{names[0]}` contains itself: {' -> '.join([*shown, names[0]])}"
    return Diagnostic(Code.GC113, message, first, tuple(others))


def _depths(uses: Mapping[str, Mapping[str, None]]) -> dict[str, int]:
    """Return how deep each module stands, at the most, where the model stands at 0.

    The modules must not contain themselves.
    """
    waiting = dict.fromkeys(uses, 0)
    for used in uses.values():
        for name in used:
            waiting[name] += 1
    depth = dict.fromkeys(uses, 0)
    ready = [name for name, count in waiting.items() if not count]
    while ready:
        name = ready.pop()
        for inner in uses[name]:
            depth[inner] = max(depth[inner], depth[name] + 1)
            waiting[inner] -= 1
            if not waiting[inner]:
                ready.append(inner)
    return depth


def _without(one: Draft, used: set[str]) -> Draft:
    """Return a graph in which the uses of some modules say nothing."""
    nodes = {name: _silenced(node, used) for name, node in one.nodes.items()}
    return replace(one, nodes=nodes)


def _silenced(node: Node, used: set[str]) -> Node:
    terms = tuple(_silent(term, used) for term in node.terms)
    return node if terms == node.terms else replace(node, terms=terms)


def _silent(term: Term, used: set[str]) -> Term:
    if isinstance(term.target, str) and term.target in used:
        return stand_in(term.name, term.name_span)
    return term
