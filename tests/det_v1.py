"""The rule det-v1: weights and an image that any implementation can reproduce.

Numbers come from a 32-bit integer hash of a tensor's number and an element's place, so
they are exact in every language, and a matrix filled with them has full rank: branches
that were swapped and kernels that were transposed show in the result.
"""

import math
from collections.abc import Iterator

import torch
from torch import Tensor, nn

_MASK = 0xFFFFFFFF
_FINE, _COARSE, _BLOCK = 0xFFFF, 0xFFFE, 16


def noise(tensor: int, *shape: int) -> Tensor:
    """Return float64 numbers in [-1, 1), multiples of 2**-23."""
    x = torch.arange(math.prod(shape)) + (tensor * 0x9E3779B9 & _MASK) & _MASK
    x = ((x ^ (x >> 16)) * 0x7FEB352D) & _MASK
    x = ((x ^ (x >> 15)) * 0x846CA68B) & _MASK
    return (((x ^ (x >> 16)) >> 8).double() / 2.0**23 - 1.0).reshape(shape)


def fill(model: nn.Module, gain: float = 1.0, unfilled: str = "") -> int:
    """Fill a model in the order of its state_dict; return how many tensors it filled.

    Integers are left alone, and so are keys that begin with ``unfilled``: they have no
    number, so that the others have those they would have without them.
    """
    tensors = list(_floats(model, unfilled))
    with torch.no_grad():
        for number, (key, tensor) in enumerate(tensors):
            tensor.copy_(_value(key.rpartition(".")[2], number, tensor, gain))
    return len(tensors)


def _floats(model: nn.Module, unfilled: str) -> Iterator[tuple[str, Tensor]]:
    for key, tensor in model.state_dict().items():
        left = unfilled and key.startswith(unfilled)
        if tensor.is_floating_point() and not left:
            yield key, tensor


def _value(role: str, number: int, tensor: Tensor, gain: float) -> Tensor:
    made = noise(number, *tensor.shape)
    if role == "weight" and tensor.dim() > 1:
        return made * (gain * math.sqrt(3.0 / (tensor.numel() // tensor.shape[0])))
    if role == "weight":
        return 1 + 0.1 * made
    if role == "running_var":
        return 1 + 0.5 * made
    return 0.1 * made


def image(channels: int, height: int, width: int) -> Tensor:
    """Return a batch of one image: fine noise on blocks of 16 by 16."""
    down, across = -(-height // _BLOCK), -(-width // _BLOCK)
    blocks = noise(_COARSE, 1, channels, down, across)
    blocks = blocks.repeat_interleave(_BLOCK, 2).repeat_interleave(_BLOCK, 3)
    fine = noise(_FINE, 1, channels, height, width)
    return 0.5 * fine + 0.5 * blocks[:, :, :height, :width]


def filled(model: nn.Module, gain: float = 1.0, unfilled: str = "") -> nn.Module:
    """Return a model made on the meta device in float64, filled, for evaluation."""
    model = model.double().to_empty(device="cpu").eval()
    for tensor in model.state_dict().values():
        tensor.zero_()
    fill(model, gain, unfilled)
    return model
