"""A module whose nodes are joined or taken out, all of it at once."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from graphc.ir import Edge, Graph, Module, Network, Node, Term, weights_of
from graphc.lang import DimText, ShapeText, Unknown, shape_of
from graphc.passes.rewriting import OPEN, is_open


def each_module(network: Network, change: Callable[[Module], Module]) -> Network:
    """Return a network with a change made in its model and in each of its modules.

    It is the network itself if nothing changed.
    """
    modules = {name: change(module) for name, module in network.modules.items()}
    return with_modules(network, change(network.model), modules)


def with_modules(
    network: Network, model: Module, modules: dict[str, Module]
) -> Network:
    """Return a network with these modules; itself if they are its own."""
    # Modules are compared by identity.
    if model == network.model and modules == network.modules:
        return network
    return replace(network, model=model, modules=modules)


class Names:
    """The names of the nodes of a graph, and of those that are added to it."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(taken)

    def take(self, wanted: str) -> str:
        """Return a name that no node has: as wanted, or with a number behind it."""
        name, number = wanted, 1
        while name in self._taken:
            number += 1
            name = f"{wanted}_{number}"
        self._taken.add(name)
        return name


def united(*shapes: ShapeText | None) -> ShapeText | None:
    """Return sizes of one tensor as one size; ``can_unite`` has to be true of them.

    A dim that one leaves open is that of another.
    """
    written = [shape for shape in shapes if shape is not None]
    if not written:
        return None
    columns = zip(*(shape.dims for shape in written), strict=True)
    return shape_of(tuple(map(_said, columns)), written[0].span)


def can_unite(*shapes: ShapeText | None) -> bool:
    """Whether one size can say all that sizes of one tensor say.

    It cannot where they give a dim in different words, such as ``C`` and ``64``.
    """
    written = [shape for shape in shapes if shape is not None]
    if len({len(shape.dims) for shape in written}) > 1:
        return False
    columns = zip(*(shape.dims for shape in written), strict=True)
    return all(len({str(dim) for dim in _known(column)}) <= 1 for column in columns)


def with_shape(term: Term, shape: ShapeText | None) -> Term:
    """Return a term with a size behind it."""
    return (
        term
        if term.shape == shape
        else replace(term, shape=shape, trained=weights_of(term))
    )


def _said(dims: tuple[DimText, ...]) -> DimText:
    return next(iter(_known(dims)), dims[0])


def _known(dims: tuple[DimText, ...]) -> list[DimText]:
    return [dim for dim in dims if not isinstance(dim, Unknown)]


