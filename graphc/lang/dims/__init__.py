"""Sizes of dims: ints, and exact expressions over symbols, compared exactly."""

from graphc.lang.dims.bounds import Bounds, bounds
from graphc.lang.dims.compare import (
    Differs,
    Equal,
    Unproved,
    Verdict,
    compare,
    symbols_in,
)
from graphc.lang.dims.condition import ALWAYS, NEVER, Box, Condition, at_least, equality
from graphc.lang.dims.dim import Dim, Size, symbol
from graphc.lang.dims.division import divide
from graphc.lang.dims.values import ALL, Values

__all__ = [
    "ALL",
    "ALWAYS",
    "NEVER",
    "Bounds",
    "Box",
    "Condition",
    "Differs",
    "Dim",
    "Equal",
    "Size",
    "Unproved",
    "Values",
    "Verdict",
    "at_least",
    "bounds",
    "compare",
    "divide",
    "equality",
    "symbol",
    "symbols_in",
]
