"""PyTorch: a network as a Python file."""

from graphc.emit.torch.classes import Draft
from graphc.emit.torch.emit import drafts, emit, written
from graphc.emit.torch.fixed import open_sizes
from graphc.emit.torch.places import Placed, StateTensor, placed, state

__all__ = [
    "Draft",
    "Placed",
    "StateTensor",
    "drafts",
    "emit",
    "open_sizes",
    "placed",
    "state",
    "written",
]
