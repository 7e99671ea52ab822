"""Networks made of other networks: some outputs alone, or rewritten for inference."""

from graphc.passes.inference import PASSES, WEIGHED, Optimized, optimize
from graphc.passes.keep_outputs import keep_outputs

__all__ = ["PASSES", "WEIGHED", "Optimized", "keep_outputs", "optimize"]
