"""A network rewritten for inference: the passes in their order, each result checked."""

from collections.abc import Collection
from functools import partial

from graphc.diagnostics import Code, Diagnostic, Severity, Sink
from graphc.infer import Sized, infer
from graphc.ir import Network
from graphc.passes.commute_pools import commute_pools
from graphc.passes.costs import When
from graphc.passes.drop_dropout import drop_dropout
from graphc.passes.fold_batch_norm import fold_batch_norm
from graphc.passes.inline_rows import inline_rows
from graphc.passes.instances import Origin, origin
from graphc.passes.merge_siblings import merge_siblings
from graphc.passes.rewriting import Pass, has_open_repeat
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
    """A network after passes, with its sizes, and what they had to leave as it was.

    ``broken`` are the passes whose results were not sound, and were not taken.
    """

    sized: Sized
    remarks: tuple[Diagnostic, ...] = ()
    broken: tuple[str, ...] = ()


def optimize(
    sized: Sized, without: Collection[str] = (), always: Collection[str] = ()
) -> Optimized:
    """Return a network rewritten for inference by all passes but some.

    Those of ``WEIGHED`` that are named in ``always`` do not ask whether it pays.
    It must have been checked without errors. A pass that gives no network of the same
    inputs and outputs is mistaken: it is left out as a whole, with a remark (GC601).
    """
    remarks: list[Diagnostic] = []
    broken: list[str] = []
    for name, rewrite in PASSES.items():
        if name in without:
            continue
        rewritten = (WEIGHED[name] if name in always else rewrite)(sized)
        if rewritten.network is sized.network:
            remarks += rewritten.remarks
            continue
        sink = Sink()
        after = infer(rewritten.network, sink)
        wrong = _mistake(sized, after, sink)
        if wrong is None:
            remarks += rewritten.remarks
            sized = after
        else:
            broken.append(name)
            remarks.append(_left_out(name, wrong, sized.network))
    return Optimized(sized, tuple(remarks), tuple(broken))


def _mistake(before: Sized, after: Sized, sink: Sink) -> str | None:
    """Return what is wrong with the result of a pass; None if nothing is.

    ``sink`` has what was found in it.
    """
    if sink.failed:
        errors = (one for one in sink.sorted() if one.severity is Severity.ERROR)
        return "; ".join(finding.message for finding in errors)
    ends = [(each.model.inputs, each.model.outputs) for each in (before, after)]
    if ends[0] != ends[1]:
        return "it changes the sizes at the ends"
    if not _open_rows(after.network) <= _open_rows(before.network):
        return "it changes a row whose length parameters decide"
    return None


def _open_rows(network: Network) -> set[tuple[Origin, ...]]:
    """Return the rows with repeats that parameters decide, by where they come from."""
    modules = [network.model, *network.modules.values()]
    rows = (node.terms for each in modules for node in each.graph.nodes.values())
    return {tuple(map(origin, terms)) for terms in rows if has_open_repeat(terms)}


def _left_out(name: str, wrong: str, network: Network) -> Diagnostic:
    return Diagnostic(
        Code.GC601,
        f"the rewriting `{name}` was left out: {wrong}",
        severity=Severity.NOTE,
        help=("this is a mistake in graphc: please report it with this spec",),
        file=network.file or None,
    )
