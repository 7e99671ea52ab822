"""What checking a file gives: its networks, and what in it is none."""

from graphc.diagnostics import Diagnostic
from graphc.pipeline.check import Checked
from graphc.record import record
from graphc.source import Span


@record
class Skipped:
    """A diagram that is no network, and why, in words: ``a sequence diagram``."""

    span: Span
    reason: str


@record(eq=False)
class CheckedDocument:
    """A document after checking: its networks in the order of the text.

    ``findings`` are those that belong to no network: the file cannot be read, or a
    diagram cannot be made out. Each network has its own beside it.
    """

    file: str
    networks: tuple[Checked, ...]
    skipped: tuple[Skipped, ...]
    findings: tuple[Diagnostic, ...]

    @property
    def all_findings(self) -> tuple[Diagnostic, ...]:
        """All findings: the document's own first, then network by network."""
        own = (finding for one in self.networks for finding in one.findings)
        return (*self.findings, *own)
