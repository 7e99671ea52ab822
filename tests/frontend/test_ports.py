"""Which output of a node an edge leaves, and which input it enters."""

import pytest
from spec_texts import body, found, only, sound

TWO = """\
modules:
  Two:
    nodes: {a: Input, b: Input, s: Sum, first: Output, second: Output}
    edges: [a -> s, b -> s, s -> first, s -> second]
"""


def inputs(text: str, name: str) -> list[tuple[str, int]]:
    graph = sound(text).model.graph
    return [(edge.source, edge.input) for edge in graph.into(name)]


def test_edges_enter_in_their_order() -> None:
    text = body("a: Input\nb: Input\nc: Concat\no: Output", "- b -> c\n- a -> c -> o")
    assert inputs(text, "c") == [("b", 0), ("a", 1)]


def test_a_named_port_takes_its_place_and_the_others_fill_the_rest() -> None:
    text = body(
        "q: Input\nk: Input\nv: Input\nat: Attention 2\no: Output",
        "- v -> at.value: 6*8\n- q -> at: 5*8\n- k -> at: 6*8\n- at -> o",
    )
    assert inputs(text, "at") == [("q", 0), ("k", 1), ("v", 2)]


def test_ports_have_numbers_too() -> None:
    text = body("a: Input\nb: Input\nc: Concat\no: Output", "- a -> c.1\n- b -> c -> o")
    assert inputs(text, "c") == [("b", 0), ("a", 1)]


def test_one_tensor_may_enter_twice() -> None:
    text = body("a: Input\ns: Sum\no: Output", "- a -> s\n- a -> s -> o")
    assert inputs(text, "s") == [("a", 0), ("a", 1)]


def test_a_module_has_its_inputs_and_outputs_as_ports() -> None:
    text = body(
        "i: Input\nj: Input\nm: Two\nr: ReLU\no: Output\np: Output",
        "- i -> m.b: 3*4*4\n- j -> m\n- m.second -> r -> o\n- m.0 -> p",
        head=TWO,
    )
    assert inputs(text, "m") == [("j", 0), ("i", 1)]
    edges = {edge.target: edge.output for edge in sound(text).model.graph.edges}
    assert (edges["r"], edges["p"]) == (1, 0)


def test_outputs_of_a_module_without_output_nodes_are_those_nothing_reads() -> None:
    block = "{nodes: {i: Input, x: ReLU, y: BN}, edges: [i -> x, i -> y]}"
    head = f"modules:\n  M: {block}"
    text = body(
        "i: Input\nm: M\nr: ReLU\nq: ReLU", "- i -> m\n- m.y -> r\n- m.x -> q", head
    )
    edges = {edge.target: edge.output for edge in sound(text).model.graph.edges}
    assert (edges["r"], edges["q"]) == (1, 0)


@pytest.mark.parametrize(
    ("node", "edges", "findings"),
    [
        # outputs
        ("Split [1,2]", "- i -> n\n- n -> r", ["GC109 10:5"]),
        ("Split [1,2]", "- i -> n\n- n.2 -> r", ["GC109 10:5"]),
        ("Split 1", "- i -> n\n- n -> r", ["GC109 10:5"]),
        ("Split 1", "- i -> n\n- n.7 -> r", []),
        ("ReLU", "- i -> n\n- n.1 -> r", ["GC109 10:5"]),
        ("ReLU", "- i -> n\n- n.out -> r", ["GC109 10:5"]),
        ("ReLU", "- i -> n\n- n.0 -> r", []),
        # inputs
        ("ReLU", "- i -> n.input\n- n -> r", []),
        ("ReLU", "- i -> n.other\n- n -> r", ["GC109 9:10"]),
        ("MatMul", "- i -> n.1\n- i -> n.1\n- n -> r", ["GC109 10:10"]),
        ("MatMul", "- i -> n.1\n- i -> n.other\n- n -> r", ["GC109 10:10"]),
        ("MatMul", "- i -> n.1\n- n -> r", ["GC112 5:6"]),
        ("MatMul", "- i -> n\n- i -> n\n- i -> n\n- n -> r", ["GC112 5:6"]),
        ("Attention 2", "- i -> n\n- i -> n.value\n- n -> r", ["GC112 5:6"]),
        ("Concat", "- i -> n.0\n- i -> n.2\n- n -> r", ["GC112 5:6"]),
        ("Sum", "- i -> n -> r", ["GC112 5:6"]),
        ("ReLU", "- i -> n -> r\n- n -> i", ["GC112 4:6"]),
        ("ReLU", "- i -> n -> o\n- o -> r", ["GC109 10:5", "GC112 7:6"]),
        ("ReLU", "- i -> n -> r\n- n -> o", ["GC112 7:6"]),
        # a port between two arrows belongs to neither
        ("Split [1,2]", "- i -> n.0 -> r", ["GC109 9:10"]),
        # terms in a row pass one tensor on
        ("ReLU Sum", "- i -> n -> r", ["GC112 5:11"]),
        ("Split [1,2] ReLU", "- i -> n -> r", ["GC112 5:18"]),
        ("2 x Sum", "- i -> n\n- i -> n -> r", ["GC112 5:6"]),
        ("2 x Concat", "- i -> n\n- i -> n -> r", ["GC112 5:6"]),
        ("2 x Concat", "- i -> n -> r", []),
        ("2 x Split [1,2]", "- i -> n\n- n.0 -> r", ["GC112 5:6"]),
    ],
)
def test_what_is_not_taken_or_given(node: str, edges: str, findings: list[str]) -> None:
    nodes = f"i: Input\nn: {node}\nr: ReLU\no: Output"
    assert sorted(found(body(nodes, f"{edges}\n- r -> o"))) == sorted(findings)


