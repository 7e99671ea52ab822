"""A network rewritten for inference: the passes in their order, each result checked."""

from collections.abc import Collection
from functools import partial

from graphc.diagnostics import Diagnostic, Sink
from graphc.infer import Sized, infer
from graphc.passes.commute_pools import commute_pools
from graphc.passes.costs import When
from graphc.passes.drop_dropout import drop_dropout
from graphc.passes.fold_batch_norm import fold_batch_norm
from graphc.passes.inline_rows import inline_rows
from graphc.passes.merge_siblings import merge_siblings
from graphc.passes.rewriting import Pass
from graphc.record import record

PASSES: dict[str, Pass] = {
    "drop-dropout": drop_dropout,
    "inline-rows": inline_rows,
    "fold-batch-norm": fold_batch_norm,
    "commute-pools": commute_pools,
    "merge-siblings": merge_siblings,
}
"""The passes by the names of their flags, in the order in which they are applied."""

WEIGHED: dict[str, Pass] = {
    "commute-pools": partial(commute_pools, when=When.ALWAYS),
    "merge-siblings": partial(merge_siblings, when=When.ALWAYS),
}
"""Those that are applied where it pays, as they are applied wherever it is possible."""


@record(eq=False)
class Optimized:
    """A network after passes, with its sizes, and what they had to leave as it was."""

    sized: Sized
    remarks: tuple[Diagnostic, ...] = ()


def optimize(
    sized: Sized, without: Collection[str] = (), always: Collection[str] = ()
) -> Optimized:
    """Return a network rewritten for inference by all passes but some.

    Those of ``WEIGHED`` that are named in ``always`` do not ask whether it pays.
    It must have been checked without errors. Raises RuntimeError if what a pass gives
    is not a network of the same inputs and outputs: a mistake in the pass.
    """
    remarks: list[Diagnostic] = []
    for name, rewrite in PASSES.items():
        if name in without:
            continue
        rewritten = (WEIGHED[name] if name in always else rewrite)(sized)
        remarks += rewritten.remarks
        sink = Sink()
        after = infer(rewritten.network, sink)
        _insist(name, sized, after, sink)
        sized = after
    return Optimized(sized, tuple(remarks))


def _insist(name: str, before: Sized, after: Sized, sink: Sink) -> None:
    """Raise RuntimeError unless a network is sound and has the ends it had before."""
    if sink.failed:
        said = "; ".join(finding.message for finding in sink.sorted())
        raise RuntimeError(f"the pass {name} gives a network that is not sound: {said}")
    ends = [(each.model.inputs, each.model.outputs) for each in (before, after)]
    if ends[0] != ends[1]:
        raise RuntimeError(f"the pass {name} changes the sizes at the ends")
