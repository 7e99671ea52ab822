"""A spec becomes a network."""

from graphc.frontend.load import elaborate, elaborate_tree, load

__all__ = ["elaborate", "elaborate_tree", "load"]
