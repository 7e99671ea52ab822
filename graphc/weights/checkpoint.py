"""What a file of weights holds: names and shapes, without the values."""

from collections.abc import Mapping
from dataclasses import field, replace

from graphc.record import record

Shape = tuple[int, ...]

WRAPPERS = ("module.", "_orig_mod.")
"""What DataParallel and ``torch.compile`` put before every key."""


@record
class Checkpoint:
    """The tensors of a file by their keys, in the order of the file.

    ``path`` are the keys that lead to them where they stand in dicts within dicts, and
    ``beside`` are the other dicts of tensors there. ``others`` are keys whose values
    are no tensors. ``versions`` are those of the modules that saved it, by path.
    A file that is not ``ordered`` does not have the order of the modules.
    """

    file: str
    tensors: Mapping[str, Shape]
    path: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    versions: Mapping[str, int] = field(default_factory=dict)
    ordered: bool = True

    @property
    def wrapper(self) -> str:
        """What stands before every key, if a wrapper put it there: ``module.``."""
        found = ""
        while True:
            grown = next(
                (found + each for each in WRAPPERS if self._all(found + each)), ""
            )
            if not grown:
                return found
            found = grown

    def _all(self, prefix: str) -> bool:
        return bool(self.tensors) and all(
            key.startswith(prefix) for key in self.tensors
        )

    def stripped(self, prefix: str) -> "Checkpoint":
        """Return it with the prefix taken off the keys that begin with it."""
        bare = prefix.removesuffix(".")
        versions = {
            "" if path == bare else path.removeprefix(prefix): version
            for path, version in self.versions.items()
        }
        tensors = {key.removeprefix(prefix): s for key, s in self.tensors.items()}
        return replace(self, tensors=tensors, versions=versions)
