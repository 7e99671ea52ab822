"""What the tests of the frontend share: specs as texts, findings as short rows."""

from textwrap import dedent

from graphc.diagnostics import Diagnostic, Severity, Sink
from graphc.frontend import elaborate
from graphc.ir import Network
from graphc.source import Source

HEAD = "graphc: 1\nmodel: Tiny\n"


def run(text: str) -> tuple[Network | None, tuple[Diagnostic, ...]]:
    """Return the network of a spec and everything found in it."""
    sink = Sink()
    network = elaborate(Source("spec.yaml", dedent(text)), sink)
    return network, sink.sorted()


def found(text: str) -> list[str]:
    """Return the findings as ``GC101 3:1``, warnings with ``warning`` before them."""
    return [row(finding) for finding in run(text)[1]]


def row(finding: Diagnostic) -> str:
    """Return code, line and column of a finding, both from 1."""
    mark = "warning " if finding.severity is Severity.WARNING else ""
    if finding.place is None:
        return f"{mark}{finding.code.name}"
    first = finding.place.span.first
    return f"{mark}{finding.code.name} {first.line}:{first.column}"


def sound(text: str) -> Network:
    """Return the network of a spec in which nothing is to be found."""
    network, findings = run(text)
    assert [(row(one), one.message) for one in findings] == []
    assert network is not None
    return network


def only(text: str) -> Diagnostic:
    """Return the one thing that is found in a spec."""
    findings = run(text)[1]
    assert len(findings) == 1, [(row(one), one.message) for one in findings]
    return findings[0]


def body(nodes: str, edges: str, head: str = "") -> str:
    """Return a spec of nodes and edges, each on lines of its own.

    Without ``head`` the nodes begin on line 4; each line of ``head`` adds one.
    """
    parts = [HEAD, dedent(head).strip("\n") + "\n" if head else ""]
    parts += ["nodes:\n", _indented(nodes), "edges:\n", _indented(edges)]
    return "".join(parts)


def _indented(lines: str) -> str:
    rows = dedent(lines).strip("\n").split("\n")
    return "".join(f"  {line}\n" for line in rows)
