"""What is told of a file that was checked, without what was made of it.

A report is small data: it can be kept, handed to another process, and printed. It is
made of named tuples, as to import what makes records takes longer than to read one.
"""

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from graphc.diagnostics import Diagnostic

Findings: TypeAlias = "tuple[Diagnostic, ...]"


class Skipped(NamedTuple):
    """A diagram that is no network: where it begins, and why: ``a sequence diagram``.

    Lines and columns count from 1.
    """

    line: int
    column: int
    reason: str


class NetworkReport(NamedTuple):
    """What is told of one network.

    ``name`` is empty where a file has one network alone; ``summary`` tells what was
    checked, and ``verdict`` what came out; ``sizes`` are counted, None where nothing
    could be.
    """

    name: str
    summary: str
    verdict: str
    sizes: int | None
    findings: Findings


class Report(NamedTuple):
    """What is told of a file: its networks in the order of the text.

    ``findings`` belong to no network. ``found`` tells that the file was found in a
    folder, and not named itself.
    """

    file: str
    networks: tuple[NetworkReport, ...]
    skipped: tuple[Skipped, ...]
    findings: Findings
    found: bool = False

    @property
    def all_findings(self) -> Findings:
        """All findings: the file's own first, then network by network."""
        own = (finding for one in self.networks for finding in one.findings)
        return (*self.findings, *own)

    @property
    def silent(self) -> bool:
        """Whether it was found in a folder, and turned out to be of no interest."""
        return self.found and not (self.networks or self.findings)
