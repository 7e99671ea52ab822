"""Markdown documents, and where the diagrams stand in them."""

from graphc.markdown.document import Block, Document
from graphc.markdown.markers import Marker, Word, find_markers
from graphc.markdown.read import as_diagram, read_document

__all__ = [
    "Block",
    "Document",
    "Marker",
    "Word",
    "as_diagram",
    "find_markers",
    "read_document",
]
