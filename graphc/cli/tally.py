"""What was checked, in lines: one a network, and a total."""

from collections.abc import Iterator, Sequence

from graphc.diagnostics import Diagnostic, Severity, count, counted, visible
from graphc.pipeline.check import Checked
from graphc.pipeline.checks import Outcome
from graphc.source import Language


def tally(outcomes: Sequence[Outcome], *, verbose: bool) -> str:
    """Return what was checked: a line for each network, the total of several behind.

    With ``verbose`` each diagram that is skipped has a line with its place and reason.
    """
    shown = [one for one in outcomes if not one.silent]
    lines = [line for one in shown for line in _lines(one)]
    skipped = [skip for one in outcomes for skip in one.document.skipped]
    told = [*lines]
    if verbose:
        told += [line for one in outcomes for line in _skipped(one)]
    if len(lines) > 1 or skipped:
        told.append(_total(shown, len(skipped)))
    return "\n".join(map(visible, told))


def amounts(sizes: int, others: int) -> str:
    """Return how many sizes and other mistakes: ``2 sizes and 1 other mistake``."""
    if not others:
        return counted(sizes, "size")
    noun = "other mistake" if sizes else "mistake"
    told = counted(others, noun)
    return f"{counted(sizes, 'size')} and {told}" if sizes else told


def _lines(outcome: Outcome) -> Iterator[str]:
    document = outcome.document
    for network in document.networks:
        name = _name(network)
        yield f"{document.file}: {name}{network.summary}: {_verdict(network)}"
    if document.findings:
        yield f"{document.file}: {count(document.findings)}"
    elif not document.networks:
        yield f"{document.file}: no network"


def _name(network: Checked) -> str:
    """Return the name of a network that stands in a document, where several may.

    Modules without a model have none.
    """
    if network.sized is None:
        return ""
    model = network.sized.network.model
    drawn = model.span.source.language is Language.MERMAID
    return f"{model.name}: " if drawn and model.name else ""


def _verdict(network: Checked) -> str:
    if any(one.severity is not Severity.NOTE for one in network.findings):
        return count(network.findings)
    notes = f", {count(network.findings)}" if network.findings else ""
    return f"{network.verdict}{notes}"


def _skipped(outcome: Outcome) -> Iterator[str]:
    for skip in outcome.document.skipped:
        first = skip.span.first
        yield f"{outcome.file}:{first.line}:{first.column}: skipped: {skip.reason}"


def _total(outcomes: Sequence[Outcome], skipped: int) -> str:
    documents = [one.document for one in outcomes]
    networks = [one.sized for each in documents for one in each.networks if one.sized]
    findings = [finding for each in documents for finding in each.all_findings]
    parts = [
        counted(len(documents), "file"),
        counted(len(networks), "network"),
        counted(sum(one.counts.sizes for one in networks), "size"),
    ]
    if skipped:
        parts.append(f"{counted(skipped, 'diagram')} skipped")
    return f"{', '.join(parts)}: {_outcome(findings)}"


def _outcome(findings: Sequence[Diagnostic]) -> str:
    if any(one.severity is not Severity.NOTE for one in findings):
        return count(findings)
    return ", ".join(["all sizes hold", *([count(findings)] if findings else [])])
