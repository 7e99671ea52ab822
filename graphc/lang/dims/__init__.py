"""Sizes of dims: ints, and exact expressions over symbols, compared exactly."""

from graphc.lang.dims.bounds import Bounds, bounds
from graphc.lang.dims.compare import Differs, Equal, Unproved, Verdict, compare
from graphc.lang.dims.dim import Dim, Size, symbol
from graphc.lang.dims.division import divide
from graphc.lang.dims.threshold import solve_at_least

__all__ = [
    "Bounds",
    "Differs",
    "Dim",
    "Equal",
    "Size",
    "Unproved",
    "Verdict",
    "bounds",
    "compare",
    "divide",
    "solve_at_least",
    "symbol",
]