class Rewiring:
    """Changes of a module, gathered and then made at once."""

    def __init__(self, module: Module) -> None:
        self._module = module
        self._graph = module.graph
        self._unread = {node.name for node in module.outputs if not node.is_output}
        self._terms = {name: node.terms for name, node in self._graph.nodes.items()}
        self._notes = {
            name: [node.note] if node.note is not None else []
            for name, node in self._graph.nodes.items()
        }
        self._shapes = {edge: edge.shape for edge in self._graph.edges}
        self._joined: dict[str, str] = {}
        self._bypassed: dict[str, tuple[str, int]] = {}

    def terms(self, name: str) -> tuple[Term, ...]:
        """Return the terms that a node has so far."""
        return self._terms[name]

    def put(self, name: str, terms: tuple[Term, ...]) -> None:
        """Give a node these terms."""
        self._terms[name] = terms

    def shape(self, edge: Edge) -> ShapeText | None:
        """Return the size that is written on an edge so far."""
        return self._shapes[edge]

    def say(self, name: str, place: int, shape: ShapeText | None) -> None:
        """Write a size behind a term, or with -1 before all, if it fits what is there.

        One that does not says the same in other words, and is not needed.
        """
        terms = self._terms[name]
        if place >= 0:
            if can_unite(terms[place].shape, shape):
                said = with_shape(terms[place], united(terms[place].shape, shape))
                self._terms[name] = (*terms[:place], said, *terms[place + 1 :])
            return
        (before,) = self._graph.into(name)
        if can_unite(self._shapes[before], shape):
            self._shapes[before] = united(self._shapes[before], shape)

    def source(self, edge: Edge) -> tuple[str, int]:
        """Return the node an edge comes from now, and the number of its output."""
        name, output = edge.source, edge.output
        while name in self._joined or name in self._bypassed:
            if name in self._joined:
                name = self._joined[name]
            else:
                name, output = self._bypassed[name]
        return name, output

    def join(self, edge: Edge) -> None:
        """Take out the node that an edge leads to: what it gave, its source gives now.

        The terms of the source have to become those of both, and the size on the edge
        has to be written behind one of them.
        """
        source, _ = self.source(edge)
        self._joined[edge.target] = source
        self._notes[source] += self._notes[edge.target]

    def hindrance(self, name: str, place: int) -> str | None:
        """Return why ``drop`` cannot take out a term; None if it can."""
        alone = len(self._terms[name]) == 1
        if alone and (name in self._unread or not self._graph.out_of(name)):
            return "it is an end of its graph"
        if alone and self._module.row:
            return "nothing else stands in its module"
        if is_open(self._terms[name]):
            return OPEN
        if not can_unite(*self._around(name, place)):
            return "sizes are written around it that cannot be written as one"
        return None

    def drop(self, name: str, place: int) -> None:
        """Take out a term that gives a tensor of the size that it takes.

        Sizes written before and behind it become one; a node without other terms goes,
        and who read it reads what it read.
        """
        terms, shape = self._terms[name], united(*self._around(name, place))
        if place:
            last = with_shape(terms[place - 1], shape)
            self._terms[name] = (*terms[: place - 1], last, *terms[place + 1 :])
            return
        (before,) = self._graph.into(name)
        if len(terms) > 1:
            self._shapes[before] = shape
            self._terms[name] = terms[1:]
        else:
            self._shapes[self._graph.out_of(name)[0]] = shape
            self._bypassed[name] = self.source(before)

    def _around(self, name: str, place: int) -> tuple[ShapeText | None, ...]:
        """Return the sizes of the tensors that a term takes and gives."""
        terms = self._terms[name]
        if place:
            return terms[place - 1].shape, terms[place].shape
        (before,) = self._graph.into(name)
        behind = self._graph.out_of(name)[:1] if len(terms) == 1 else ()
        shapes = [self._shapes[edge] for edge in (*behind, before)]
        return (*shapes, terms[0].shape)

    def module(self) -> Module:
        """Return the module with all changes made; itself if there are none."""
        nodes = [self._node(node) for node in self._ordered()]
        gone = self._joined.keys() | self._bypassed.keys()
        edges = [
            self._edge(edge) for edge in self._graph.edges if edge.target not in gone
        ]
        # Nodes and edges are compared by identity.
        if nodes == [*self._graph.nodes.values()] and edges == [*self._graph.edges]:
            return self._module
        return replace(self._module, graph=Graph(nodes, edges))

    def _ordered(self) -> list[Node]:
        """Return the nodes that stay; one that is an output now stands where it stood.

        So outputs that are not drawn keep their order.
        """
        places = {name: name for name in self._graph.nodes}
        for name in self._joined:
            if name in self._unread:
                del places[self._holder(name)]
                places[name] = self._holder(name)
        gone = self._joined.keys() | self._bypassed.keys()
        return [self._graph.nodes[at] for at in places.values() if at not in gone]

    def _holder(self, name: str) -> str:
        """Return the node that a node was joined to, or its own name."""
        while name in self._joined:
            name = self._joined[name]
        return name

    def _node(self, node: Node) -> Node:
        terms = self._terms[node.name]
        note = "; ".join(self._notes[node.name]) or node.note
        if terms == node.terms and note == node.note:
            return node
        return replace(node, terms=terms, note=note)

    def _edge(self, edge: Edge) -> Edge:
        name, output = self.source(edge)
        shape = self._shapes[edge]
        if (name, output, shape) == (edge.source, edge.output, edge.shape):
            return edge
        return replace(edge, source=name, output=output, shape=shape)
