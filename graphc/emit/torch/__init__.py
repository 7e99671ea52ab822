"""PyTorch: a network as a Python file."""

from graphc.emit.torch.classes import Draft
from graphc.emit.torch.emit import drafts, emit, written

__all__ = ["Draft", "drafts", "emit", "written"]
