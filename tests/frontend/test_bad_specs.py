"""Each mistake is one report, at its line and column, and nothing follows from it."""

import pytest
from spec_texts import body, found, only

NODES = "nodes: {image: Input, conv: Conv 8 k=3, relu: ReLU}\n"
EDGES = "edges: [image -> conv: 3*9*9, conv -> relu]\n"
HEAD = "graphc: 1\nmodel: Tiny\n"


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        ("- a\n", ["GC103 1:1"]),
        ("just a text\n", ["GC103 1:1"]),
        ("{}\n", ["GC004 1:1"]),
        ("# nothing\n", ["GC004"]),
        ("model: Tiny\n" + NODES + EDGES, ["GC102 1:1"]),
        ("graphc: 1\n" + NODES + EDGES, ["GC102 1:1"]),
        (HEAD + EDGES, ["GC102 2:8"]),
        (HEAD + NODES, ["GC102 2:8"]),
        ("graphc: 2\nmodel: tiny\nnods: 3\n", ["GC104 1:9"]),
        ("graphc: '1'\nmodel: Tiny\n" + NODES + EDGES, ["GC104 1:9"]),
        ("graphc: true\nmodel: Tiny\n" + NODES + EDGES, ["GC104 1:9"]),
        ("graphc: 1\nmodel: 3\n" + NODES + EDGES, ["GC103 2:8"]),
        ("graphc: 1\nmodel: [A]\n" + NODES + EDGES, ["GC103 2:8"]),
        (HEAD + "sorce: a\n" + NODES + EDGES, ["GC101 3:1"]),
        (HEAD + "imports: {a: b.yaml}\n" + NODES + EDGES, ["GC119 3:14"]),
        (HEAD + "nodes:\nedges:\n", ["GC114 2:8"]),
        (HEAD + "nodes: {}\nedges: []\n", ["GC114 2:8"]),
        (HEAD + "nodes: [a, b]\n" + EDGES, ["GC103 3:8"]),
        (HEAD + "nodes: {r: ReLU, b: BN}\nedges: [r -> b]\n", ["GC114 2:8"]),
        (HEAD + NODES + "edges: 3\n", ["GC103 4:8"]),
        (HEAD + NODES + "edges: {image -> conv: 3*9*9, conv -> relu: _}\n",
         ["GC103 4:8"]),
    ],
)  # fmt: skip
def test_the_frame_of_a_spec(text: str, findings: list[str]) -> None:
    assert found(text) == findings


