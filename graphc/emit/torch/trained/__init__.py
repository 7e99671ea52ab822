"""How a file for inference takes the weights of the trained network."""

from graphc.emit.torch.trained.loading import RESERVED, Loading

__all__ = ["RESERVED", "Loading"]
