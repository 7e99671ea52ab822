"""Networks made of networks: one pass a file, one function of its name."""

from graphc.passes.keep_outputs import keep_outputs

__all__ = ["keep_outputs"]
