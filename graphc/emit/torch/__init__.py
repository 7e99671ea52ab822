"""PyTorch: a network as a Python file."""

from graphc.emit.torch.classes import Draft
from graphc.emit.torch.emit import drafts, emit, emit_rewritten, written
from graphc.emit.torch.fixed import open_sizes
from graphc.emit.torch.places import Placed, StateTensor, placed, state
from graphc.emit.torch.purpose import Purpose

__all__ = [
    "Draft",
    "Placed",
    "Purpose",
    "StateTensor",
    "drafts",
    "emit",
    "emit_rewritten",
    "open_sizes",
    "placed",
    "state",
    "written",
]
