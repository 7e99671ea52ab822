"""What a module can be built for, as the command line calls it.

These words stand here so that a command that builds nothing imports no more than them.
"""

from collections.abc import Mapping

PURPOSES = ("training", "inference", "inference-cpu")
"""The values of ``--for``, the default first; those of ``emit.torch.Purpose``."""

REWRITINGS: Mapping[str, str] = {
    "drop-dropout": "leave out what does nothing in evaluation",
    "inline-rows": "write small rows of ops where they are used",
    "fold-batch-norm": "put batch normalizations into the layers beside them",
    "commute-pools": "put convolutions before the averages that they read",
    "merge-siblings": "merge convolutions that read the same tensor",
}
"""The passes of ``graphc.passes`` by the names of their flags, and what each does."""

WEIGHED = ("commute-pools", "merge-siblings")
"""Those that are applied only where that is known to be faster."""
