"""Markdown documents, and where the diagrams stand in them."""

from graphc.markdown.document import Block, Document

__all__ = ["Block", "Document"]
