"""What a checkpoint calls the tensors of a model."""

from graphc.lang import KeyText
from graphc.record import record


@record
class Renaming:
    """Keys of the model that begin one way, and how they begin in the checkpoint."""

    own: KeyText
    given: KeyText

    def __call__(self, key: str) -> str | None:
        """Return what the checkpoint calls a key of the model; None for other keys."""
        found = self.own.match(key)
        if found is None:
            return None
        numbers, rest = found
        given = self.given.filled(numbers)
        return None if given is None else f"{given}{rest}"


@record
class CheckpointMap:
    """The renamings, and the keys of a checkpoint that a model has no use for.

    Of the renamings that match a key the one that says most of it holds; a key that
    none matches is called the same in the checkpoint.
    """

    renamings: tuple[Renaming, ...] = ()
    unused: tuple[KeyText, ...] = ()

    @property
    def ordered(self) -> tuple[Renaming, ...]:
        """The renamings, those that say more first."""
        return tuple(sorted(self.renamings, key=lambda one: one.own.rank, reverse=True))

    def renaming(self, key: str) -> Renaming | None:
        """Return the renaming that holds for a key of the model, if there is one."""
        for renaming in self.ordered:
            if renaming.own.match(key) is not None:
                return renaming
        return None

    def given(self, key: str) -> str:
        """Return what the checkpoint calls a key of the model."""
        renaming = self.renaming(key)
        renamed = None if renaming is None else renaming(key)
        return key if renamed is None else renamed

    def is_unused(self, key: str) -> bool:
        """Whether a key of the checkpoint is said to be of no use."""
        return any(pattern.match(key) is not None for pattern in self.unused)
