"""How deep the modules of a network are opened, so that there are not too many rows."""

from collections import Counter

from graphc.cost import Part, parts
from graphc.infer import Instance
from graphc.ir import Node
from graphc.record import record

MOST_ROWS = 10_000
"""Modules are opened only as deep as gives no more rows than these."""


@record
class Depth:
    """Levels of modules that are opened, and whether there are more behind them."""

    levels: int
    has_more: bool


def deepest(model: Instance, wanted: int | None) -> Depth:
    """Return the depth that is ``wanted``, None for all, or less if it has many rows.

    Level by level, each distinct instance of a level is counted once.
    """
    level = Counter({model: 1})
    total, found = _rows(level), 0
    inner = _inside(level)
    while inner and found != wanted:
        total += _rows(inner)
        if total > MOST_ROWS:
            break
        level, found = inner, found + 1
        inner = _inside(level)
    return Depth(found, has_more=bool(inner))


def is_one(found: tuple[Part, ...]) -> bool:
    """Whether a node is a single thing, which has no row beside the node's."""
    return len(found) == 1 and found[0].count == 1


def _rows(level: Counter[Instance]) -> int:
    """Return how many rows there are on a level."""
    return sum(
        count * _of_node(one, node)
        for one, count in level.items()
        for node in one.module.graph.nodes.values()
    )


def _of_node(instance: Instance, node: Node) -> int:
    found = () if node.same is not None else parts(instance.stages(node))
    return 1 if is_one(found) else 1 + len(found)


def _inside(level: Counter[Instance]) -> Counter[Instance]:
    """Return what is opened inside the instances of a level, and how often."""
    inner: Counter[Instance] = Counter()
    for one, count in level.items():
        for node in one.module.graph.nodes.values():
            for part in parts(one.stages(node)) if node.same is None else ():
                if part.instance is not None:
                    inner[part.instance] += count
    return inner
