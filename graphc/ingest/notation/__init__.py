"""The notations of figures: labels and sizes as people write them."""

from graphc.ingest.notation.label import Modules, read_label
from graphc.ingest.notation.reading import LabelReading, SizeReading, Unsaid
from graphc.ingest.notation.respell import respelt
from graphc.ingest.notation.size import read_size
from graphc.ingest.notation.titles import class_name

__all__ = [
    "LabelReading",
    "Modules",
    "SizeReading",
    "Unsaid",
    "class_name",
    "read_label",
    "read_size",
    "respelt",
]
