"""A module in parts, each small enough to be drawn."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from graphc.ir import Edge, Graph, Node
from graphc.record import record

MOST_CHARACTERS = 50_000
"""The longest diagram that Mermaid draws, as JavaScript counts characters."""

MOST_EDGES = 500
"""The most arrows that Mermaid draws in one diagram."""

_FRAME = 4_000
"""Characters for what stands around nodes and edges: classes, front matter."""


def length(text: str) -> int:
    """Return the length of a text as JavaScript counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@record(eq=False)
class Part:
    """Nodes and edges that one diagram shows, in the order of the graph.

    ``strangers`` are the ends of its edges that other parts declare.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    strangers: tuple[str, ...] = ()


@record(eq=False)
class Lines:
    """The statement for each node and edge.

    ``comments`` are the characters of what is said of a node beside its statement,
    ``said`` those of what is said of the whole module.
    """

    nodes: Mapping[str, str]
    edges: Mapping[Edge, str]
    comments: Mapping[str, int]
    said: int


@dataclass(slots=True, eq=False)
class _Open:
    """A part that still grows."""

    room: int
    nodes: list[Node] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)

    def takes(self, characters: int, edges: int = 0) -> bool:
        """Whether there is room; a part that has nothing yet takes anything."""
        if not self.nodes and not self.edges:
            return True
        return characters <= self.room and len(self.edges) + edges <= MOST_EDGES


def parts(graph: Graph, lines: Lines) -> tuple[Part, ...]:
    """Return a graph in as many parts as it needs, one if it is small enough.

    Nodes and edges of all parts, one part after the other, stand in the order of the
    graph. An edge waits for its ends where that order lets it.
    """
    found = list(_filled(graph, lines))
    declared = [{node.name for node in part.nodes} for part in found]
    return tuple(
        Part(tuple(part.nodes), tuple(part.edges), _strangers(part.edges, own))
        for part, own in zip(found, declared, strict=True)
    )


def _filled(graph: Graph, lines: Lines) -> Iterator[_Open]:
    part = _Open(MOST_CHARACTERS - _FRAME - lines.said)
    for item in _order(graph):
        edge = isinstance(item, Edge)
        cost = _cost(item, lines)
        if not part.takes(cost, int(edge)):
            yield part
            part = _Open(MOST_CHARACTERS - _FRAME)
        part.room -= cost
        if isinstance(item, Edge):
            part.edges.append(item)
        else:
            part.nodes.append(item)
    yield part


def _order(graph: Graph) -> Iterator[Node | Edge]:
    """Yield nodes and edges in their orders, an edge as soon as its ends are there."""
    waiting = iter(graph.nodes.values())
    declared: set[str] = set()
    for edge in graph.edges:
        while not {edge.source, edge.target} <= declared:
            node = next(waiting)
            declared.add(node.name)
            yield node
        yield edge
    yield from waiting


def _cost(item: Node | Edge, lines: Lines) -> int:
    if isinstance(item, Node):
        return length(lines.nodes[item.name]) + lines.comments[item.name]
    # The ends may have to be mentioned once more, as strangers.
    return 2 * length(lines.edges[item])


def _strangers(edges: Sequence[Edge], own: set[str]) -> tuple[str, ...]:
    ends = [name for edge in edges for name in (edge.source, edge.target)]
    return tuple(dict.fromkeys(name for name in ends if name not in own))
