"""What a network is: nodes with terms, edges with ports and sizes, modules."""

from collections.abc import Sequence
from dataclasses import field
from functools import cached_property
from operator import attrgetter

from graphc.ir.checkpoint import CheckpointMap
from graphc.ir.edge import Edge
from graphc.ir.op import Op
from graphc.ir.order import ordered
from graphc.ir.term import Term
from graphc.ir.value import Value
from graphc.lang import Condition
from graphc.record import record
from graphc.source import Span

# Nodes, terms and edges are compared by identity: each is one place in one text, and a
# place is what a report blames.


@record(eq=False)
class Node:
    """A box of the figure: its name, and the terms that the tensor passes in order.

    ``same`` is another node of the graph whose module this one applies again: its terms
    are copies, and its parameters those of that node.
    """

    name: str
    terms: tuple[Term, ...]
    span: Span
    label_span: Span
    note: str | None = None
    same: str | None = None

    @property
    def holder(self) -> str:
        """The name that its modules have: its own, or that of whom it shares with."""
        return self.same or self.name

    @property
    def op(self) -> Op | None:
        """The op of a node that is a single op, None for any other node."""
        if len(self.terms) != 1:
            return None
        target = self.terms[0].phrase.target
        return target if isinstance(target, Op) else None

    @property
    def is_input(self) -> bool:
        """Whether tensors come into the module here."""
        op = self.op
        return op is not None and op.name == "Input"

    @property
    def is_output(self) -> bool:
        """Whether a tensor leaves the module here."""
        op = self.op
        return op is not None and op.name == "Output"


class Graph:
    """Nodes and edges, in the order of their declaration; acyclic once checked."""

    def __init__(self, nodes: Sequence[Node], edges: Sequence[Edge]) -> None:
        self.nodes = {node.name: node for node in nodes}
        self.edges = tuple(edges)

    @cached_property
    def order(self) -> tuple[Node, ...]:
        """The nodes, each after those it reads; otherwise as declared.

        Raises ValueError if there is a cycle.
        """
        names = ordered(self.nodes, self.edges)
        if names is None:
            raise ValueError("a graph with a cycle has no order")
        return tuple([self.nodes[name] for name in names])

    def into(self, name: str) -> tuple[Edge, ...]:
        """Return the edges into a node, by the number of the input."""
        return self._entering.get(name, ())

    def out_of(self, name: str) -> tuple[Edge, ...]:
        """Return the edges out of a node, as declared."""
        return self._leaving.get(name, ())

    def origin(self, node: Node) -> Node:
        """Return the node that a node shares its modules with, or the node itself.

        Where the one it names is not in the graph, it is the first that names it too.
        """
        return self._origins[node.holder]

    @cached_property
    def _origins(self) -> dict[str, Node]:
        found: dict[str, Node] = {}
        for node in self.nodes.values():
            found.setdefault(node.holder, node)
        own = {name: node for name, node in self.nodes.items() if node.same is None}
        return found | own

    @cached_property
    def _leaving(self) -> dict[str, tuple[Edge, ...]]:
        leaving: dict[str, list[Edge]] = {}
        for edge in self.edges:
            leaving.setdefault(edge.source, []).append(edge)
        return {name: tuple(edges) for name, edges in leaving.items()}

    @cached_property
    def _entering(self) -> dict[str, tuple[Edge, ...]]:
        entering: dict[str, list[Edge]] = {}
        for edge in self.edges:
            entering.setdefault(edge.target, []).append(edge)
        return {
            name: tuple(sorted(edges, key=_input) if len(edges) > 1 else edges)
            for name, edges in entering.items()
        }


_input = attrgetter("input")


@record
class Parameter:
    """A parameter of a module or model; without a default it must be given.

    One that is ``faulty`` has a default that could not be read, as was reported.
    ``span`` is where the name stands, with its default.
    """

    name: str
    default: Value
    required: bool
    span: Span
    faulty: bool = False


@record(eq=False, slots=False)
class Module:
    """A named graph with parameters: the model itself, or a block that it uses.

    A ``row`` is one node between its input and its output, whose name nobody gave.
    """

    name: str
    graph: Graph
    parameters: tuple[Parameter, ...]
    span: Span
    about: str | None = None
    row: bool = False

    @cached_property
    def inputs(self) -> tuple[Node, ...]:
        """The ``Input`` nodes, in the order of their declaration."""
        return tuple(node for node in self.graph.nodes.values() if node.is_input)

    @cached_property
    def outputs(self) -> tuple[Node, ...]:
        """The ``Output`` nodes, or, where none is drawn, the nodes nothing reads."""
        nodes = self.graph.nodes.values()
        drawn = tuple(node for node in nodes if node.is_output)
        unread = (node for node in nodes if not self.graph.out_of(node.name))
        return drawn or tuple(unread)


@record
class Reported:
    """A published result: what was measured, on what, and who says so."""

    values: tuple[tuple[str, Value], ...]


@record
class Meta:
    """What a spec says about its network without being part of it."""

    source: str | None = None
    about: str | None = None
    reported: tuple[Reported, ...] = ()
    checkpoint: CheckpointMap | None = None


@record
class Clause:
    """A condition on free dims of the model's input, as ``where`` states it.

    ``span`` is where it is written.
    """

    condition: Condition
    text: str
    span: Span


@record(eq=False, slots=False)
class Network:
    """A whole spec: the model, the modules it may use, and what is said about it.

    ``modules`` may stand in other files, which ``imported`` lists. A ``library`` has
    modules for other specs, and an empty model in place of its own. ``kept`` names the
    outputs of the model where some that the spec draws were left out. ``where`` has the
    conditions on the model's input, all of which are given to hold.
    """

    model: Module
    modules: dict[str, Module] = field(default_factory=dict)
    meta: Meta = Meta()
    file: str = ""
    imported: tuple[str, ...] = ()
    library: bool = False
    kept: tuple[str, ...] = ()
    where: tuple[Clause, ...] = ()
