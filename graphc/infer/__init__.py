"""Sizes for everything, both ways along the edges."""

from graphc.infer.check import infer
from graphc.infer.derivation import dim_text
from graphc.infer.generic import Generic, GenericUse, Symbol, generic
from graphc.infer.single import OpResult, Problem, infer_op
from graphc.infer.sized import Body, Instance, Mistake, Repeated, Sized, Stage
from graphc.infer.solution import Known, Shape
from graphc.infer.wording import value_text

__all__ = [
    "Body",
    "Generic",
    "GenericUse",
    "Instance",
    "Known",
    "Mistake",
    "OpResult",
    "Problem",
    "Repeated",
    "Shape",
    "Sized",
    "Stage",
    "Symbol",
    "dim_text",
    "generic",
    "infer",
    "infer_op",
    "value_text",
]
