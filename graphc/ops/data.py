"""Where tensors enter and leave a module: Input, Output, Identity."""

from graphc.ir import (
    Argument,
    Arguments,
    Call,
    Family,
    Form,
    Input,
    Inputs,
    Kind,
    Layer,
    Op,
    Sizes,
    Word,
)


def _none(_: Arguments) -> int:
    return 0


def _open(_: Sizes) -> None:
    """State nothing: an input has the size that arrives."""


def _unchanged(sizes: Sizes) -> None:
    sizes.same(*sizes.inputs, *sizes.outputs)


def _parameter(_: Layer) -> Form:
    """Return no code: an input is a parameter of ``forward``."""
    return Form()


def _passed_on(_: Layer) -> Form:
    return Form(function=Input(0))


def _identity(_: Layer) -> Form:
    return Form(layer=Call(Word("nn.Identity")), function=Input(0))


DATA = (
    Op(
        name="Input",
        family=Family.DATA,
        about="a tensor that comes into the module; edges out of it give its size",
        example="Input",
        sizes=_open,
        torch=_parameter,
        arguments=(
            Argument(
                "dtype",
                Kind.WORD,
                "`long` for indices such as tokens, which an Embedding takes",
                default="float",
                choices=("float", "long"),
            ),
        ),
        inputs=Inputs(ports=(), least=0),
        rule="any size",
    ),
    Op(
        name="Output",
        family=Family.DATA,
        about="the tensor that the module returns",
        example="Output",
        sizes=_unchanged,
        torch=_passed_on,
        outputs=_none,
        rule="any size",
    ),
    Op(
        name="Identity",
        family=Family.DATA,
        about="its input, unchanged",
        example="Identity",
        sizes=_unchanged,
        torch=_identity,
        rule="any size -> the same",
        idle=True,
    ),
)
