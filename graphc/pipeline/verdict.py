"""What findings come to."""

from collections.abc import Iterable

from graphc.diagnostics import Code, Diagnostic, Severity
from graphc.files import COULD_NOT_RUN

_FILES = {Code.GC401, Code.GC402, Code.GC411, Code.GC551, Code.GC561, Code.GC571}
_COULD_NOT_RUN = COULD_NOT_RUN | _FILES


def failed(findings: Iterable[Diagnostic]) -> bool:
    """Return whether any finding is an error."""
    return any(finding.severity is Severity.ERROR for finding in findings)


def exit_code(findings: Iterable[Diagnostic]) -> int:
    """Return 0 if nothing is wrong, 1 for errors, 2 if the command could not run."""
    found = tuple(findings)
    if any(finding.code in _COULD_NOT_RUN for finding in found):
        return 2
    return int(failed(found))
