"""What was checked, in lines: one a network, and a total."""

from collections.abc import Iterator, Sequence
from importlib import import_module
from types import ModuleType

from graphc.pipeline.reports import Report


def tally(reports: Sequence[Report], *, verbose: bool) -> str:
    """Return what was checked: a line for each network, the total of several behind.

    With ``verbose`` each diagram that is skipped has a line with its place and reason.
    """
    shown = [one for one in reports if not one.silent]
    lines = [line for one in shown for line in _lines(one)]
    skipped = [skip for one in reports for skip in one.skipped]
    told = [*lines]
    if verbose:
        told += [line for one in reports for line in _skipped(one)]
    if len(lines) > 1 or skipped:
        told.append(_total(shown, len(skipped)))
    if all(line.isascii() and line.isprintable() for line in told):
        return "\n".join(told)
    return "\n".join(map(_words().visible, told))


def _lines(report: Report) -> Iterator[str]:
    for network in report.networks:
        name = f"{network.name}: " if network.name else ""
        yield f"{report.file}: {name}{network.summary}: {network.verdict}"
    if report.findings:
        yield f"{report.file}: {_words().count(report.findings)}"
    elif not report.networks:
        yield f"{report.file}: no network"


def _skipped(report: Report) -> Iterator[str]:
    for skip in report.skipped:
        yield f"{report.file}:{skip.line}:{skip.column}: skipped: {skip.reason}"


def _total(reports: Sequence[Report], skipped: int) -> str:
    networks = [one for each in reports for one in each.networks]
    sizes = [one.sizes for one in networks if one.sizes is not None]
    findings = [finding for each in reports for finding in each.all_findings]
    words = _words()
    parts = [
        words.counted(len(reports), "file"),
        words.counted(len(sizes), "network"),
        words.counted(sum(sizes), "size"),
    ]
    if skipped:
        parts.append(f"{words.counted(skipped, 'diagram')} skipped")
    outcome = words.count(findings) if findings else "all sizes hold"
    if findings and all(one.severity is words.Severity.NOTE for one in findings):
        outcome = f"all sizes hold, {outcome}"
    return f"{', '.join(parts)}: {outcome}"


def _words() -> ModuleType:
    """Return what counts and escapes; for one sound file it is not imported."""
    return import_module("graphc.diagnostics")
