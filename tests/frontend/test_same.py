"""Nodes that share a module, as they are read."""

from spec_texts import body, found, sound


def test_it_leads_to_the_node_that_has_the_module() -> None:
    text = body(
        """
        image: Input
        one: same as two
        two: {label: same as the last, note: again}
        the last: 2 x Conv 3 k=1 ReLU
        """,
        '- image -> one -> two -> "the last": [3*8*8, _, _]',
    )
    nodes = sound(text).model.graph.nodes
    assert [node.same for node in nodes.values()] == [
        None,
        "the last",
        "the last",
        None,
    ]
    assert nodes["two"].note == "again"
    assert [term.text for term in nodes["one"].terms] == ["Conv 3 k=1", "ReLU"]
    assert nodes["one"].terms[0].span.text == "same as two"


def test_a_long_way_is_no_burden() -> None:
    count = 5_000
    labels = "".join(f"n{n}: same as n{n + 1}\n" for n in range(count))
    edges = "".join(f"- n{n} -> n{n + 1}\n" for n in range(count))
    text = body(
        f"image: Input\n{labels}n{count}: ReLU", f"- image -> n0: 3*8*8\n{edges}"
    )
    assert sound(text).model.graph.nodes["n0"].same == f"n{count}"


def test_a_circle_is_told_once() -> None:
    labels = "".join(f"n{n}: same as n{(n + 1) % 20}\n" for n in range(20))
    chain = " -> ".join(f"n{n}" for n in range(20))
    text = body(f"image: Input\n{labels}", f"- image -> {chain}")
    assert found(text) == ["GC123 24:16"]
