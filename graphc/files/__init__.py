"""Files: their texts, and where they are."""

from graphc.files.project import Location, beside, is_within, location_of, root_of
from graphc.files.read import (
    COULD_NOT_RUN,
    DOCUMENT_LIMIT,
    SIZE_LIMIT,
    Reader,
    decoded,
    encoded_like,
    load,
    neighbour,
    read,
)
from graphc.files.recorder import Recorder

__all__ = [
    "COULD_NOT_RUN",
    "DOCUMENT_LIMIT",
    "SIZE_LIMIT",
    "Location",
    "Reader",
    "Recorder",
    "beside",
    "decoded",
    "encoded_like",
    "is_within",
    "load",
    "location_of",
    "neighbour",
    "read",
    "root_of",
]
