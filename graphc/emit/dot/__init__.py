"""A drawing as DOT text."""

from graphc.emit.dot.write import dot

__all__ = ["dot"]
