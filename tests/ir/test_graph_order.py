"""The order of a graph's nodes, and the edges at each."""

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from steps import growth

from graphc.ir import Edge, Graph, Node
from graphc.source import Source, Span

HERE = Span(Source("", ""), 0, 0)


def graph(count: int, pairs: list[tuple[int, int]]) -> Graph:
    """Return a graph of nodes ``0``, ``1`` and so on, with an edge for each pair."""
    nodes = [Node(f"{number}", (), HERE, HERE) for number in range(count)]
    arrived: dict[int, int] = {}
    edges = []
    for source, target in pairs:
        port = arrived[target] = arrived.get(target, -1) + 1
        edges.append(Edge(f"{source}", 0, f"{target}", port, None, HERE))
    return Graph(nodes, edges)


def numbers(made: Graph) -> list[int]:
    return [int(node.name) for node in made.order]


def test_the_order_is_the_declared_one_where_that_will_do() -> None:
    assert numbers(graph(4, [(0, 1), (0, 3), (2, 3)])) == [0, 1, 2, 3]


def test_a_node_comes_behind_what_it_reads_and_else_as_declared() -> None:
    assert numbers(graph(5, [(4, 0), (0, 2)])) == [1, 3, 4, 0, 2]


def test_a_cycle_has_no_order() -> None:
    with pytest.raises(ValueError, match="cycle"):
        assert graph(3, [(0, 1), (1, 2), (2, 1)]).order


@settings(phases=[Phase.explicit, Phase.generate])
@given(st.permutations(range(7)), st.sets(st.tuples(*[st.integers(0, 6)] * 2)))
def test_the_order_is_the_first_of_all_by_declaration(
    ranks: list[int], pairs: set[tuple[int, int]]
) -> None:
    forward = sorted(pair for pair in pairs if ranks[pair[0]] < ranks[pair[1]])
    found = numbers(graph(7, forward))
    for place, number in enumerate(found):
        left = set(found[place:])
        ready = {n for n in left if not any(s in left for s, t in forward if t == n)}
        assert number == min(ready)


def test_edges_into_a_node_stand_by_input() -> None:
    made = graph(3, [(0, 2), (1, 2), (0, 2)])
    turned = Graph(tuple(made.nodes.values()), made.edges[::-1])
    assert [edge.input for edge in turned.into("2")] == [0, 1, 2]
    assert turned.into("0") == ()


def test_the_order_costs_what_the_graph_is_long() -> None:
    def backwards(count: int) -> list[int]:
        return numbers(graph(count, [(n + 1, n) for n in range(count - 1)]))

    assert growth(backwards, 100, 1_000) < 11
