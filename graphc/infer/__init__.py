"""Sizes for everything, both ways along the edges."""

from graphc.infer.check import infer
from graphc.infer.derivation import dim_text, known_text
from graphc.infer.generic import Generic, GenericUse, Shared, Symbol, generic
from graphc.infer.intake import Intake, Reason, intake, misfits, outputs_at
from graphc.infer.single import OpResult, Problem, infer_op
from graphc.infer.sized import (
    Body,
    Instance,
    Mistake,
    Repeated,
    Sized,
    Stage,
    inner_first,
)
from graphc.infer.solution import Known, Shape
from graphc.infer.undetermined import OPEN_SIZES

__all__ = [
    "OPEN_SIZES",
    "Body",
    "Generic",
    "GenericUse",
    "Instance",
    "Intake",
    "Known",
    "Mistake",
    "OpResult",
    "Problem",
    "Reason",
    "Repeated",
    "Shape",
    "Shared",
    "Sized",
    "Stage",
    "Symbol",
    "dim_text",
    "generic",
    "infer",
    "infer_op",
    "inner_first",
    "intake",
    "known_text",
    "misfits",
    "outputs_at",
]
