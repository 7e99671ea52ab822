"""Arrows between nodes."""

from graphc.lang import ShapeText
from graphc.record import record
from graphc.source import Span


@record(eq=False)
class Edge:
    """An arrow from one output of a node to one input of another.

    ``output`` and ``input`` count the ports from 0; ``shape`` is the size written on
    it, None if nothing was; ``span`` is the arrow.
    """

    source: str
    output: int
    target: str
    input: int
    shape: ShapeText | None
    span: Span
