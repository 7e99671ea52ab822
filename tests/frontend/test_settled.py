"""Laws: any text gives findings or a graph that every later stage can take."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spec_texts import HEAD, run
from steps import growth

from graphc.diagnostics import Sink
from graphc.frontend import elaborate, load
from graphc.frontend.counts import Fits
from graphc.frontend.ports import Interface, Interfaces
from graphc.frontend.settle import settle
from graphc.ir import Module, Network, Op
from graphc.source import Source

SPECS = sorted((Path(__file__).parents[2] / "specs").glob("*.yaml"))

LABELS = [
    "Input", "Input", "Output", "ReLU", "Sum", "Concat", "Conv 8 k=3", "MatMul",
    "Split [1,2]", "Chunk 2", "Attention 2", "M", "N", "2 x M", "3 x N", "M N",
    "Conv 8 k=1 BN ReLU", "ReLU Sum", "Cnov 3", "Conv k=", "2 x Concat", "Input BN",
]  # fmt: skip
NAMES = ["a", "b", "c", "d"]
PORTS = ["", "", "", ".0", ".1", ".key", ".a"]

ends = st.tuples(st.sampled_from([*NAMES, "e"]), st.sampled_from(PORTS)).map("".join)
graphs = st.tuples(
    st.dictionaries(st.sampled_from(NAMES), st.sampled_from(LABELS)),
    st.lists(st.tuples(ends, ends), max_size=6),
)
specs = st.tuples(graphs, graphs, graphs)

Written = tuple[dict[str, str], list[tuple[str, str]]]


def written(graph: Written, indent: str = "") -> str:
    nodes, edges = graph
    lines = [f"{indent}nodes:"]
    lines += [f"{indent}  {name}: {label}" for name, label in nodes.items()]
    lines += [f"{indent}edges:"]
    lines += [f"{indent}  - {source} -> {target}" for source, target in edges]
    return "\n".join(lines) + "\n"


def spec(parts: tuple[Written, Written, Written]) -> str:
    model, first, second = parts
    blocks = f"  M:\n{written(first, '    ')}  N:\n{written(second, '    ')}"
    return HEAD + written(model) + "modules:\n" + blocks


def accepted(module: Module, network: Network) -> None:
    """Assert what ``graphc.infer`` and ``graphc.emit`` rely on."""
    graph = module.graph
    assert len(graph.order) == len(graph.nodes)
    for node in graph.nodes.values():
        inputs = [edge.input for edge in graph.into(node.name)]
        assert inputs == list(range(len(inputs)))
        if node.is_input:
            assert inputs == []
            continue
        least, most = taken(node.terms[0].target, network)
        assert least <= len(inputs) <= most
        for edge in graph.out_of(node.name):
            assert edge.output < given_by(node.terms[-1].target, network)
        for before, term in zip(node.terms, node.terms[1:], strict=False):
            assert given_by(before.target, network) >= 1
            assert taken(term.target, network)[0] <= 1 <= taken(term.target, network)[1]


def taken(target: Op | str, network: Network) -> tuple[int, float]:
    if isinstance(target, str):
        count = len(network.modules[target].inputs)
        assert count > 0
        return count, count
    most = float("inf") if target.inputs.many else len(target.inputs.ports)
    return target.inputs.least, most


def given_by(target: Op | str, network: Network) -> float:
    if isinstance(target, str):
        return len(network.modules[target].outputs)
    return 0 if target.name == "Output" else float("inf")


@settings(max_examples=60, deadline=None)
@given(specs)
def test_every_graph_is_one_that_can_be_solved(
    parts: tuple[Written, Written, Written],
) -> None:
    network, _ = run(spec(parts))
    if network is None:
        assert not parts[0][0]
        return
    for module in (network.model, *network.modules.values()):
        accepted(module, network)


@settings(max_examples=60, deadline=None)
@given(specs)
def test_a_graph_that_had_to_be_settled_has_an_error(
    parts: tuple[Written, Written, Written],
) -> None:
    sink = Sink()
    network = elaborate(Source("spec.yaml", spec(parts)), sink)
    targets = [
        term.target
        for module in ((network.model, *network.modules.values()) if network else ())
        for node in module.graph.nodes.values()
        for term in node.terms
    ]
    unknown = any(isinstance(target, Op) and not target.known for target in targets)
    assert sink.failed or not unknown


@settings(max_examples=30, deadline=None)
@given(specs)
def test_the_order_of_nodes_changes_no_finding(
    parts: tuple[Written, Written, Written],
) -> None:
    (nodes, edges), first, second = parts
    turned = dict(reversed(nodes.items()))
    before = run(spec(((nodes, edges), first, second)))[1]
    after = run(spec(((turned, edges), first, second)))[1]
    codes = sorted(finding.code.name for finding in before)
    assert sorted(finding.code.name for finding in after) == codes


def test_the_same_text_gives_the_same_findings() -> None:
    text = spec((({"a": "Input", "b": "Cnov"}, [("a", "c")]), ({}, []), ({}, [])))
    rows = [[(f.code, f.message, f.help) for f in run(text)[1]] for _ in range(2)]
    assert rows[0] == rows[1]


def chain(count: int, edge: str) -> str:
    nodes = "".join(f"  n{number}: ReLU\n" for number in range(1, count))
    edges = "".join(f"  - n{n} -> {edge}{n + 1}\n" for n in range(count - 1))
    return f"{HEAD}nodes:\n  n0: Input\n{nodes}edges:\n{edges}"


@pytest.mark.parametrize("edge", ["n", "n1 -> n"])
def test_ten_times_the_text_takes_ten_times_the_steps(edge: str) -> None:
    assert growth(run, chain(60, edge), chain(600, edge)) < 12


def test_many_mistakes_are_reported_without_a_suggestion_for_each() -> None:
    _, findings = run(chain(1000, "m"))
    assert len(findings) == 999
    assert sum(bool(finding.help) for finding in findings) < 10


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_a_sound_spec_is_settled_as_it_is(path: Path) -> None:
    sink = Sink()
    network = load(path, sink)
    assert network is not None
    assert not sink.failed
    modules = {**network.modules, network.model.name: network.model}
    interfaces = {
        name: Interface(
            tuple(node.name for node in one.inputs),
            tuple(node.name for node in one.outputs),
        )
        for name, one in modules.items()
    }
    fits = Fits(Interfaces(interfaces))
    for one in modules.values():
        again = settle(one.graph.nodes, one.graph.edges, (), fits)
        assert again.nodes == one.graph.nodes
        assert again.edges == one.graph.edges
