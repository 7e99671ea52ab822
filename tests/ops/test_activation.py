import pytest
import torch
import torch.nn.functional as F  # noqa: N812 - the name that generated code has
from differential import FEW, agrees, agrees_backwards, inferred, op_named
from hypothesis import given
from hypothesis import strategies as st
from images import Options, Shape, problem, shape, written
from torch import nn

from graphc.diagnostics import Code
from graphc.lang import symbol

SIZES = st.integers(1, 6)
SHAPES = st.lists(SIZES, max_size=4).map(tuple)
NUMBERS = st.sampled_from([0, 0.01, 0.2, 1, 1.0, 2])
C, H = symbol("C"), symbol("H")

NAMES = {"torch": torch, "nn": nn, "F": F}

PLAIN = [
    "ReLU",
    "ReLU6",
    "LeakyReLU",
    "ELU",
    "GELU",
    "SiLU",
    "Mish",
    "Sigmoid",
    "Tanh",
    "Hardswish",
    "Hardsigmoid",
    "Softplus",
    "Abs",
]
NUMBERED = [
    ("LeakyReLU", "negative_slope"),
    ("ELU", "alpha"),
    ("Softplus", "beta"),
    ("Softplus", "threshold"),
    ("PReLU", "init"),
]


# Against PyTorch


@FEW
@given(name=st.sampled_from(PLAIN), source=SHAPES)
def test_an_activation_is_as_in_pytorch(name: str, source: Shape) -> None:
    assert agrees(name, source) is not None


@FEW
@given(named=st.sampled_from(NUMBERED), number=NUMBERS, source=SHAPES)
def test_an_activation_with_a_number_is_as_in_pytorch(
    named: tuple[str, str], number: float, source: Shape
) -> None:
    name, argument = named
    options: Options = {argument: number}
    assert agrees(name, source, **options) is not None


@pytest.mark.parametrize("approximate", ["none", "tanh", "Tanh", "erf"])
def test_gelu_is_as_in_pytorch(approximate: str) -> None:
    agrees("GELU", (4, 3), device="cpu", approximate=approximate)


@FEW
@given(slopes=st.integers(1, 4), source=SHAPES)
def test_a_learnt_slope_is_as_in_pytorch(slopes: int, source: Shape) -> None:
    agrees("PReLU", source, device="cpu", num_parameters=slopes)


@pytest.mark.parametrize("name", ["Softmax", "LogSoftmax"])
@FEW
@given(source=SHAPES, dim=st.integers(-5, 5))
def test_a_softmax_is_as_in_pytorch(name: str, source: Shape, dim: int) -> None:
    if dim in {0, -1 - len(source)}:  # the batch
        assert problem(inferred(name, source, dim=dim))[0] is Code.GC206
    else:
        agrees(name, source, device="cpu", dim=dim)


# Backwards


@FEW
@given(
    data=st.data(), source=SHAPES, name=st.sampled_from([*PLAIN, "PReLU", "Softmax"])
)
def test_an_activation_is_found_from_what_is_known(
    data: st.DataObject, source: Shape, name: str
) -> None:
    if source or name != "Softmax":
        agrees_backwards(data, name, source)


@FEW
@given(data=st.data(), channels=st.integers(2, 6))
def test_slopes_tell_the_channels(data: st.DataObject, channels: int) -> None:
    agrees_backwards(data, "PReLU", (channels, 3), num_parameters=channels)


# Exact values


@pytest.mark.parametrize("name", [*PLAIN, "PReLU", "Softmax", "LogSoftmax", "Swish"])
def test_symbolic_sizes_stay(name: str) -> None:
    assert shape(inferred(name, (2 * C, H, H))) == (2 * C, H, H)


@pytest.mark.parametrize(
    ("name", "source", "options", "code", "told"),
    [
        (
            "Softmax",
            (10,),
            {"dim": 0},
            Code.GC206,
            "dim 0 is the batch, which ops do not touch",
        ),
        (
            "Softmax",
            (10,),
            {"dim": 2},
            Code.GC303,
            "dim 2 is not there: on a shape of 1 dim it is 1 or -1",
        ),
        ("PReLU", (8, 4), {"num_parameters": 4}, Code.GC302, "8 is not 4"),
        (
            "PReLU",
            (),
            {"num_parameters": 4},
            Code.GC303,
            "`PReLU` with a slope for each channel needs channels",
        ),
    ],
)
def test_what_cannot_be_is_refused_once(
    name: str, source: Shape, options: Options, code: Code, told: str
) -> None:
    assert problem(inferred(name, source, **options)) == (code, told)


@pytest.mark.parametrize(
    ("name", "options", "text"),
    [
        ("ReLU", {}, "nn.ReLU(); F.relu(x)"),
        ("SiLU", {}, "nn.SiLU(); F.silu(x)"),
        ("Sigmoid", {}, "nn.Sigmoid(); torch.sigmoid(x)"),
        (
            "LeakyReLU",
            {"slope": 0.2},
            "nn.LeakyReLU(negative_slope=0.2); F.leaky_relu(x, negative_slope=0.2)",
        ),
        ("LeakyReLU", {"slope": 0.01}, "nn.LeakyReLU(); F.leaky_relu(x)"),
        (
            "GELU",
            {"approximate": "tanh"},
            "nn.GELU(approximate='tanh'); F.gelu(x, approximate='tanh')",
        ),
        ("PReLU", {"num_parameters": 8, "init": 0.1}, "nn.PReLU(8, init=0.1)"),
        ("PReLU", {}, "nn.PReLU()"),
        ("Softmax", {}, "nn.Softmax(dim=1); F.softmax(x, dim=1)"),
        ("LogSoftmax", {"dim": -1}, "nn.LogSoftmax(dim=-1); F.log_softmax(x, dim=-1)"),
    ],
)
def test_an_activation_is_written_as_a_person_would(
    name: str, options: Options, text: str
) -> None:
    assert written(name, (8, 4), **options) == text


@pytest.mark.parametrize("name", [*PLAIN, "PReLU"])
def test_an_op_works_in_place_where_both_its_forms_can(name: str) -> None:
    forms = written(name, (8, 4)).split("; ")
    layer = next((f"{form}(x)" for form in forms if form.startswith("nn.")), "")
    function = next((form for form in forms if not form.startswith("nn.")), "")
    wanted = eval(function or layer, NAMES | {"x": torch.tensor([[-1.0, 2]])})

    def writes_over(form: str) -> bool:
        x = torch.tensor([[-1.0, 2]])
        try:
            found = eval(form, NAMES | {"x": x})
        except (TypeError, SyntaxError):  # it is not taken, or there is no such form
            return False
        return found is x and torch.equal(x, wanted)

    can = writes_over(layer.replace(")(x)", "inplace=True)(x)")) and writes_over(
        function.replace("x)", "x, inplace=True)")
    )
    assert op_named(name).in_place is can
