"""Mermaid's flowcharts, read by Mermaid's own rules."""

from graphc.mermaid.flowchart import Flowchart, Link, Stroke, Subgraph, Vertex
from graphc.mermaid.kinds import kind
from graphc.mermaid.parser import parse
from graphc.mermaid.plain import plain

__all__ = [
    "Flowchart",
    "Link",
    "Stroke",
    "Subgraph",
    "Vertex",
    "kind",
    "parse",
    "plain",
]
