"""An op as graphc has it beside the same op in PyTorch.

PyTorch runs on the meta device, or on the CPU where the meta device is too lenient.

The batch is 7, a size that no test draws for another dim: an op that touches the batch
shows, and counts as refused.
"""

import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import torch
import torch.nn.functional as F  # noqa: N812 - the name that generated code has
from hypothesis import settings
from hypothesis import strategies as st
from torch import Tensor, nn
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.utils.flop_counter import FlopCounterMode

from graphc.infer import Known, OpResult, infer_op
from graphc.ir import (
    Arguments,
    Call,
    Code,
    Form,
    Index,
    Infix,
    Input,
    Items,
    Layer,
    Op,
    Value,
    Weight,
    Word,
)
from graphc.ir.binding import Given, bind
from graphc.lang import Size
from graphc.ops import find
from graphc.source import Source, Span

BATCH = 7
FEW = settings(max_examples=60, deadline=None)

Shape = tuple[int, ...]

_NAMES = {"torch": torch, "nn": nn, "F": F, "float": float}
_NOWHERE = Span(Source("", ""), 0, 0)
_REFUSALS = (
    AssertionError,
    AttributeError,
    IndexError,
    RuntimeError,
    TypeError,
    ValueError,
)
_OPERATORS: dict[str, Callable[[Tensor, Tensor], Tensor]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "@": operator.matmul,
}


# graphc's side


def bound(op: Op, **given: Value) -> Arguments | None:
    """Return the arguments of an op, None where one of them is refused."""
    items = [Given(key, value, _NOWHERE, _NOWHERE) for key, value in given.items()]
    found = bind(op, items, _NOWHERE)
    return found if isinstance(found, Arguments) else None


def unchecked(op: Op, **given: Value) -> Arguments:
    """Return the arguments of an op as given, to ask PyTorch what it makes of them."""
    values = {argument.name: argument.default for argument in op.arguments} | given
    return Arguments(tuple(values.items()))


def op_named(name: str) -> Op:
    op = find(name)
    assert op is not None, f"there is no op {name}"
    return op


def inferred(
    name: str, *inputs: Sequence[Size], reads: int = 1, **given: Value
) -> OpResult | None:
    """Apply an op to shapes; None where an argument is refused on its own."""
    op = op_named(name)
    arguments = bound(op, **given)
    shapes = [tuple(shape) for shape in inputs]
    return None if arguments is None else infer_op(op, arguments, shapes, reads)


def refused(result: OpResult | None) -> bool:
    return result is None or bool(result.problems)


# PyTorch's side


@dataclass(frozen=True, slots=True)
class Ran:
    """What a layer did in PyTorch: shapes without batch, state, MACs at batch 1."""

    outputs: tuple[Shape, ...]
    weights: tuple[Weight, ...] = ()
    macs: int = 0


def evaluated(code: Code, inputs: Sequence[Tensor]) -> Any:
    """Return the value of generated code for inputs."""
    found: Any
    match code:
        case Word(text):
            first, *rest = text.split(".")
            found = reduce(getattr, rest, _NAMES[first])
        case Input(index):
            found = inputs[index]
        case Items(items, bracket):
            values = [evaluated(item, inputs) for item in items]
            found = values if bracket else tuple(values)
        case Index(value, places):
            every = [_place(place, inputs) for place in places]
            found = evaluated(value, inputs)[tuple(every)]
        case Infix(sign, operands):
            values = [evaluated(operand, inputs) for operand in operands]
            found = reduce(_OPERATORS[sign], values)
        case Call(function, positional, keywords):
            values = [evaluated(item, inputs) for item in positional]
            named = {key: evaluated(item, inputs) for key, item in keywords}
            found = evaluated(function, inputs)(*values, **named)
        case _:
            found = code
    return found


def _place(place: Code, inputs: Sequence[Tensor]) -> Any:
    return slice(None) if place == Word(":") else evaluated(place, inputs)


def _state(layer: nn.Module) -> tuple[Weight, ...]:
    parameters = {name for name, _ in layer.named_parameters()}
    return tuple(
        Weight(
            name,
            tuple(tensor.shape),
            buffer=name not in parameters,
            integer=not tensor.is_floating_point(),
        )
        for name, tensor in layer.state_dict().items()
    )


def _without_batch(result: Any, batch: int) -> tuple[Shape, ...]:
    """Return shapes without the batch; ValueError where the batch was touched.

    So for a size of 0, which PyTorch knows in places and graphc nowhere.
    """
    tensors = result if isinstance(result, list | tuple) else [result]
    shapes = [tuple(tensor.shape) for tensor in tensors]
    if any(shape[:1] != (batch,) for shape in shapes):
        raise ValueError("the batch was touched")
    if any(0 in shape for shape in shapes):
        raise ValueError("a tensor is empty")
    return tuple(shape[1:] for shape in shapes)


def ran(
    op: Op, layer: Layer, dtype: torch.dtype = torch.float32, device: str = "meta"
) -> Ran | None:
    """Run the PyTorch form of a layer; None where PyTorch refuses it.

    Where an op has two spellings they must do the same. MACs are half of what
    PyTorch's counter counts.
    """
    form = op.torch(layer)
    function = (
        None
        if form.function is None
        else _attempt(_run_function, form, layer, dtype, device)
    )
    module = (
        None if form.layer is None else _attempt(_run_layer, form, layer, dtype, device)
    )
    if form.function is not None and form.layer is not None:
        assert _outputs(function) == _outputs(module), "the spellings differ"
    return function if module is None else module


