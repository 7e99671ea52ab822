"""The convolution of a file for inference on a CPU.

Graphc does not import this file: a generated file has a copy of what is in it. It is
Python so that it is checked and tested as such.
"""

import warnings
from functools import cache

import torch
import torch.nn.functional as F  # noqa: N812 - the name that it has in generated code
from torch import Tensor, nn


@cache
def has_onednn() -> bool:
    """Whether this PyTorch has what is used of oneDNN; it warns once if not."""
    names = ("_convolution_pointwise", "_reorder_convolution_weight")
    there = torch.backends.mkldnn.is_available()  # type: ignore[no-untyped-call]
    found = there and all(hasattr(torch.ops.mkldnn, name) for name in names)
    if not found:
        warnings.warn(
            "this PyTorch has no packed convolutions of oneDNN: plain ones are used",
            stacklevel=2,
        )
    return bool(found)


class PackedConv2d(nn.Conv2d):
    """A convolution with the ReLU behind it, as one step of oneDNN.

    oneDNN packs the weight for the size of the input, anew when either changes. Where
    it cannot be used, where gradients are wanted for one, PyTorch's own ops compute the
    same.
    """

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: int | tuple[int, int],
        *,
        stride: int | tuple[int, int] = 1,
        padding: int | tuple[int, int] = 0,
        dilation: int | tuple[int, int] = 1,
        groups: int = 1,
        bias: bool = True,
        relu: bool = False,
    ) -> None:
        super().__init__(
            in_channels,
            out_channels,
            kernel_size,
            stride=stride,
            padding=padding,
            dilation=dilation,
            groups=groups,
            bias=bias,
        )
        self.relu = relu
        self._packed: tuple[object, Tensor] | None = None

    def forward(self, x: Tensor) -> Tensor:
        if not self._can_pack(x):
            found = super().forward(x)
            return F.relu(found, inplace=True) if self.relu else found
        weight = self._weight_for(x)
        window = (list(self.padding), list(self.stride), list(self.dilation))
        pointwise = "relu" if self.relu else "none"
        result: Tensor = torch.ops.mkldnn._convolution_pointwise(
            x, weight, self.bias, *window, self.groups, pointwise, [], ""
        )
        return result

    def _can_pack(self, x: Tensor) -> bool:
        kinds = {(each.device.type, each.dtype) for each in (x, self.weight)}
        idle = torch.is_grad_enabled() or torch.compiler.is_compiling()
        plain = type(x) is Tensor and kinds == {("cpu", torch.float32)}
        return plain and x.numel() > 0 and not idle and has_onednn()

    def _weight_for(self, x: Tensor) -> Tensor:
        """Return the weight as oneDNN wants it for an input."""
        version = 0 if self.weight.is_inference() else self.weight._version
        key = (self.weight.data_ptr(), version, x.shape)
        if self._packed is None or self._packed[0] != key:
            window = (list(self.padding), list(self.stride), list(self.dilation))
            pack = torch.ops.mkldnn._reorder_convolution_weight
            weight = self.weight.detach()
            packed = pack(weight, *window, self.groups, list(x.shape))
            self._packed = (key, packed)
        return self._packed[1]

    def __getstate__(self) -> dict[str, object]:
        """Return what is copied or saved: all but the packed weight."""
        return {**self.__dict__, "_packed": None}
