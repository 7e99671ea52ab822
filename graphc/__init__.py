"""graphc compiles a figure of a neural network into a checked PyTorch module.

``graphc.load(path)`` gives a `Spec`: ``.check()``, ``.build()``, ``.render()``,
``.summary()``, ``.verify()``, and ``.module()`` for a ready ``torch.nn.Module``.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graphc.spec import Spec, SpecError, load

__all__ = ["Spec", "SpecError", "load"]


def __getattr__(name: str) -> object:
    """Import the compiler when it is first asked for, so that the command starts fast.

    Raises AttributeError for a name that is not exported.
    """
    if name in __all__:
        return getattr(import_module("graphc.spec"), name)
    raise AttributeError(f"module 'graphc' has no attribute {name!r}")
