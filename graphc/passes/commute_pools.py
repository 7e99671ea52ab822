"""A network in which convolutions stand in front of the averages they read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from graphc.diagnostics import Diagnostic
from graphc.infer import Sized
from graphc.ir import BiasOf, Edge, Graph, Layer, Module, Node, Term, weights_of
from graphc.lang import Items, Name, Number, ShapeText, Unknown, shape_of
from graphc.ops.windows import slides
from graphc.passes.channels import channels
from graphc.passes.costs import MEASURED, Costs, When, saved_by_commuting
from graphc.passes.rewiring import Names, can_unite, each_module, united, with_shape
from graphc.passes.rewriting import (
    OPEN,
    Rewritten,
    is_open,
    left,
    op_term,
    with_argument,
)
from graphc.passes.sites import Sites, is_op, is_padded, sharing, sites
from graphc.record import record


def commute_pools(
    sized: Sized, when: When = When.PAYS, costs: Costs = MEASURED
) -> Rewritten:
    """Return a network in which ``Conv k=1`` goes before an ``AvgPool`` that it reads.

    An average is the same weighted sum for each channel, and a convolution of one place
    is a sum over channels: they can be done in either order, and the average of fewer
    channels is cheaper. A bias is not changed by an average whose weights add up to 1.
    Those of one that counts its padding do not: there the bias becomes a ``Parameter``
    that a ``Sum`` behind the average adds.

    With ``When.PAYS`` only what ``costs`` say is faster is done. An average stays
    (GC601) that others read too, whose node shares its modules, in whose row, or that
    of the convolution, parameters decide how many layers stand, or around which one
    tensor's size is written in different words.
    """
    found = sites(sized)
    remarks: list[Diagnostic] = []

    def commuted(module: Module) -> Module:
        pairs: dict[Term, _Pair] = {}
        shared = sharing(module.graph)
        here = found.get(module, Sites())
        for pair in _pairs(module.graph, here):
            if when is When.PAYS and not _pays(pair, here.uses, costs):
                continue
            rows = (module.graph.nodes[name].terms for name in pair.holders)
            reason = OPEN if any(map(is_open, rows)) else _hindrance(pair, shared)
            if reason is None:
                pairs[pair.pool] = pair
            else:
                remarks.append(left(pair.pool, reason))
        return _Commuting(_parted(module, pairs), pairs).module() if pairs else module

    return Rewritten(each_module(sized.network, commuted), tuple(remarks))


@record(eq=False)
class _Pair:
    """An average, and the convolution that reads it in the same row or in another.

    ``pools`` and ``convs`` are what they are in each instance, ``holders`` the nodes
    they stand in. ``before`` is the size written of what the average reads, ``between``
    those of what it gives, which ``readers`` read.
    """

    pool: Term
    conv: Term
    pools: tuple[Layer, ...]
    convs: tuple[Layer, ...]
    holders: frozenset[str]
    readers: int
    before: ShapeText | None
    between: tuple[ShapeText | None, ...]

    @property
    def late_bias(self) -> bool:
        """Whether a bias has to be added behind the average."""
        biased = any(conv.arguments.flag("bias") for conv in self.convs)
        return biased and any(map(_counts_padding, self.pools))


def _counts_padding(pool: Layer) -> bool:
    """Whether zeros around its input count in an average."""
    return pool.arguments.flag("count_include_pad") and is_padded(pool)


def _is_point(conv: Layer) -> bool:
    """Whether a convolution looks at each place by itself."""
    moves = slides(conv.arguments, conv.axes)
    plain = all(move.kernel == 1 and move.stride == 1 for move in moves)
    return plain and not is_padded(conv)


def _pairs(graph: Graph, here: Sites) -> Iterator[_Pair]:
    """Yield each average with each convolution of single places that reads it."""
    for node in graph.nodes.values():
        for place, pool in enumerate(node.terms):
            pools = here.layers.get(pool, ())
            if not pools or not is_op(pool, "AvgPool"):
                continue
            readers = tuple(_readers(graph, node, place))
            for reader in readers:
                convs = here.layers.get(reader.term, ())
                if convs and is_op(reader.term, "Conv") and all(map(_is_point, convs)):
                    yield _Pair(
                        pool,
                        reader.term,
                        pools,
                        convs,
                        frozenset({node.name, reader.node}),
                        len(readers),
                        _before(graph, node, place),
                        (pool.shape, reader.shape),
                    )


@record
class _Reader:
    """A term that reads another, its node, and the size written on the way there."""

    term: Term
    node: str
    shape: ShapeText | None = None


def _readers(graph: Graph, node: Node, place: int) -> Iterator[_Reader]:
    if place + 1 < len(node.terms):
        yield _Reader(node.terms[place + 1], node.name)
        return
    for edge in graph.out_of(node.name):
        target = graph.nodes[edge.target]
        yield _Reader(target.terms[0], target.name, edge.shape)


def _before(graph: Graph, node: Node, place: int) -> ShapeText | None:
    return node.terms[place - 1].shape if place else graph.into(node.name)[0].shape


def _pays(pair: _Pair, uses: Sequence[int], costs: Costs) -> bool:
    """Whether the other order is faster in the whole model, as far as is known."""
    saved = [
        saved_by_commuting(pool, conv, costs, bias=pair.late_bias)
        for pool, conv in zip(pair.pools, pair.convs, strict=True)
    ]
    known = [each for each in saved if each is not None]
    if len(known) < len(saved):
        return False
    return sum(each * times for each, times in zip(known, uses, strict=True)) > 0


def _hindrance(pair: _Pair, shared: set[str]) -> str | None:
    """Return why an average stays before a convolution; None if it need not."""
    if pair.readers > 1:
        return f"others read it beside `{pair.conv.text}`"
    if pair.holders & shared:
        return "another node has its weights, or those of what reads it"
    if pair.late_bias and len({conv.arguments.flag("bias") for conv in pair.convs}) > 1:
        return "some uses of its module have a bias behind it, and others have none"
    if pair.late_bias and channels(pair.conv, pair.convs) is None:
        return "the channels behind it differ between the uses of its module"
    between = united(*pair.between) if can_unite(*pair.between) else None
    if can_unite(*pair.between) and (
        can_unite(pair.before, _channels_of(between))
        and can_unite(pair.conv.shape, _places_of(between))
    ):
        return None
    return "the size of one tensor is written in different words around it"


def _channels_of(shape: ShapeText | None) -> ShapeText | None:
    """Return a size with nothing but its first dim."""
    if shape is None:
        return None
    first, *others = shape.dims
    return shape_of((first, *(Unknown(dim.span) for dim in others)), shape.span)


def _places_of(shape: ShapeText | None) -> ShapeText | None:
    """Return a size with all but its first dim."""
    if shape is None:
        return None
    first, *others = shape.dims
    return shape_of((Unknown(first.span), *others), shape.span)


def _parted(module: Module, pairs: Mapping[Term, _Pair]) -> Module:
    """Return a module in which each of these averages is the last of its node.

    What stands behind one in its row is a node of its own, which keeps the name.
    """
    names = Names(module.graph.nodes)
    nodes: list[Node] = []
    added: list[Edge] = []
    begins: dict[str, str] = {}
    for node in module.graph.nodes.values():
        row = node.terms
        ends = [place for place, term in enumerate(row[:-1], 1) if term in pairs]
        called = [*(names.take(f"{node.name}_pool") for _ in ends), node.name]
        begins[node.name] = called[0]
        rows = [row[start:end] for start, end in pairwise((0, *ends, len(row)))]
        for name, terms in zip(called, rows, strict=True):
            nodes.append(replace(node, name=name, terms=terms) if ends else node)
        added += [
            Edge(one, 0, two, 0, None, node.span) for one, two in pairwise(called)
        ]
    edges = [
        edge
        if edge.target == begins[edge.target]
        else replace(edge, target=begins[edge.target])
        for edge in module.graph.edges
    ]
    return replace(module, graph=Graph(nodes, [*edges, *added]))


class _Commuting:
    """A module whose averages, each the last of its node, go behind convolutions."""

    def __init__(self, module: Module, pairs: Mapping[Term, _Pair]) -> None:
        self._module = module
        self._graph = module.graph
        self._names = Names(module.graph.nodes)
        self._terms = {name: node.terms for name, node in self._graph.nodes.items()}
        self._shapes = {edge: edge.shape for edge in self._graph.edges}
        self._targets: dict[Edge, str] = {}
        self._ahead: dict[str, Node] = {}
        self._added: list[Edge] = []
        ends = ((name, terms[-1]) for name, terms in self._terms.items())
        for name, pool in tuple(ends):
            if pool in pairs:
                self._commute(name, pairs[pool])

    def module(self) -> Module:
        """Return the module."""
        nodes: list[Node] = []
        for name, node in self._graph.nodes.items():
            nodes += [self._ahead[name]] if name in self._ahead else []
            terms = self._terms[name]
            nodes.append(node if terms is node.terms else replace(node, terms=terms))
        edges = [*map(self._edge, self._graph.edges), *self._added]
        return replace(self._module, graph=Graph(nodes, edges))

    def _edge(self, edge: Edge) -> Edge:
        target, shape = self._targets.get(edge, edge.target), self._shapes[edge]
        if target == edge.target and shape is edge.shape:
            return edge
        return replace(edge, target=target, shape=shape)

    def _commute(self, name: str, pair: _Pair) -> None:
        """Move the convolution behind a node in front of the average that ends it."""
        (edge,) = self._graph.out_of(name)
        between = united(*pair.between)
        self._write_before(name, _channels_of(between))
        self._shapes[edge] = None
        conv, *rest = self._terms[edge.target]
        behind = united(conv.shape, _places_of(between))
        pool, conv = with_shape(pair.pool, behind), with_shape(conv, None)
        if pair.late_bias:
            self._hold_bias(edge.target, pair)
            conv = with_argument(conv, "bias", Name("false", conv.span))
            rest.insert(0, op_term("Sum", conv))
        first = self._terms[name][:-1]
        if rest and not first:
            self._put_ahead(name, f"{edge.target}_conv", conv)
            self._terms[name] = (pool,)
        else:
            self._terms[name] = (*first, conv, pool) if rest else (*first, conv)
        self._terms[edge.target] = tuple(rest) if rest else (pool,)

    def _put_ahead(self, name: str, wanted: str, term: Term) -> None:
        """Put a term in front of a node, as a node of its own."""
        node = self._graph.nodes[name]
        (before,) = self._graph.into(name)
        called = self._names.take(wanted)
        self._ahead[name] = Node(called, (term,), node.span, node.label_span)
        self._targets[before] = called
        self._added.append(Edge(called, 0, name, 0, None, before.span))

    def _write_before(self, name: str, shape: ShapeText | None) -> None:
        """Add what is known of the input of the average that ends a node."""
        if shape is None:
            return
        row = self._terms[name]
        if len(row) > 1:
            term = with_shape(row[-2], united(row[-2].shape, shape))
            self._terms[name] = (*row[:-2], term, row[-1])
        else:
            (edge,) = self._graph.into(name)
            self._shapes[edge] = united(self._shapes[edge], shape)

    def _hold_bias(self, name: str, pair: _Pair) -> None:
        """Let a node read the bias of a convolution beside what it reads."""
        size = channels(pair.conv, pair.convs)
        if size is None:
            raise TypeError(f"{pair.conv.text} has channels that cannot be written")
        one = Number(1, pair.conv.span)
        shape = Items((size, *(one for _ in range(pair.convs[0].axes))), one.span)
        flat = Name("false", one.span)
        held = replace(
            op_term("Parameter", pair.conv, shape, batch=flat),
            trained=BiasOf(weights_of(pair.conv), 1 + pair.convs[0].axes),
        )
        node = self._graph.nodes[name]
        called = self._names.take(f"{name}_bias")
        self._ahead[name] = Node(called, (held,), node.span, node.label_span)
        self._added.append(Edge(called, 0, name, 1, None, node.span))
