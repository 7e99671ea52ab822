"""Sizes in the text: on an edge, or behind a term of a row."""

from graphc.ir import Edge, Module, Node, Term
from graphc.lang import ShapeText
from graphc.record import record
from graphc.source import Span


@record(eq=False)
class Written:
    """A size in the text, a place that a report can blame.

    ``carrier`` is what it is written on, ``source`` the node that gives the tensor;
    ``row`` is the label, or the module, in whose row the term stands that carries it.
    """

    carrier: Edge | Term
    shape: ShapeText
    source: str
    row: str = ""

    @property
    def span(self) -> Span:
        """Where the size is written."""
        return self.shape.span

    @property
    def words(self) -> str:
        """Where it is, in words: ``on `a -> b```."""
        carrier = self.carrier
        if isinstance(carrier, Edge):
            return f"on `{carrier.source} -> {carrier.target}`"
        repeat = f"{carrier.repeat} x " if carrier.repeat is not None else ""
        told = f"behind `{repeat}{carrier.text}`"
        return told if carrier.text == self.row else f"{told} in `{self.row}`"


def behind_term(module: Module, node: Node, term: Term) -> Written | None:
    """Return the size behind a term of a node, None if there is none."""
    if term.shape is None:
        return None
    row = module.name if module.row else node.name
    return Written(term, term.shape, node.name, row)
