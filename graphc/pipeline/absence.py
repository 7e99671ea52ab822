"""Findings where there is nothing to check."""

from collections.abc import Sequence

from graphc.diagnostics import Code, Diagnostic
from graphc.pipeline.paths import Unlisted
from graphc.pipeline.reports import Report

_MOST_SHOWN = 8
_SEARCHED = (
    "a folder is searched for specs, which are YAML with the key `graphc`, and for "
    "flowcharts in files called .md, .markdown, .mmd or .mermaid"
)


def unlisted(folder: Unlisted) -> Diagnostic:
    """Return that a folder cannot be read (GC001)."""
    message = f"the folder `{folder.path}` cannot be read: {folder.reason}"
    return Diagnostic(Code.GC001, message, file=folder.path)


def nothing_below(folder: str) -> Diagnostic:
    """Return that a folder holds nothing to check (GC571)."""
    message = f"`{folder}` holds nothing to check"
    return Diagnostic(Code.GC571, message, notes=(_SEARCHED,), file=folder)


def nothing_in(paths: Sequence[str], reports: Sequence[Report]) -> Diagnostic:
    """Return that paths name nothing to check, with what was skipped (GC571)."""
    first, *others = paths
    more = f" and {len(others)} more" if others else ""
    message = f"`{first}`{more} {'hold' if others else 'holds'} nothing to check"
    reasons = [
        f"{one.file}:{skip.line}: {skip.reason}"
        for one in reports
        for skip in one.skipped
    ]
    notes = [f"skipped: {reason}" for reason in reasons[:_MOST_SHOWN]]
    return Diagnostic(Code.GC571, message, notes=tuple(notes), file=first)
