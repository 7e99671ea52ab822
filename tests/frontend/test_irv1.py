from collections import Counter
from pathlib import Path

from spec_texts import run

from graphc.diagnostics import Sink
from graphc.frontend import load
from graphc.ir import Module, Network

SPEC = Path(__file__).parents[2] / "specs" / "irv1.yaml"

# Nodes, edges, and the order in which edges enter `concat`, as the figures draw them.
DRAWN = {
    "InceptionResNetV1": (10, 9, []),
    "Stem": (10, 9, []),
    "InceptionResNetA": (12, 14, ["conv_1x1", "conv_3x3_a", "conv_3x3_b2"]),
    "InceptionResNetB": (10, 11, ["conv_1x1", "conv_7x1"]),
    "InceptionResNetC": (10, 11, ["conv_1x1", "conv_3x1"]),
    "ReductionA": (9, 10, ["pool", "conv_3x3_a", "conv_3x3_b2"]),
    "ReductionB": (12, 14, ["conv_3x3_a", "conv_3x3_b2", "conv_3x3_c", "pool"]),
}


def network() -> Network:
    sink = Sink()
    loaded = load(SPEC, sink)
    assert sink.sorted() == ()
    assert loaded is not None
    return loaded


def graphs(loaded: Network) -> list[Module]:
    return [loaded.model, *loaded.modules.values()]


def test_has_the_figures_nodes_and_edges_in_their_order() -> None:
    loaded = network()
    drawn = {
        module.name: (
            len(module.graph.nodes),
            len(module.graph.edges),
            [edge.source for edge in module.graph.into("concat")]
            if "concat" in module.graph.nodes
            else [],
        )
        for module in graphs(loaded)
    }
    assert drawn == DRAWN
    assert list(drawn) == list(DRAWN)


def test_every_edge_has_a_size() -> None:
    edges = [edge for module in graphs(network()) for edge in module.graph.edges]
    assert sum(edge.shape is not None for edge in edges) == 78


def test_repeats_and_terms_are_those_of_the_overview() -> None:
    model = network().model
    labels = {
        name: " ".join(
            f"{term.repeat} x {term.text}" if term.repeat else term.text
            for term in node.terms
        )
        for name, node in model.graph.nodes.items()
    }
    assert labels["inception_a"] == "5 x InceptionResNetA"
    assert labels["inception_b"] == "10 x InceptionResNetB"
    assert labels["inception_c"] == "5 x InceptionResNetC"
    assert labels["pool"] == "AvgPool k=8 Flatten"
    assert labels["dropout"] == "Dropout drop"
    assert labels["classifier"] == "Linear classes Softmax"
    assert {p.name: p.default for p in model.parameters} == {
        "classes": 1000,
        "drop": 0.2,
    }


def test_what_the_figure_leaves_open_is_said() -> None:
    loaded = network()
    noted = [node for node in loaded.model.graph.nodes.values() if node.note]
    assert [node.name for node in noted] == ["pool", "classifier"]
    assert loaded.meta.about is not None
    assert "bias" in loaded.meta.about
    values = dict(loaded.meta.reported[0].values)
    assert (values["top1 error"], values["top5 error"]) == ("18.8 %", "4.3 %")
    assert values["crops"] == "144"


def test_ops_are_counted_as_drawn() -> None:
    terms = Counter(
        term.name
        for module in graphs(network())
        for node in module.graph.nodes.values()
        for term in node.terms
    )
    assert terms["Conv"] == 35
    assert terms["BN"] == 6
    assert terms["Sum"] == 3


def test_no_number_can_be_changed_without_the_text_being_read_anew() -> None:
    text = SPEC.read_text().replace("256*35*35", "256*35*36", 1)
    changed, findings = run(text)
    assert findings == ()
    assert changed is not None
    shapes = [str(edge.shape) for edge in changed.model.graph.edges]
    assert shapes.count("256*35*36") == 1
