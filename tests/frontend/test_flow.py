"""What no input reaches, told as networkx tells it."""

from itertools import combinations

import networkx as nx
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from spec_texts import body, run

COUNT = 7
NAMES = ["image", *(f"n{i}" for i in range(1, COUNT))]
FORWARD = st.lists(
    st.sampled_from(list(combinations(range(COUNT), 2))), unique=True, max_size=10
)


@settings(phases=[Phase.explicit, Phase.generate])
@given(FORWARD, st.permutations(NAMES))
def test_each_part_that_no_input_reaches_is_told_once(
    pairs: list[tuple[int, int]], order: list[str]
) -> None:
    labels = dict.fromkeys(order, "Concat") | {"image": "Input"}
    nodes = "\n".join(f"{name}: {label}" for name, label in labels.items())
    edges = "\n".join(f"- {NAMES[a]} -> {NAMES[b]}" for a, b in pairs)
    found = run(body(nodes, edges or "[]"))[1]
    told = [one.message for one in found if one.code.name == "GC111"]

    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(NAMES)
    graph.add_edges_from((NAMES[a], NAMES[b]) for a, b in pairs)
    lost = set(NAMES) - {"image"} - nx.descendants(graph, "image")
    parts = list(nx.weakly_connected_components(graph.subgraph(lost)))
    assert sorted(map(counted, told)) == sorted(map(len, parts))
    for message in told:
        root = message.split("`")[1]
        roots = [name for name in order if name in lost and not graph.in_degree(name)]
        assert root in roots


def counted(message: str) -> int:
    """Return how many nodes a report speaks of."""
    if " and one more node" in message:
        return 2
    return int(message.split()[4]) + 1 if "more nodes" in message else 1
