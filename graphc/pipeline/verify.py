"""From a checked network to a run of its module."""

from importlib import import_module
from importlib.util import find_spec

from graphc.diagnostics import Code, Diagnostic
from graphc.infer import Sized
from graphc.record import record


@record(eq=False)
class Verified:
    """How many sizes were compared with those of a run, and what did not agree.

    ``runs`` tells with what it was run, where there is a choice.
    """

    compared: int
    findings: tuple[Diagnostic, ...]
    runs: str = ""

    @property
    def ok(self) -> bool:
        """Whether the module ran and every size agreed."""
        return not self.findings

    @property
    def summary(self) -> str:
        """What was done: ``277 sizes compared, all as inferred``."""
        if any(finding.code is Code.GC402 for finding in self.findings):
            return "nothing was verified"
        noun = "size" if self.compared == 1 else "sizes"
        result = "all as inferred" if self.ok else f"{len(self.findings)} differ"
        where = f" with {self.runs}" if self.runs else ""
        return f"{self.compared:,} {noun} compared{where}, {result}"


def verify(sized: Sized) -> Verified:
    """Run a network's module without data and compare the size on every edge.

    The network must have been checked without errors. Reports GC403 for an edge that
    carries another size, GC402 if torch is not installed.
    """
    if find_spec("torch") is None:
        missing = Diagnostic(
            Code.GC402,
            "`torch` is not installed, and the module cannot run without it",
            help=("pip install 'graphc[torch]'",),
            file=sized.network.file or None,
        )
        return Verified(0, (missing,))
    report = import_module("graphc.verify").verify(sized)
    return Verified(report.compared, report.findings(sized.network.file), report.runs)
