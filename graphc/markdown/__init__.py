"""Markdown documents, and where the diagrams stand in them."""

from graphc.markdown.document import Block, Document
from graphc.markdown.read import as_diagram, read_document

__all__ = ["Block", "Document", "as_diagram", "read_document"]
