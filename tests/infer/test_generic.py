"""Modules for all their arguments at once."""

from torch_specs import module, sized, spec

from graphc.infer import Generic, GenericUse, Instance, Symbol, generic
from graphc.ir import Layer, Node

BLOCK = module(
    "Block",
    """
    input: Input
    conv: Conv 2*width k=3 s=stride p=1
    row: n x Conv 2*width k=1
    same: Conv k=3 p=1
    sum: Sum
    """,
    """
    - input -> conv
    - conv -> row
    - row -> same -> sum
    - row -> sum
    """,
    "params: {width: 4, stride: 1, n: 2}\n",
)
NET = spec(
    "image: Input\na: Block\nb: Block 8 stride=2\nc: ReLU",
    "- image -> a: 3*8*8\n- a -> b: 8*8*8\n- b -> c: 16*4*4",
    "",
    BLOCK,
)


def _block() -> tuple[Instance, Generic]:
    network = sized(NET)
    first = network.of(network.network.modules["Block"])[0]
    return first, generic(first, ((None, None, None),), ((None, None, None),))


def _layer(solved: Generic, node: Node) -> Layer:
    body = solved.body(node.terms[0])
    assert isinstance(body, Layer)
    return body


def test_parameters_and_open_dims_are_symbols() -> None:
    first, solved = _block()
    nodes = first.module.graph.nodes
    assert solved.symbols[:3] == (
        Symbol("C", inward=True, port=0, axis=0),
        Symbol("H", inward=True, port=0, axis=1),
        Symbol("W", inward=True, port=0, axis=2),
    )
    conv = _layer(solved, nodes["conv"])
    assert [str(size) for size in conv.inputs[0]] == ["C", "H", "W"]
    assert str(conv.outputs[0][0]) == "2*width"
    assert str(conv.arguments["stride"]) == "stride"


def test_a_count_is_symbolic_and_places_are_those_of_the_sample() -> None:
    first, solved = _block()
    row = first.module.graph.nodes["row"].terms[0]
    assert str(solved.count(row)) == "n"
    assert solved.starts(row)[0] == 0
    assert isinstance(solved.body(row, 1), Layer)
    assert solved.body(row, 2) is None


def test_sizes_that_all_uses_share_are_numbers() -> None:
    first, _ = _block()
    solved = generic(first, ((3, 8, 8),), ((8, 8, 8),))
    assert solved.symbols == ()
    assert solved.inputs == ((3, 8, 8),)


def test_a_use_is_told_in_terms_of_its_user() -> None:
    network = sized(
        spec(
            "image: Input\na: Block 3*base",
            "- image -> a: 3*8*8\n",
            "params: {base: 2}\n",
            module(
                "Block",
                "x: Input\nc: Conv width k=1",
                "- x -> c",
                "params: {width: 1}\n",
            ),
        )
    )
    solved = generic(network.model, ((3, 8, 8),), ((6, 8, 8),))
    body = solved.body(network.network.model.graph.nodes["a"].terms[0])
    assert isinstance(body, GenericUse)
    assert str(body.values["width"]) == "3*base"
    assert [str(size) for size in body.outputs[0]] == ["3*base", "8", "8"]


def test_a_parameter_in_a_calculation_that_takes_no_symbols_keeps_its_number() -> None:
    network = sized(
        spec(
            "image: Input\na: Dropout rate/2\nb: Conv width k=1",
            "- image -> a: 3*8*8\n- a -> b\n",
            "params: {rate: 0.5, width: 4}\n",
        )
    )
    model = network.model
    solved = generic(model, ((3, 8, 8),), ((4, 8, 8),))
    nodes = model.module.graph.nodes
    assert _layer(solved, nodes["a"]).arguments["p"] == 0.25
    assert str(_layer(solved, nodes["b"]).outputs[0][0]) == "width"
