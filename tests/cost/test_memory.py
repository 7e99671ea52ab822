"""The memory of activations, counted by hand."""

from torch_specs import chain, sized, spec
from torch_specs import module as part

from graphc.cost import BYTES, Memory, input_bytes
from graphc.infer import Sized


def counted(network: Sized) -> tuple[object, object]:
    """Return what is made and what is held at once, in elements."""
    memory, model = Memory(), network.model
    made, peak, held = memory.made(model), memory.peak(model), input_bytes(model)
    assert isinstance(made, int)
    assert isinstance(held, int)
    assert peak is not None
    return made // BYTES, (peak + held) // BYTES


def test_a_row_of_ops_makes_one_tensor_and_holds_two() -> None:
    assert counted(sized(chain(["Conv 8 k=1 ReLU"], "2*10"))) == (80, 20 + 80 + 80)


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
