"""From a checked network to Mermaid: a document, or a file for each diagram."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from graphc.diagnostics import Diagnostic
from graphc.emit.mermaid import Diagram, diagram, diagrams, document
from graphc.infer import Sized
from graphc.record import record

_LONE = (".mmd", ".mermaid")
"""How names of files end that have one diagram, and no document around it."""


@record(eq=False)
class Page:
    """A file to write; ``file`` is None for standard output."""

    file: Path | None
    data: bytes


@record(eq=False)
class Pages:
    """The files to write, that of the overview first, and what to warn of (GC541)."""

    pages: tuple[Page, ...]
    findings: tuple[Diagnostic, ...]


def mermaid(sized: Sized, module: str | None, output: str | Path) -> Pages:
    """Return a network as Mermaid, or one module of it; ``-`` is standard output.

    It is a Markdown document, unless the file is called ``X.mmd``: that has the first
    diagram alone, and beside it stand ``X-Stem.mmd`` and the like, one for each other
    module. A diagram in several parts has a file for each, ``X-2.mmd`` the second.
    Raises KeyError if there is no such module.
    """
    if module is None:
        drawn = diagrams(sized)
    else:
        drawn = (diagram(sized, sized.network.modules[module]),)
    findings = tuple(finding for one in drawn for finding in one.findings)
    if output == "-":
        return Pages((Page(None, document(drawn).encode()),), findings)
    file = Path(output)
    if file.suffix.lower() in _LONE:
        return Pages(tuple(_files(drawn, file)), findings)
    return Pages((Page(file, document(drawn).encode()),), findings)


def _files(drawn: Sequence[Diagram], first: Path) -> Iterator[Page]:
    for number, one in enumerate(drawn):
        name = f"{first.stem}-{one.name}" if number else first.stem
        for part, text in enumerate(one.parts, 1):
            called = f"{name}-{part}" if part > 1 else name
            yield Page(first.with_name(f"{called}{first.suffix}"), text.encode())
