"""Sizes in the text: on an edge, or behind a term of a row."""

from graphc.ir import Edge, Module, Node, Term
from graphc.lang import ShapeText
from graphc.record import record
from graphc.source import Span


@record(eq=False)
class Written:
    """A size in the text, a place that a report can blame.

    ``carrier`` is what it is written on, ``source`` the node that gives the tensor;
    ``words`` tell where it is: ``on `a -> b```.
    """

    carrier: Edge | Term
    shape: ShapeText
    source: str
    words: str

    @property
    def span(self) -> Span:
        """Where the size is written."""
        return self.shape.span


def on_edge(edge: Edge) -> Written | None:
    """Return the size on an edge, None if there is none."""
    if edge.shape is None:
        return None
    words = f"on `{edge.source} -> {edge.target}`"
    return Written(edge, edge.shape, edge.source, words)


def behind_term(module: Module, node: Node, term: Term) -> Written | None:
    """Return the size behind a term of a node, None if there is none."""
    if term.shape is None:
        return None
    repeat = f"{term.repeat} x " if term.repeat is not None else ""
    row = module.name if module.row else node.name
    words = f"behind `{repeat}{term.text}`"
    words += f" in `{row}`" if term.text != row else ""
    return Written(term, term.shape, node.name, words)
