"""The notations of figures: labels and sizes as people write them."""

from graphc.ingest.notation.reading import LabelReading, SizeReading, Unsaid

__all__ = ["LabelReading", "SizeReading", "Unsaid"]
