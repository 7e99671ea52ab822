"""The memory of activations, counted by hand."""

from torch_specs import chain, sized, spec
from torch_specs import module as part

from graphc.cost import BYTES, Memory, Peaks, input_bytes
from graphc.infer import Sized


def counted(network: Sized) -> tuple[object, object]:
    """Return what is made and what is held at once, in elements."""
    model = network.model
    made, peak, held = Memory().made(model), Peaks().peak(model), input_bytes(model)
    assert isinstance(made, int)
    assert isinstance(held, int)
    assert peak is not None
    return made // BYTES, (peak + held) // BYTES


def test_a_row_of_ops_makes_one_tensor_and_holds_two() -> None:
    assert counted(sized(chain(["Conv 8 k=1 Tanh"], "2*10"))) == (80, 20 + 80 + 80)


def test_an_activation_in_place_holds_nothing_more() -> None:
    assert counted(sized(chain(["Conv 8 k=1 ReLU"], "2*10"))) == (80, 20 + 80)
    assert counted(sized(chain(["ReLU"], "2*10"))) == (20, 20 + 20)


def test_a_pool_holds_the_places_of_what_it_finds_too() -> None:
    # Each is an integer of 8 bytes, which is two elements.
    assert counted(sized(chain(["MaxPool 2"], "2*8*8"))) == (32, 128 + 32 + 64)
    assert counted(sized(chain(["AvgPool 2"], "2*8*8"))) == (32, 128 + 32)


def test_padding_of_unequal_sides_is_held_while_it_is_read() -> None:
    network = sized(chain(["Conv 1 k=2 p=[[0,1],[0,1]]"], "2*8*8"))
    assert counted(network) == (64, 128 + 64 + 2 * 9 * 9)


def test_nodes_run_in_the_order_that_holds_least() -> None:
    network = sized(
        spec(
            "x: Input\na: Conv 4 k=1\nb: Conv 40 k=1\nc: Conv 4 k=1\nsum: Sum",
            "- x -> a -> sum: [4*10, _]\n- x -> b -> c -> sum",
        )
    )
    assert counted(network) == (40 + 400 + 40 + 40, 40 + 400 + 40)
    order = [node.name for node in Peaks().order(network.model)]
    assert order == ["b", "c", "a", "sum"]


def test_what_leads_to_no_output_is_not_run() -> None:
    network = sized(
        spec(
            "x: Input\na: Conv 4 k=1\nb: Conv 40 k=1\nend: Output",
            "- x -> a -> end: [4*10, _]\n- x -> b",
        )
    )
    assert [node.name for node in Peaks().order(network.model)] == ["a"]


def test_symbolic_sizes_have_no_peak_and_the_order_of_the_graph() -> None:
    network = sized(chain(["Conv 8 k=1", "Conv 4 k=1"], "2*L"))
    assert Peaks().peak(network.model) is None
    assert [node.name for node in Peaks().order(network.model)] == ["n0", "n1"]


def test_a_tensor_is_freed_when_its_last_reader_is_done() -> None:
    network = sized(chain(["Conv 8 k=1", "Conv 4 k=1", "Conv 2 k=1"], "2*10"))
    assert counted(network) == (140, 20 + 80 + 40)


def test_a_shortcut_is_held_until_it_is_joined() -> None:
    network = sized(
        spec(
            "x: Input\na: Conv 4 k=1\nb: Conv 4 k=1\nc: Conv 4 k=1\nsum: Sum",
            "- x -> a -> b -> c -> sum: [4*10, _, _, _]\n- a -> sum",
        )
    )
    assert counted(network) == (160, 40 + 40 + 40 + 40)


def test_a_repeat_counts_each_and_holds_one_at_a_time() -> None:
    block = part(
        "Block",
        "input: Input\nwide: Conv 16 k=1\nback: Conv 4 k=1\nsum: Sum",
        "- input -> wide -> back -> sum\n- input -> sum",
    )
    network = sized(spec("x: Input\nrow: 1000 x Block", "- x -> row: 4*10", "", block))
    # The input of the model, that of a block, and the two tensors within it.
    assert counted(network) == (1000 * (160 + 40 + 40), 40 + 40 + 160 + 40)


def test_an_output_is_held_to_the_end() -> None:
    network = sized(
        spec(
            "x: Input\na: Conv 8 k=1\nb: Conv 1 k=1\nc: Conv 8 k=1\nfirst: Output\n"
            "second: Output",
            "- x -> a: 2*10\n- a -> first\n- a -> b -> c -> second",
        )
    )
    assert counted(network) == (170, 20 + 80 + 10 + 80)
