"""From a text to a tree of YAML nodes, each with its place."""

from graphc.reading.anchors import COPY_LIMIT, DEPTH_LIMIT
from graphc.reading.nodes import Entry, Mapping, Node, Scalar, Sequence
from graphc.reading.scalars import ambiguity
from graphc.reading.values import Value, plain_value
from graphc.reading.yaml import compose

__all__ = [
    "COPY_LIMIT",
    "DEPTH_LIMIT",
    "Entry",
    "Mapping",
    "Node",
    "Scalar",
    "Sequence",
    "Value",
    "ambiguity",
    "compose",
    "plain_value",
]
