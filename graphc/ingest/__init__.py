"""Other people's graphs become ours: Mermaid flowcharts as trees of specs."""

from graphc.ingest.read import Ingested, Model, read

__all__ = ["Ingested", "Model", "read"]
