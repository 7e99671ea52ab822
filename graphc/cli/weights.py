"""``graphc weights``."""

import argparse
import sys
from collections.abc import Sequence

from graphc.cli.report import report
from graphc.cli.result import hand_over
from graphc.diagnostics import Diagnostic, count
from graphc.emit.torch import drafts, state
from graphc.infer import Sized
from graphc.pipeline.check import check
from graphc.pipeline.verdict import exit_code
from graphc.weights import (
    Checkpoint,
    as_json,
    as_text,
    compare,
    proposal_json,
    proposal_text,
    propose,
    read_checkpoint,
)


def run(options: argparse.Namespace) -> int:
    """Compare a spec's keys with a checkpoint's; 0 if a strict load would work."""
    checked = check(
        options.spec, options.import_root, options.only, model=options.model
    ).with_code()
    if not checked.ok or checked.sized is None:
        summary = f"{checked.file}: {count(checked.findings)}: nothing was compared"
        report(checked.findings, options, summary, sys.stderr)
        return exit_code(checked.findings)
    checkpoint = read_checkpoint(options.checkpoint)
    if isinstance(checkpoint, Diagnostic):
        summary = f"{checked.file}: nothing was compared"
        report((*checked.findings, checkpoint), options, summary, sys.stderr)
        return exit_code((checkpoint,))
    if options.strip:
        checkpoint = checkpoint.stripped(options.strip)
    sources = (*checked.sources, options.checkpoint)
    return _told(checked.sized, checkpoint, options, sources)


def _told(
    sized: Sized,
    checkpoint: Checkpoint,
    options: argparse.Namespace,
    sources: Sequence[str],
) -> int:
    tensors = state(sized, drafts(sized))
    is_json = options.format == "json"
    if options.map:
        proposal = propose(tensors, checkpoint)
        works = proposal.whole
        text = (
            proposal_json(proposal) if is_json else proposal_text(proposal, checkpoint)
        )
    else:
        found = compare(tensors, sized.network.meta.checkpoint, checkpoint)
        works = found.loads
        write = as_json if is_json else as_text
        text = write(found, checkpoint, sized.network.file)
    problem = hand_over(text.encode(), options.output, *sources)
    if problem is not None:
        report((problem,), options, "nothing was written", sys.stderr)
        return exit_code((problem,))
    return 0 if works else 1
