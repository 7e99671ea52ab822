"""From a file to a checked network."""

import os
from collections.abc import Iterable
from dataclasses import dataclass

from graphc.diagnostics import Code, Diagnostic, Severity, Sink
from graphc.frontend import load
from graphc.infer import Sized, infer
from graphc.reading import COULD_NOT_RUN

_COULD_NOT_RUN = COULD_NOT_RUN | {Code.GC401, Code.GC402}


@dataclass(frozen=True, eq=False)
class Checked:
    """A spec after checking: the network if its text could be made out, and findings.

    ``sized`` has a network with errors too, as far as sizes could be told.
    """

    file: str
    sized: Sized | None
    findings: tuple[Diagnostic, ...]

    @property
    def ok(self) -> bool:
        """Whether there is no error."""
        return self.sized is not None and not failed(self.findings)

    @property
    def summary(self) -> str:
        """What was checked: ``78 sizes in 7 graphs, 24 instances``."""
        if self.sized is None:
            return "nothing could be checked"
        counts = self.sized.counts
        return (
            f"{_plural(counts.sizes, 'size')} in {_plural(counts.graphs, 'graph')}, "
            f"{_plural(counts.instances, 'instance')}"
        )


def check(path: str | os.PathLike[str]) -> Checked:
    """Read a spec and check it; ``-`` is standard input."""
    sink = Sink()
    network = load(path, sink)
    sized = None if network is None else infer(network, sink)
    return Checked(os.fspath(path), sized, sink.sorted())


def failed(findings: Iterable[Diagnostic]) -> bool:
    """Return whether any finding is an error."""
    return any(finding.severity is Severity.ERROR for finding in findings)


def exit_code(findings: Iterable[Diagnostic]) -> int:
    """Return 0 if nothing is wrong, 1 for errors, 2 if the command could not run."""
    found = tuple(findings)
    if any(finding.code in _COULD_NOT_RUN for finding in found):
        return 2
    return int(failed(found))


def _plural(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
