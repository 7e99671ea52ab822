"""A checkpoint beside the ``state_dict`` of a spec's model."""

from collections.abc import Mapping, Sequence

from graphc.emit.torch import StateTensor
from graphc.ir import CheckpointMap
from graphc.lang import Size
from graphc.record import record
from graphc.weights.checkpoint import Checkpoint, Shape


@record
class Pair:
    """A tensor of the model, and the one that a checkpoint has for it.

    ``given`` is its key there; ``found`` is None where the checkpoint has none.
    """

    key: str
    given: str
    shape: tuple[Size, ...]
    found: Shape | None


@record
class Comparison:
    """What a strict load of a checkpoint would find.

    ``implied`` are counts of batches that an old checkpoint does not have and a load
    does not miss; ``left_over`` has None for what is no tensor; ``unused`` are keys
    that the spec says the model has no use for. ``renamed`` tells that the checkpoint
    has the keys of the spec's map, not those of the model.
    """

    matched: tuple[Pair, ...]
    missing: tuple[Pair, ...]
    differ: tuple[Pair, ...]
    left_over: Mapping[str, Shape | None]
    implied: tuple[Pair, ...] = ()
    unused: tuple[str, ...] = ()
    renamed: bool = False

    @property
    def loads(self) -> bool:
        """Whether ``load_state_dict(..., strict=True)`` would take it."""
        return not (self.missing or self.differ or self.left_over)


def compare(
    tensors: Sequence[StateTensor], known: CheckpointMap | None, checkpoint: Checkpoint
) -> Comparison:
    """Return how the tensors of a model and those of a checkpoint go together.

    As the generated module does, through the map if the checkpoint has a key of it that
    is none of the model's own.
    """
    given = {t.key: t.key if known is None else known.given(t.key) for t in tensors}
    held: dict[str, Shape | None] = dict.fromkeys(checkpoint.others)
    held |= checkpoint.tensors
    unused = tuple(key for key in held if known is not None and known.is_unused(key))
    for key in unused:
        del held[key]
    renamed = bool((set(given.values()) - given.keys()) & held.keys())
    pairs = [_pair(t, given[t.key] if renamed else t.key, held) for t in tensors]
    both = list(zip(tensors, pairs, strict=True))
    absent = [(tensor, pair) for tensor, pair in both if pair.found is None]
    implied = [pair for t, pair in absent if _is_implied(t, checkpoint)]
    present = [pair for pair in pairs if pair.found is not None]
    wanted = {pair.given for pair in present}
    return Comparison(
        tuple(pair for pair in present if _fits(pair)),
        tuple(pair for _, pair in absent if pair not in implied),
        tuple(pair for pair in present if not _fits(pair)),
        {key: shape for key, shape in held.items() if key not in wanted},
        tuple(implied),
        unused,
        renamed,
    )


def _pair(tensor: StateTensor, given: str, held: Mapping[str, Shape | None]) -> Pair:
    return Pair(tensor.key, given, tensor.shape, held.get(given))


def _is_implied(tensor: StateTensor, checkpoint: Checkpoint) -> bool:
    """Whether torch supplies it: a count that norms have since their version 2."""
    path, _, name = tensor.key.rpartition(".")
    return name == "num_batches_tracked" and checkpoint.versions.get(path, 0) < 2


def _fits(pair: Pair) -> bool:
    # Torch takes the first element of a vector for a number.
    number = pair.shape == () and pair.found is not None and len(pair.found) == 1
    return pair.shape == pair.found or number