def _outputs(found: Ran | None) -> tuple[Shape, ...] | None:
    return None if found is None else found.outputs


def _attempt(
    run: Callable[[Form, Sequence[Tensor]], tuple[Any, tuple[Weight, ...]]],
    form: Form,
    layer: Layer,
    dtype: torch.dtype,
    device: str,
) -> Ran | None:
    try:
        with (
            torch.device(device),
            sdpa_kernel(SDPBackend.MATH),
            FlopCounterMode(display=False) as counter,
        ):
            inputs = [
                torch.empty((BATCH, *shape), dtype=dtype)
                for shape in map(_plain, layer.inputs)
            ]
            result, weights = run(form, inputs)
            outputs = _without_batch(result, BATCH)
    except _REFUSALS:
        return None
    return Ran(outputs, weights, counter.get_total_flops() // 2 // BATCH)


def _run_function(
    form: Form, inputs: Sequence[Tensor]
) -> tuple[Any, tuple[Weight, ...]]:
    return evaluated(form.function, inputs), ()


def _run_layer(form: Form, inputs: Sequence[Tensor]) -> tuple[Any, tuple[Weight, ...]]:
    layer = evaluated(form.layer, inputs)
    assert isinstance(layer, nn.Module)
    if form.before is not None:
        inputs = (evaluated(form.before, inputs), *inputs[1:])
    called = form.arguments or tuple(("", Input(i)) for i in range(len(inputs)))
    positional = [evaluated(code, inputs) for key, code in called if not key]
    keywords = {key: evaluated(code, inputs) for key, code in called if key}
    result = layer(*positional, **keywords)
    return result if form.select is None else result[form.select], _state(layer)


# Both


def agrees(
    name: str,
    *inputs: Shape,
    reads: int = 1,
    dtype: torch.dtype = torch.float32,
    device: str = "meta",
    **given: Value,
) -> OpResult | None:
    """Hold an op against PyTorch: the same sizes, state and MACs, or both refuse.

    ``reads`` of the outputs are compared; PyTorch may have more. Returns what graphc
    found, None where it refused.
    """
    op = op_named(name)
    result = inferred(name, *inputs, reads=reads, **given)
    arguments = bound(op, **given) or unchecked(op, **given)
    outputs = _decided(result, inputs, reads)
    layer = Layer(arguments, inputs, outputs)
    there = ran(op, layer, dtype, device)
    if result is None or result.problems:
        assert there is None or len(there.outputs) < reads, (
            f"PyTorch gives {there}, graphc says {result and result.problems}"
        )
        return None
    assert there is not None, f"graphc gives {outputs}, PyTorch refuses"
    assert result.outputs == there.outputs[:reads]
    assert op.weights(layer) == there.weights
    assert op.macs(layer) == there.macs
    return result


def _decided(
    result: OpResult | None, inputs: Sequence[Shape], reads: int
) -> tuple[Shape, ...]:
    """Return the outputs; ones where none are found, for forms that ask for them."""
    rank = max(map(len, inputs))
    found = (None,) * reads if result is None else result.outputs
    return tuple(_plain(shape or (1,) * rank) for shape in found)


def hidden(shape: Shape, seen: Sequence[bool]) -> Known:
    """Return what is known of a shape of which only some dims are seen.

    ``seen`` tells of the rank first, then of each dim.
    """
    if not seen[0]:
        return None
    return tuple(
        size if shown else (1, None)
        for size, shown in zip(shape, seen[1:], strict=False)
    )


def believes(known: Known, shape: Shape) -> bool:
    """Whether what is known of a shape allows it."""
    if known is None:
        return True
    if len(known) != len(shape):
        return False
    return all(_allows(found, size) for found, size in zip(known, shape, strict=True))


def _allows(found: Size | tuple[int, int | None], size: int) -> bool:
    if isinstance(found, tuple):
        low, high = found
        return low <= size and (high is None or size <= high)
    return found == size


def agrees_backwards(
    data: st.DataObject, name: str, *inputs: Shape, reads: int = 1, **given: Value
) -> None:
    """Hide some of the dims at an op: what is left must never exclude the truth."""
    op = op_named(name)
    arguments = bound(op, **given)
    assert arguments is not None
    outputs = infer_op(op, arguments, inputs, reads).outputs
    shapes = [_plain(shape) for shape in (*inputs, *outputs) if shape is not None]
    flags = st.lists(st.booleans(), min_size=9, max_size=9)
    masks = data.draw(st.tuples(*[flags] * len(shapes)))
    seen = [hidden(shape, mask) for shape, mask in zip(shapes, masks, strict=True)]
    count = len(inputs)
    result = infer_op(op, arguments, seen[:count], seen[count:])
    assert not result.problems
    found = (*result.inputs, *result.known)
    for known, shape in zip(found, shapes, strict=True):
        assert believes(known, shape), f"{known} excludes {shape}"
    again = infer_op(op, arguments, result.inputs, result.known)
    assert (*again.inputs, *again.known) == found, "a second look finds more"


def _plain(shape: Sequence[Size]) -> Shape:
    assert all(isinstance(size, int) for size in shape)
    return tuple(size for size in shape if isinstance(size, int))
