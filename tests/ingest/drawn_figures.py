"""What a figure says, to be held against a spec that was written by hand."""

from dataclasses import dataclass

from graphc.diagnostics import Severity, Sink
from graphc.frontend import elaborate, elaborate_tree
from graphc.infer import infer
from graphc.ingest import read
from graphc.ir import Network, outline
from graphc.source import Language, Source


@dataclass(frozen=True, slots=True)
class Drawn:
    """The lines of a network, and what is told of it: ``note GC507: ...``."""

    lines: tuple[str, ...]
    told: tuple[str, ...]

    @property
    def wrong(self) -> tuple[str, ...]:
        """What is told beside notes."""
        return tuple(one for one in self.told if not one.startswith("note"))


def drawn(text: str, name: str = "net.mmd") -> Drawn:
    """Return the one network of a flowchart, or of a document called ``X.md``."""
    source, sink = Source(name, text, Language.MERMAID), Sink()
    (model,) = read(source, sink).models
    sink.extend(model.findings)
    return _read(elaborate_tree(model.written, source, sink), sink)


def by_hand(text: str) -> tuple[str, ...]:
    """Return the lines of a spec, which has no error; its model is called ``Net``."""
    sink = Sink()
    source = Source("net.yaml", f"graphc: 1\nmodel: Net\n{text}")
    found = _read(elaborate(source, sink), sink)
    assert found.told == ()
    return found.lines


def _read(network: Network | None, sink: Sink) -> Drawn:
    assert network is not None
    infer(network, sink)
    told = [
        f"{_NAMES[one.severity]} {one.code.name}: {one.message}"
        for one in sink.sorted()
    ]
    return Drawn(outline(network, notes=False), tuple(told))


_NAMES = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOTE: "note",
}
