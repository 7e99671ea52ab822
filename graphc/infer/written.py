"""Sizes in the text: on an edge, or behind a term of a row."""

from graphc.ir import Edge, Term
from graphc.lang import ShapeText
from graphc.record import record
from graphc.source import Span


@record(eq=False)
class Written:
    """A size in the text: a step of a plan, and a place that a report can blame.

    ``carrier`` is what it is written on, ``source`` the node that gives the tensor;
    ``row`` is the label, or the module, in whose row the term stands that carries it,
    empty for an edge. ``tensor`` is what it is about; ``free`` are the names in it that
    are no parameters.
    """

    carrier: Edge | Term
    shape: ShapeText
    source: str
    row: str
    tensor: int
    free: tuple[str, ...] = ()

    @property
    def sizes(self) -> tuple[int, ...] | None:
        """Its dims where all of them are numbers."""
        return self.shape.form.sizes

    @property
    def inputs(self) -> tuple[int, ...]:
        """The tensor that it is about."""
        return (self.tensor,)

    @property
    def outputs(self) -> tuple[int, ...]:
        """Nothing: a size in the text makes no tensor."""
        return ()

    @property
    def place(self) -> "Written":
        """What would be edited to change this step: itself."""
        return self

    @property
    def span(self) -> Span:
        """Where it is written."""
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
