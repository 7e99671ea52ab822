"""Sizes for everything, both ways along the edges."""

from graphc.infer.single import OpResult, Problem, infer_op

__all__ = ["OpResult", "Problem", "infer_op"]
