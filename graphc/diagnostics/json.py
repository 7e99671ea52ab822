"""Findings as JSON for programs."""

import json
from collections.abc import Iterable

from graphc.diagnostics.diagnostic import Diagnostic, Edit, Place, Severity

JSON = str | int | None | list["JSON"] | dict[str, "JSON"]


def render_json(diagnostics: Iterable[Diagnostic]) -> str:
    """Return one JSON object in ASCII, its findings in the given order.

    Besides ``findings`` it has the numbers of ``errors``, ``warnings`` and ``notes``.
    Lines and columns count from 1 in characters, the end is the place behind the last
    one, and all five of a place are null where there is none (``file`` too, unless
    known). Several helps are joined by line ends; ``label`` is what is said at the
    place; ``fixes`` are places and the text that is to stand there.
    """
    found = list(diagnostics)
    severities = [diagnostic.severity for diagnostic in found]
    report: dict[str, JSON] = {
        "findings": [_finding(diagnostic) for diagnostic in found],
        "errors": severities.count(Severity.ERROR),
        "warnings": severities.count(Severity.WARNING),
        "notes": severities.count(Severity.NOTE),
    }
    return json.dumps(report, indent=2, ensure_ascii=True) + "\n"


def _finding(diagnostic: Diagnostic) -> JSON:
    place = diagnostic.place
    return {
        "code": diagnostic.code.name,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "label": (place.message or None) if place else None,
        "help": "\n".join(diagnostic.help) or None,
        "notes": list(diagnostic.notes),
        **(_position(place) if place else _nowhere(diagnostic.file)),
        "related": [_related(one) for one in diagnostic.related],
        "fixes": [_fix(one) for one in diagnostic.fixes],
    }


def _related(place: Place) -> JSON:
    return {"message": place.message, **_position(place)}


def _fix(edit: Edit) -> JSON:
    return {"text": edit.text, **_position(Place(edit.span))}


def _position(place: Place) -> dict[str, JSON]:
    first, last = place.span.first, place.span.last
    return {
        "file": place.span.source.name,
        "line": first.line,
        "column": first.column,
        "end_line": last.line,
        "end_column": last.column,
    }


def _nowhere(file: str | None) -> dict[str, JSON]:
    return {
        "file": file,
        "line": None,
        "column": None,
        "end_line": None,
        "end_column": None,
    }
