"""A spec becomes a network."""

from graphc.frontend.load import elaborate, load

__all__ = ["elaborate", "load"]
