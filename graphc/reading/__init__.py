"""From a file to a tree of YAML nodes, each with its place."""

from graphc.reading.anchors import COPY_LIMIT, DEPTH_LIMIT
from graphc.reading.nodes import Entry, Mapping, Node, Scalar, Sequence
from graphc.reading.read import (
    COULD_NOT_RUN,
    DOCUMENT_LIMIT,
    SIZE_LIMIT,
    Reader,
    encoded_like,
    neighbour,
    read,
)
from graphc.reading.scalars import ambiguity
from graphc.reading.values import Value, plain_value
from graphc.reading.yaml import compose

__all__ = [
    "COPY_LIMIT",
    "COULD_NOT_RUN",
    "DEPTH_LIMIT",
    "DOCUMENT_LIMIT",
    "SIZE_LIMIT",
    "Entry",
    "Mapping",
    "Node",
    "Reader",
    "Scalar",
    "Sequence",
    "Value",
    "ambiguity",
    "compose",
    "encoded_like",
    "neighbour",
    "plain_value",
    "read",
]