@pytest.mark.parametrize(
    ("nodes", "edges", "findings"),
    [
        # unknown op; a misspelt Input or Output is not missed as one
        ("i: Input\nc: Cnov 8 k=3\nr: ReLU", "- i -> c: 3*9*9\n- c -> r",
         ["GC202 5:6"]),
        ("i: Inptu\nr: ReLU", "- i -> r: 3*9*9", ["GC202 4:6"]),
        ("i: Input\nr: ReLU\no: Outptu", "- i -> r: 3*9*9\n- r -> o", ["GC202 6:6"]),
        # missing and doubled nodes, edges from nowhere
        ("i: Input\nconv: ReLU", "- i -> cnov: 3*9*9", ["GC108 7:10"]),
        ("i: Input\nr: ReLU", "- i -> zebra: 3*9*9", ["GC108 7:10"]),
        ("i: Input\nr: ReLU", "- zebra -> r: 3*9*9", ["GC108 7:5"]),
        ("i: Input\nr: ReLU", "- i -> r: 3*9*9\n- zebra -> r", ["GC108 8:5"]),
        ("i: Input\nr: ReLU\nb: BN", "- i -> zebra -> b\n- i -> r -> zebra",
         ["GC108 8:10"]),
        ("i: Input\nr: ReLU\nr: BN", "- i -> r: 3*9*9", ["GC011 6:3"]),
        ("i: Input\n'': BN\nr: ReLU", "- i -> r", ["GC105 5:3"]),
        # cycles
        ("i: Input\ns: Sum\nc: ReLU", "- i -> s: 3*9*9\n- s -> c\n- c -> s",
         ["GC110 10:5"]),
        ("i: Input\ns: Sum", "- i -> s: 3*9*9\n- s -> s", ["GC110 8:5"]),
        ("i: Input\nr: ReLU\na: ReLU\nb: ReLU", "- i -> r: 3\n- a -> b\n- b -> a",
         ["GC110 11:5"]),
        # unreachable, once for each part
        ("i: Input\nr: ReLU\na: BN\nb: BN\nc: BN", "- i -> r: 3*9*9\n- a -> b",
         ["GC111 6:3", "GC111 8:3"]),
        ("i: Input\nr: ReLU\no: Output\np: Output", "- i -> r -> o", ["GC111 7:3"]),
        # unread, once where the way ends
        ("i: Input\nr: ReLU\nb: BN\no: Output", "- i -> r -> b\n- i -> o",
         ["warning GC117 6:3"]),
        # a label that cannot be read says nothing of the edges around it
        ("i: Input\nc: Conv 8 k=\nd: ReLU\no: Output", "- i -> c -> d -> o",
         ["GC201 5:13"]),
        ("i: Input\nn: null\nr: ReLU", "- i -> r: 3*9*9", ["GC103 5:6"]),
        ("i: Input\nn: 3\nr: ReLU", "- i -> n -> r", ["GC103 5:6"]),
        ("i: Input\nn: true\nr: ReLU", "- i -> n -> r", ["GC103 5:6"]),
        ("i: Input\nn:\nr: ReLU", "- i -> n -> r", ["GC201 5:5"]),
        # an edge that cannot be read may have led anywhere
        ("i: Input\nr: ReLU\nb: BN\no: Output", "- i -> r: 3*9*9\n- r > b\n- b -> o",
         ["GC107 10:7"]),
        # Input and Output stand alone
        ("i: Input BN\nr: ReLU", "- i -> r: 3*9*9", ["GC201 4:6"]),
        ("i: Input\nr: ReLU Output", "- i -> r: 3*9*9", ["GC201 5:11"]),
        ("i: Input\nr: 2 x Output", "- i -> r: 3*9*9", ["GC201 5:6"]),
    ],
)  # fmt: skip
def test_a_graph(nodes: str, edges: str, findings: list[str]) -> None:
    assert found(body(nodes, edges)) == findings


def test_a_name_that_is_not_there_is_told_once_with_all_its_places() -> None:
    finding = only(
        body("i: Input\nr: ReLU", "- i -> zebra\n- zebra -> r\n- i -> zebra")
    )
    assert finding.message == "there is no node `zebra`"
    lines = [place.span.first.line for place in finding.related]
    assert lines == [8, 9]


def test_a_typo_gets_the_nearest_name() -> None:
    finding = only(body("image: Input\nrelu: ReLU", "- imgae -> relu: 3*9*9"))
    assert finding.help == ("did you mean `image`?",)


def test_the_node_of_a_module_is_not_seen_outside_it() -> None:
    text = body(
        "i: Input\nb: Block\nr: ReLU",
        "- i -> b: 3*9*9\n- inner -> r",
        head="modules:\n  Block:\n    nodes: {x: Input, inner: ReLU}\n"
        "    edges: [x -> inner]",
    )
    finding = only(text)
    assert finding.code.name == "GC108"
    assert finding.notes == (
        "`inner` is a node of `Block`, and is not seen outside it",
    )


def test_a_cycle_tells_the_whole_way_round() -> None:
    nodes = "i: Input\ns: Sum\na: ReLU\nb: BN"
    finding = only(body(nodes, "- i -> s: 3*9*9\n- s -> a\n- a -> b\n- b -> s"))
    assert finding.message == "the graph has a cycle: s -> a -> b -> s"
    assert finding.place is not None
    assert finding.place.span.text == "b -> s"
    assert [place.span.text for place in finding.related] == ["s -> a", "a -> b"]


def test_a_spec_with_many_mistakes_has_them_all_reported() -> None:
    text = body(
        "i: Input\nc: Cnov 8\nrelu: ReLU\ns: Sum\nq: Linear 3*widht",
        "- i -> c: 3*9*0\n- i -> rleu\n- c -> s\n- relu -> q",
        head="sorce: here",
    )
    assert found(text) == [
        "GC101 3:1",
        "GC202 6:6",
        "GC112 8:6",
        "GC208 9:15",
        "GC116 11:17",
        "GC108 12:10",
    ]
