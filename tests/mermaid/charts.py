"""Reads a flowchart that a test holds."""

from dataclasses import dataclass

from graphc.diagnostics import Diagnostic, Sink
from graphc.mermaid import Flowchart, Link, parse
from graphc.source import Fragment, Source, Span


@dataclass(frozen=True)
class Read:
    """A flowchart and what was found in it."""

    flowchart: Flowchart | None
    findings: tuple[Diagnostic, ...]

    @property
    def chart(self) -> Flowchart:
        assert self.flowchart is not None
        return self.flowchart

    @property
    def codes(self) -> list[str]:
        return [one.code.name for one in self.findings]

    @property
    def links(self) -> list[str]:
        return [shown(link) for link in self.chart.links]

    @property
    def labels(self) -> dict[str, str | None]:
        return {
            name: one.label and one.label.text
            for name, one in self.chart.vertices.items()
        }


def shown(link: Link) -> str:
    label = "" if link.label is None else f": {link.label.text}"
    return f"{link.source} -> {link.target}{label}"


def whole(text: str) -> Fragment:
    return Fragment(text, Span(Source("chart.mmd", text), 0, len(text)))


def read(text: str) -> Read:
    sink = Sink()
    flowchart = parse(whole(text), sink)
    return Read(flowchart, sink.sorted())
