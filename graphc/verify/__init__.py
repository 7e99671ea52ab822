"""Whether generated modules give what they should when they run: needs torch."""

from graphc.verify.equal import BOUNDS, Equality, compare_rewritten
from graphc.verify.run import Mismatch, VerifyReport, verify

__all__ = [
    "BOUNDS",
    "Equality",
    "Mismatch",
    "VerifyReport",
    "compare_rewritten",
    "verify",
]
