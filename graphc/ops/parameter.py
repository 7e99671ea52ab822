"""Parameter: a learned tensor that is no layer's weight."""

from graphc.diagnostics import Code as Finding
from graphc.ir import (
    Argument,
    Call,
    Code,
    Family,
    Form,
    Infix,
    Inputs,
    Kind,
    Layer,
    Op,
    Sizes,
    Value,
    Weight,
    Word,
)
from graphc.lang import Size


def _sizes(sizes: Sizes) -> None:
    """State the size that is written, if one is."""
    if sizes.arguments["std"] is not None and sizes.arguments["init"] != "normal":
        sizes.fail(
            Finding.GC206,
            "`std` of `Parameter` is for `init=normal`",
            "write `init=normal` too",
        )
    if sizes.arguments["shape"] is None:
        return
    written = sizes.arguments.integers("shape")
    dims = sizes.shape(sizes.outputs[0], len(written))
    for cell, size in zip(dims or (), written, strict=False):
        sizes.equal(cell, size)


def _shape(layer: Layer) -> tuple[Size, ...]:
    """Return the shape of the tensor itself, which may have a dim for the batch."""
    batch = (1,) if layer.arguments.flag("batch") else ()
    return (*batch, *layer.outputs[0])


def _torch(layer: Layer) -> Form:
    return Form(
        layer=Call(Word("nn.Parameter"), (_initial(layer),)),
        arguments=(("", -1),) * len(layer.outputs[0]),
        held=True,
    )


def _initial(layer: Layer) -> Code:
    """Return the values that training begins with."""
    shape, init = _shape(layer), layer.arguments["init"]
    if init == "normal":
        return _scaled("torch.randn", shape, layer.arguments["std"])
    if isinstance(init, str):
        return Call(Word(f"torch.{init}"), shape)
    return _scaled("torch.ones", shape, init)


def _scaled(function: str, shape: tuple[Size, ...], factor: Value) -> Code:
    made = Call(Word(function), shape)
    if factor is None or factor == 1 or isinstance(factor, tuple):
        return made
    return Infix("*", (made, factor))


def _weight(layer: Layer) -> tuple[Weight, ...]:
    return (Weight("", _shape(layer)),)


PARAMETER = (
    Op(
        name="Parameter",
        family=Family.PARAMETER,
        about="a learned tensor, such as a class token or position embeddings; "
        "in the state_dict under the name of its node alone",
        example="Parameter [197, 768] init=normal std=0.02",
        sizes=_sizes,
        torch=_torch,
        arguments=(
            Argument(
                "shape",
                Kind.INTEGERS,
                "its shape without the batch; where it is not written, the edge or "
                "what reads it decides",
                short=("size",),
                least=1,
            ),
            Argument(
                "init",
                Kind.NUMBER,
                "the values that training begins with",
                default="zeros",
                choices=("zeros", "ones", "normal"),
            ),
            Argument(
                "std",
                Kind.NUMBER,
                "the standard deviation of normal values; 1 if not given",
                least=0,
            ),
            Argument(
                "batch",
                Kind.FLAG,
                "whether the tensor has a dim of 1 in front, for the batch",
                default=True,
            ),
        ),
        inputs=Inputs(ports=(), least=0),
        weights=_weight,
        rule="nothing -> the size that is written or needed, for the whole batch",
    ),
)
