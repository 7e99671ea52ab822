"""A ``checkpoint`` map for a spec, from a checkpoint with other keys."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from graphc.emit.torch import StateTensor
from graphc.record import record
from graphc.weights.align import Choice, align
from graphc.weights.checkpoint import Checkpoint, Shape
from graphc.weights.fold import Entry, can_be_written, fold, map_of
from graphc.weights.layers import layers_of, tensors_of
from graphc.weights.text import file_notes

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*")
_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})


@record
class Proposal:
    """Entries of a map, and how far they go.

    ``renamed`` has the key in the checkpoint for each key of the model that they
    explain, of ``total``; ``choices`` are layers that could be several; what has no
    counterpart is ``unexplained`` or ``left_over``.
    """

    entries: tuple[Entry, ...]
    renamed: Mapping[str, str]
    total: int
    choices: tuple[Choice, ...]
    unexplained: tuple[str, ...]
    left_over: Mapping[str, Shape]

    @property
    def whole(self) -> bool:
        """Whether every key of the model is explained."""
        return len(self.renamed) == self.total


def propose(tensors: Sequence[StateTensor], checkpoint: Checkpoint) -> Proposal:
    """Return the map by which a model takes a checkpoint, as far as it can be told.

    From the order of the layers, the sizes of their tensors, and their names where
    order and sizes leave a choice.
    """
    own = {tensor.key: tensor.shape for tensor in tensors}
    held = checkpoint.tensors
    if all(held.get(key) == shape for key, shape in own.items()):
        return Proposal(
            (), {key: key for key in own}, len(own), (), (), _rest(held, own)
        )
    found = align(
        layers_of(own.items()), layers_of(held.items()), ordered=checkpoint.ordered
    )
    # A layer of which only some tensors are called otherwise is none of these pairs.
    single = align(
        tensors_of(found.own), tensors_of(found.given), ordered=checkpoint.ordered
    )
    choices = (*found.choices, *single.choices)
    wanted = {
        key: other.path + key.removeprefix(one.path)
        for one, other in (*found.pairs, *single.pairs)
        for key in one.keys
    }
    wanted = {key: given for key, given in wanted.items() if can_be_written(given)}
    entries = fold(wanted)
    known = map_of(entries)
    sound = known is not None and all(known.given(k) == to for k, to in wanted.items())
    renamed = {
        key: to
        for key, to in wanted.items()
        if sound and (to in held or key.endswith(".num_batches_tracked"))
    }
    undecided = {key for choice in choices for key in choice.own.keys}
    missing = [key for key in own if key not in renamed and key not in undecided]
    return Proposal(
        entries if sound else (),
        renamed,
        len(own),
        choices,
        tuple(missing),
        _rest(held, renamed.values()),
    )


def _rest(held: Mapping[str, Shape], used: Iterable[str]) -> dict[str, Shape]:
    taken = set(used)
    return {key: shape for key, shape in held.items() if key not in taken}


def proposal_text(found: Proposal, checkpoint: Checkpoint | None = None) -> str:
    """Return a proposal as YAML: the block, and what is not in it as comments.

    With the checkpoint, how it was read is told before the block.
    """
    notes = () if checkpoint is None else file_notes(checkpoint)
    lines = [*(f"# {note}" for note in notes), *_block(found.entries)]
    if checkpoint is not None and not checkpoint.ordered:
        lines.append("# the file does not have the modules' order: names have decided")
    kept = sum(key == given for key, given in found.renamed.items())
    explained = f"# {len(found.renamed)} of {found.total} keys are explained"
    lines.append(f"{explained}, {kept} of them by their own names")
    for choice in found.choices:
        paths = (
            ", ".join(other.path for other in choice.given) or "nothing that is left"
        )
        lines.append(f"# ambiguous: {choice.own.path} could be {paths}")
    lines += [f"# unexplained: {key}" for key in found.unexplained]
    lines += [f"# left over: {key}" for key in found.left_over]
    return "\n".join(lines) + "\n"


def proposal_json(found: Proposal) -> str:
    """Return a proposal for a program."""
    table = {
        "checkpoint": {entry.own: entry.given for entry in found.entries},
        "explained": len(found.renamed),
        "total": found.total,
        "ambiguous": [
            {"own": choice.own.path, "given": [other.path for other in choice.given]}
            for choice in found.choices
        ],
        "unexplained": list(found.unexplained),
        "left_over": list(found.left_over),
    }
    return json.dumps(table, indent=2) + "\n"


def _block(entries: Sequence[Entry]) -> Iterator[str]:
    if not entries:
        yield "checkpoint: {}"
        return
    yield "checkpoint:"
    for entry in entries:
        yield f"  {_quoted(entry.own)}: {_quoted(entry.given)}"


def _quoted(text: str) -> str:
    plain = _PLAIN.fullmatch(text) and text.lower() not in _WORDS
    return text if plain else f'"{text}"'
