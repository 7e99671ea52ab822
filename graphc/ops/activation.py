"""Activations: functions of each element, and Softmax over one dim.

None changes a size.
"""

from collections.abc import Callable

from graphc.diagnostics import Code as Finding
from graphc.ir import (
    WHOLE,
    Argument,
    Call,
    Family,
    Form,
    Input,
    Kind,
    Layer,
    Op,
    Sizes,
    View,
    Weight,
    Word,
    aligned,
)
from graphc.ops.axis import axis_of, index_of
from graphc.ops.written import options


def _same(sizes: Sizes) -> None:
    sizes.same(sizes.inputs[0], sizes.outputs[0])


def _form(
    layer: str, function: str, declared: tuple[Argument, ...]
) -> Callable[[Layer], Form]:
    def form(solved: Layer) -> Form:
        keywords = options(solved.arguments, declared)
        return Form(
            layer=Call(Word(layer), (), keywords),
            function=Call(Word(function), (Input(0),), keywords),
        )

    return form


def _elementwise(
    name: str,
    about: str,
    function: str,
    *declared: Argument,
    aliases: tuple[str, ...] = (),
    in_place: bool = False,
) -> Op:
    """Return an op that PyTorch has under its own name, as a layer and a function."""
    return Op(
        name=name,
        family=Family.ACTIVATION,
        about=about,
        example=name,
        sizes=_same,
        torch=_form(f"nn.{name}", function, declared),
        arguments=declared,
        aliases=aliases,
        rule="any size -> the same",
        in_place=in_place,
    )


_PRELU = (
    Argument(
        "num_parameters",
        Kind.INTEGER,
        "the number of slopes: 1, or one for each channel",
        default=1,
        least=1,
    ),
    Argument("init", Kind.NUMBER, "the slope to begin with", default=0.25),
)
_DIM = (
    Argument(
        "dim",
        Kind.INTEGER,
        "the dim that adds up to 1; 1 is the first, the batch is 0",
        default=1,
    ),
)


def _prelu_sizes(sizes: Sizes) -> None:
    source, slopes = sizes.inputs[0], sizes.arguments["num_parameters"]
    rank = sizes.alike(source, sizes.outputs[0])
    if rank == 0 and slopes != 1:
        sizes.fail(
            Finding.GC303, "`PReLU` with a slope for each channel needs channels"
        )
        return
    if source.dims and slopes != 1:
        sizes.equal(source.dims[0], sizes.arguments.integer("num_parameters"))
    _same(sizes)


def _prelu(layer: Layer) -> Form:
    slopes = layer.arguments.integer("num_parameters")
    first = () if slopes == 1 else (slopes,)
    return Form(
        layer=Call(Word("nn.PReLU"), first, options(layer.arguments, _PRELU[1:]))
    )


def _prelu_weights(layer: Layer) -> tuple[Weight, ...]:
    return (Weight("weight", (layer.arguments.integer("num_parameters"),)),)


def _abs(_: Layer) -> Form:
    return Form(function=Call(Word("torch.abs"), (Input(0),)))


def _softmax_sizes(sizes: Sizes) -> None:
    _same(sizes)
    axis_of(sizes, "dim", sizes.alike(sizes.inputs[0], sizes.outputs[0]))


def _softmax(name: str, function: str) -> Callable[[Layer], Form]:
    def form(layer: Layer) -> Form:
        dim = ("dim", layer.arguments.integer("dim"))
        return Form(
            layer=Call(Word(f"nn.{name}"), (), (dim,)),
            function=Call(Word(function), (Input(0),), (dim,)),
        )

    return form


def _softmax_views(layer: Layer) -> tuple[View, ...]:
    return (aligned(layer, 0, {index_of(layer, "dim"): WHOLE}),)


ACTIVATION = (
    _elementwise("ReLU", "max(x, 0)", "F.relu", in_place=True),
    _elementwise("ReLU6", "min(max(x, 0), 6)", "F.relu6", in_place=True),
    _elementwise(
        "LeakyReLU",
        "x, or where it is negative a fraction of it",
        "F.leaky_relu",
        Argument(
            "negative_slope",
            Kind.NUMBER,
            "the slope below 0",
            short=("slope",),
            default=0.01,
        ),
        in_place=True,
    ),
    Op(
        name="PReLU",
        family=Family.ACTIVATION,
        about="x, or where it is negative a learnt fraction of it",
        example="PReLU",
        sizes=_prelu_sizes,
        torch=_prelu,
        arguments=_PRELU,
        weights=_prelu_weights,
        rule="any size -> the same; num_parameters is 1 or the channels",
    ),
    _elementwise(
        "ELU",
        "x, or where it is negative alpha*(exp(x) - 1)",
        "F.elu",
        Argument("alpha", Kind.NUMBER, "the limit below, negated", default=1.0),
        in_place=True,
    ),
    _elementwise(
        "GELU",
        "x times the normal distribution function of x",
        "F.gelu",
        Argument(
            "approximate",
            Kind.WORD,
            "how it is computed: exactly, or through tanh",
            default="none",
            choices=("none", "tanh"),
        ),
    ),
    _elementwise("SiLU", "x*sigmoid(x)", "F.silu", aliases=("Swish",), in_place=True),
    _elementwise("Mish", "x*tanh(softplus(x))", "F.mish", in_place=True),
    _elementwise("Sigmoid", "1/(1 + exp(-x))", "torch.sigmoid"),
    _elementwise("Tanh", "the hyperbolic tangent", "torch.tanh"),
    _elementwise(
        "Hardswish",
        "x*relu6(x + 3)/6",
        "F.hardswish",
        aliases=("HardSwish", "HSwish"),
        in_place=True,
    ),
    _elementwise(
        "Hardsigmoid",
        "relu6(x + 3)/6",
        "F.hardsigmoid",
        aliases=("HardSigmoid",),
        in_place=True,
    ),
    _elementwise(
        "Softplus",
        "log(1 + exp(beta*x))/beta",
        "F.softplus",
        Argument("beta", Kind.NUMBER, "how sharp the bend is", default=1.0),
        Argument(
            "threshold",
            Kind.NUMBER,
            "beta*x from which on it is x itself",
            default=20.0,
        ),
    ),
    Op(
        name="Abs",
        family=Family.ACTIVATION,
        about="the absolute value of x",
        example="Abs",
        sizes=_same,
        torch=_abs,
        rule="any size -> the same",
    ),
    Op(
        name="Softmax",
        family=Family.ACTIVATION,
        about="exp(x) divided by its sum along one dim",
        example="Softmax",
        sizes=_softmax_sizes,
        torch=_softmax("Softmax", "F.softmax"),
        arguments=_DIM,
        views=_softmax_views,
        rule="any size -> the same",
    ),
    Op(
        name="LogSoftmax",
        family=Family.ACTIVATION,
        about="the logarithm of Softmax",
        example="LogSoftmax",
        sizes=_softmax_sizes,
        torch=_softmax("LogSoftmax", "F.log_softmax"),
        arguments=_DIM,
        views=_softmax_views,
        rule="any size -> the same",
    ),
)
