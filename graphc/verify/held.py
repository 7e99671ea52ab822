"""How much memory a module holds while it runs, measured."""

from typing import Any
from weakref import WeakValueDictionary

import torch
from torch import Tensor, nn
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves


class Watch(TorchDispatchMode):  # type: ignore[no-untyped-call]
    """The most bytes that are alive behind an op, without those held from before."""

    def __init__(self, before: list[Tensor]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.most = 0
        self._before = {each.untyped_storage()._cdata for each in before}
        self._alive: WeakValueDictionary[int, Tensor] = WeakValueDictionary()

    def __torch_dispatch__(
        self, func: Any, types: Any, args: Any = (), kwargs: Any = None
    ) -> Any:
        """Run an op and look at the tensors that are alive behind it."""
        del types
        found = func(*args, **(kwargs or {}))
        tensors = [each for each in tree_leaves(found) if isinstance(each, Tensor)]
        self._alive.update((id(each), each) for each in tensors)
        stored = [each.untyped_storage() for each in self._alive.values()]
        sizes = {each._cdata: each.nbytes() for each in stored}
        held = sum(size for key, size in sizes.items() if key not in self._before)
        self.most = max(self.most, held)
        return found


def peak_of(network: nn.Module, *given: Tensor) -> int:
    """Return the most bytes that a forward pass holds beside weights and inputs.

    What PyTorch holds within one op is not seen. Works on the meta device too.
    """
    held = [*network.state_dict().values(), *given]
    watch = Watch(held)
    with torch.no_grad(), watch:
        network(*given)
    return watch.most
