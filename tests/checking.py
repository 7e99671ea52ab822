"""What tests of a whole check share: a spec as a text, its sizes and findings."""

from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import dedent

from graphc.diagnostics import Diagnostic, Sink
from graphc.frontend import elaborate
from graphc.infer import Instance, Known, Sized, dim_text
from graphc.ir import Edge
from graphc.pipeline.check import solve
from graphc.source import Source


@dataclass(frozen=True, slots=True)
class Result:
    """What a check of a text gives; ``sized`` is None if it has no network."""

    sized: Sized | None
    findings: tuple[Diagnostic, ...]

    @property
    def codes(self) -> list[str]:
        """The codes that were found, in the order of the text."""
        return [finding.code.name for finding in self.findings]


def check_text(text: str) -> Result:
    """Return what is found in a spec given as a text."""
    sink = Sink()
    network = elaborate(Source("spec.yaml", dedent(text)), sink)
    sized = None if network is None else solve(network, sink)
    return Result(sized, sink.sorted())


def sound(text: str) -> Sized:
    """Return the sizes of a spec in which nothing is to be found."""
    result = check_text(text)
    assert [(one.code.name, one.message) for one in result.findings] == []
    assert result.sized is not None
    return result.sized


def only(text: str) -> Diagnostic:
    """Return the one thing that is found in a spec."""
    result = check_text(text)
    assert len(result.findings) == 1, [
        (one.code.name, one.message) for one in result.findings
    ]
    return result.findings[0]


def sizes(sized: Sized) -> dict[str, list[str]]:
    """Return the size on each edge of each graph: ``Block: a -> b`` to ``3*4*4``.

    An edge of a module has one for each distinct instance.
    """
    return {
        _title(edge, instances[0]): [known_text(one.known(edge)) for one in instances]
        for edge, instances in _edges(sized)
    }


def known_text(shape: Known) -> str:
    """Return what is known of a shape: ``3*_*9``, or ``?`` without a rank."""
    return "?" if shape is None else "*".join(map(dim_text, shape))


def shapes_by_line(sized: Sized) -> dict[str, dict[int, list[str]]]:
    """Return the sizes of the arrows that begin in each line of a file, lines from 1.

    Where the instances of a module differ, a size is given for each: ``3*9*9 3*4*4``.
    """
    found: dict[str, dict[int, list[str]]] = {}
    for edge, instances in _edges(sized):
        different = dict.fromkeys(known_text(one.known(edge)) for one in instances)
        lines = found.setdefault(edge.span.source.name, {})
        lines.setdefault(edge.span.first.line, []).append(" ".join(different))
    return found


def places(finding: Diagnostic) -> list[tuple[int, int]]:
    """Return the stretches a finding points at, the primary first; offsets from 0."""
    own = [] if finding.place is None else [finding.place]
    return [(at.span.start, at.span.end) for at in (*own, *finding.related)]


def _edges(sized: Sized) -> Iterator[tuple[Edge, tuple[Instance, ...]]]:
    for module in (sized.network.model, *sized.network.modules.values()):
        instances = sized.of(module)
        for edge in module.graph.edges:
            if instances:
                yield edge, instances


def _title(edge: Edge, instance: Instance) -> str:
    return f"{instance.name}: {edge.source} -> {edge.target}"
