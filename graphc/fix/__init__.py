"""Texts put right: edits applied, and where sizes that are missing would stand."""

from graphc.fix.annotate import annotations
from graphc.fix.edits import applied, difference
from graphc.fix.missing import Arrows, Missing, Wording, missing, modules_with_edges

__all__ = [
    "Arrows",
    "Missing",
    "Wording",
    "annotations",
    "applied",
    "difference",
    "missing",
    "modules_with_edges",
]
