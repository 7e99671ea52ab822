"""A document read from text, for tests."""

from dataclasses import dataclass

from graphc.diagnostics import Diagnostic, Sink
from graphc.markdown import Block, Document, read_document
from graphc.source import Fragment, Source


@dataclass(frozen=True)
class Read:
    document: Document
    findings: tuple[Diagnostic, ...]

    @property
    def blocks(self) -> tuple[Block, ...]:
        return self.document.blocks

    @property
    def texts(self) -> list[str]:
        return [block.fragment.text for block in self.blocks]

    @property
    def titles(self) -> list[str | None]:
        return [said(block.title) for block in self.blocks]


def said(fragment: Fragment | None) -> str | None:
    return fragment.text if fragment else None


def read(text: str) -> Read:
    sink = Sink()
    document = read_document(Source("net.md", text), sink)
    return Read(document, sink.sorted())


def agree(fragment: Fragment) -> bool:
    """Whether each character stands in the source where the fragment says."""
    text = fragment.span.source.text
    for at, char in enumerate(fragment.text):
        span = fragment.slice(at, at + 1)
        written = text[span.start : span.start + 1]
        if written != char and not (char == "\n" and written == "\r"):
            return False
    return True
