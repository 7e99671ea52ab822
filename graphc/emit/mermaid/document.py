"""Diagrams as a Markdown document."""

from collections.abc import Sequence

from graphc.emit.mermaid.diagram import Diagram


def document(diagrams: Sequence[Diagram]) -> str:
    """Return a document with a heading for each module, the first the document's own.

    Under each heading stand the parts of its diagram, fenced as GitHub draws them.
    """
    sections = []
    for number, diagram in enumerate(diagrams):
        heading = f"{'##' if number else '#'} {diagram.name}"
        sections += [heading, *map(fenced, diagram.parts)]
    return "\n\n".join(sections) + "\n"


def fenced(text: str) -> str:
    """Return a diagram in its fence; no line of a diagram could close it."""
    return f"```mermaid\n{text}```"