@pytest.mark.parametrize(
    ("label", "edges", "findings"),
    [
        ("Two", "- i -> m.b\n- m.first -> r", ["GC112 9:6"]),
        ("Two", "- i -> m.b\n- i -> m\n- m -> r", ["GC109 15:5"]),
        ("Two", "- i -> m.b\n- i -> m\n- m.fist -> r", ["GC109 15:5"]),
        ("Two", "- i -> m.c\n- i -> m\n- m.first -> r", ["GC109 13:10"]),
        ("Two ReLU", "- i -> m.b\n- i -> m -> r", ["GC112 9:10"]),
        ("ReLU Two", "- i -> m\n- m.first -> r", ["GC112 9:11"]),
        ("3 x Two", "- i -> m.b\n- i -> m\n- m.first -> r", []),
    ],
)
def test_what_a_module_does_not_take(
    label: str, edges: str, findings: list[str]
) -> None:
    nodes = f"i: Input\nm: {label}\nr: ReLU\no: Output"
    assert found(body(nodes, f"{edges}\n- r -> o", head=TWO)) == findings


def test_remedies_are_what_to_write() -> None:
    nodes = "i: Input\nm: Two\nr: ReLU\no: Output"
    edges = "- i -> m\n- i -> m\n- {} -> r -> o"
    unsaid = only(body(nodes, edges.format("m"), head=TWO))
    assert unsaid.help == ("write one of `m.first`, `m.second`",)
    typo = only(body(nodes, edges.format("m.fist"), head=TWO))
    assert typo.help == ("did you mean `m.first`?",)


def test_a_port_taken_twice_points_at_both() -> None:
    nodes = "i: Input\nn: MatMul\no: Output"
    finding = only(body(nodes, "- i -> n.1\n- i -> n.other\n- n -> o"))
    assert finding.place is not None
    assert finding.place.span.text == "n.other"
    assert [place.span.text for place in finding.related] == ["n.1"]


def test_what_arrives_is_counted_and_shown() -> None:
    nodes = "i: Input\nr: ReLU\nb: BN\no: Output"
    finding = only(body(nodes, "- i -> r\n- i -> b\n- r -> b -> o"))
    assert finding.message == "`b` takes 1 tensor, and 2 arrive"
    assert [place.span.text for place in finding.related] == ["r -> b"]
    missing = only(body("i: Input\nm: MatMul\no: Output", "- i -> m -> o"))
    assert missing.message == "`m` takes 2 tensors, and 1 arrives"
    assert missing.notes == ("nothing is connected to `m.other`",)


def test_the_module_is_at_fault_alone_where_it_has_no_inputs() -> None:
    head = "modules:\n  M:\n    nodes: {r: ReLU, s: BN}\n    edges: [r -> s]"
    assert found(body("i: Input\nm: M\no: Output", "- i -> m -> o", head)) == [
        "GC114 4:3"
    ]


def test_the_ports_of_very_many_parts_are_made_when_they_are_used() -> None:
    nodes = "i: Input\ns: TensorSplit 1000000000000000000\nr: ReLU"
    sound(body(nodes, "- i -> s\n- s.999999 -> r"))
    finding = only(body(nodes, "- i -> s\n- s -> r"))
    assert finding.code.name == "GC109"
    assert finding.help == (
        "write one of `s.0`, `s.1`, `s.2`, `s.3`, `s.4`, `s.5`, `s.6`, `s.7`, ...",
    )
