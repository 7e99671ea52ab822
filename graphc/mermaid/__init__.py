"""Mermaid's flowcharts, read by Mermaid's own rules."""

from graphc.mermaid.flowchart import Flowchart, Link, Stroke, Subgraph, Vertex

__all__ = ["Flowchart", "Link", "Stroke", "Subgraph", "Vertex"]
