"""Reports as values that can be kept, and back.

An entry has ``imports``, the files that were read besides the checked one (path, where
it is without links, digest of its bytes), ``networks`` and ``skipped`` as lists of what
`NetworkReport` and `Skipped` have, ``findings``, and ``sources``, the texts in which
findings stand.
"""

import os
from importlib import import_module
from typing import TYPE_CHECKING

from graphc.cache import JSON
from graphc.pipeline.paths import Target
from graphc.pipeline.reports import NetworkReport, Report, Skipped

if TYPE_CHECKING:
    from graphc.files import Recorder
    from graphc.pipeline.reports import Findings


def entry_of(
    report: Report, target: Target, read: "Recorder"
) -> dict[str, JSON] | None:
    """Return a report as a value; None if more than bytes decided what it tells."""
    sources: list[JSON] = []
    own: list[JSON] = []
    each: list[list[JSON]] = [[] for _ in report.networks]
    if report.all_findings:
        writing = import_module("graphc.pipeline.findings").Writing(read)
        if not all(map(writing.can, report.all_findings)):
            return None
        own = [writing.value(one) for one in report.findings]
        each = [list(map(writing.value, one.findings)) for one in report.networks]
        sources = writing.sources
    networks: list[JSON] = [
        [one.name, one.summary, one.verdict, one.sizes, found]
        for one, found in zip(report.networks, each, strict=True)
    ]
    imports: list[JSON] = [
        [path, os.path.realpath(path), content]
        for path, content in read.digests.items()
        if path != target.path
    ]
    return {
        "imports": imports,
        "networks": networks,
        "skipped": [list(one) for one in report.skipped],
        "findings": own,
        "sources": sources,
    }


def report_of(entry: dict[str, JSON], target: Target, content: str) -> Report | None:
    """Return the report of a value, None if it is no report.

    ``content`` is the digest of the bytes of the file.
    """
    try:
        reading = _Reading(entry, target, content)
        return Report(
            target.path,
            tuple(map(reading.network, _list(entry["networks"]))),
            tuple(map(_skipped, _list(entry["skipped"]))),
            reading.findings(entry["findings"]),
            target.found,
        )
    except (ValueError, KeyError, IndexError):
        return None


class _Reading:
    """Reads the parts of an entry; raises ValueError at one that is not as it should.

    What findings are made of is imported if there is one.
    """

    def __init__(self, entry: dict[str, JSON], target: Target, content: str) -> None:
        self._sources = _list(entry["sources"])
        self._contents = {target.path: content}
        for one in _list(entry["imports"]):
            match one:
                case [str(path), _, str(imported)]:
                    self._contents[path] = imported
                case _:
                    raise ValueError(one)

    def network(self, value: JSON) -> NetworkReport:
        match value:
            case [str(name), str(summary), str(verdict), int() | None as sizes, found]:
                findings = self.findings(found)
                return NetworkReport(name, summary, verdict, sizes, findings)
        raise ValueError(value)

    def findings(self, value: JSON) -> "Findings":
        values = _list(value)
        if not values:
            return ()
        findings = import_module("graphc.pipeline.findings")
        read = findings.Reading(self._sources, self._contents)
        return tuple(map(read.finding, values))


def _skipped(value: JSON) -> Skipped:
    match value:
        case [int(line), int(column), str(reason)]:
            return Skipped(line, column, reason)
    raise ValueError(value)


def _list(value: JSON) -> list[JSON]:
    if not isinstance(value, list):
        raise ValueError(value)
    return value
