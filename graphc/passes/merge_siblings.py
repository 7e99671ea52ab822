"""A network in which convolutions of one tensor are one convolution, then parted."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from graphc.diagnostics import Diagnostic
from graphc.infer import Sized
from graphc.ir import (
    Edge,
    Graph,
    Joined,
    Layer,
    Module,
    Node,
    Term,
    Unbiased,
    Value,
    weights_of,
)
from graphc.lang import Expr, Items, Name, ShapeText
from graphc.ops.windows import Slide, slides
from graphc.passes.channels import channels, total
from graphc.passes.costs import MEASURED, Costs, Part, When, saved_by_merging
from graphc.passes.rewiring import Names, can_unite, each_module, united
from graphc.passes.rewriting import (
    OPEN,
    Rewritten,
    is_open,
    left,
    op_term,
    with_argument,
)
from graphc.passes.sites import Sites, is_elementwise, is_op, sharing, sites
from graphc.record import record


def merge_siblings(
    sized: Sized, when: When = When.PAYS, costs: Costs = MEASURED
) -> Rewritten:
    """Return a network in which sibling convolutions are one, with parts of its result.

    Siblings are the ``Conv`` that begin the rows of nodes, read the same tensor, and
    differ in nothing but their channels and whether they have a bias: none is as one of
    0. Each output channel of a convolution without groups depends on the input and its
    own kernel alone, so those of the siblings, one behind the other, are those of one
    convolution. What stands behind a ``Conv`` in its node stays there, and reads a
    part; a node of a ``Conv`` alone goes.

    With ``When.PAYS`` only what ``costs`` say is faster is merged. A sibling stays
    (GC601) that shares its weights, that is an output of its graph as it is, whose
    channels the module cannot write, in whose row parameters decide how many layers
    stand, or around which one tensor's size is written in different words.
    """
    found = sites(sized)
    remarks: list[Diagnostic] = []

    def merged(module: Module) -> Module:
        here = found.get(module, Sites())
        groups = _groups(module, here, remarks)
        if when is When.PAYS:
            groups = [
                group for group in groups if _pays(group, here.uses, costs, remarks)
            ]
        return _Merging(module, groups).module() if groups else module

    return Rewritten(each_module(sized.network, merged), tuple(remarks))


@record(eq=False)
class _Sibling:
    """A node that begins with a convolution, and the edge to it.

    ``layers`` are what the convolution is in each instance, ``channels`` its output
    channels; ``readers`` are the edges out of the node.
    """

    node: Node
    edge: Edge
    layers: tuple[Layer, ...]
    channels: Expr | None
    readers: tuple[Edge, ...]

    @property
    def conv(self) -> Term:
        """The convolution."""
        return self.node.terms[0]

    @property
    def rest(self) -> tuple[Term, ...]:
        """What stands behind it in its node."""
        return self.node.terms[1:]

    @property
    def biased(self) -> bool | None:
        """Whether it has a bias; None where that differs between instances."""
        found = {layer.arguments.flag("bias") for layer in self.layers}
        return found.pop() if len(found) == 1 else None

    @property
    def kind(self) -> "_Kind":
        """All that siblings have in common."""
        ways = tuple(map(_way, self.layers))
        return _Kind(self.edge.source, self.edge.output, ways)


@record
class _Way:
    """What a convolution does, but for its channels and its bias."""

    axes: tuple[Slide, ...]
    mode: Value


@record
class _Kind:
    """The tensor that convolutions read, and what they do in each instance."""

    source: str
    output: int
    ways: tuple[_Way, ...]


def _way(layer: Layer) -> _Way:
    given = layer.arguments
    return _Way(slides(given, layer.axes), given["padding_mode"])


def _groups(
    module: Module, found: Sites, remarks: list[Diagnostic]
) -> list[list[_Sibling]]:
    """Return the siblings that can be merged; of others it is said why they are not."""
    kinds: dict[_Kind, list[_Sibling]] = {}
    for sibling in _siblings(module.graph, found):
        kinds.setdefault(sibling.kind, []).append(sibling)
    shared = sharing(module.graph)
    groups = []
    for siblings in kinds.values():
        group: list[_Sibling] = []
        size: ShapeText | None = None
        for sibling in siblings if len(siblings) > 1 else ():
            row = sibling.node.terms
            reason = OPEN if is_open(row) else _hindrance(sibling, size, shared)
            if reason is None:
                group.append(sibling)
                size = united(size, sibling.edge.shape)
            else:
                remarks.append(left(sibling.conv, reason))
        if len(group) > 1:
            groups.append(group)
    return groups


def _siblings(graph: Graph, found: Sites) -> Iterator[_Sibling]:
    """Yield the nodes that begin with a convolution in one group."""
    for node in graph.nodes.values():
        conv, into = node.terms[0], graph.into(node.name)
        layers = found.layers.get(conv, ()) if is_op(conv, "Conv") else ()
        if layers and all(layer.arguments["groups"] == 1 for layer in layers):
            yield _Sibling(
                node,
                into[0],
                layers,
                channels(conv, layers),
                graph.out_of(node.name),
            )


def _hindrance(
    sibling: _Sibling, size: ShapeText | None, shared: set[str]
) -> str | None:
    """Return why a convolution cannot be merged with others; None if it can be.

    ``size`` is what the others say of the tensor that all of them read.
    """
    if sibling.node.name in shared:
        return "another node has its weights too"
    if sibling.biased is None:
        return "some uses of its module have a bias, and others have none"
    if sibling.channels is None:
        return "its channels differ between the uses of its module"
    if not sibling.rest and not sibling.readers:
        return "it is an end of its graph"
    behind = [sibling.conv.shape, *(edge.shape for edge in sibling.readers[:1])]
    if can_unite(size, sibling.edge.shape) and (sibling.rest or can_unite(*behind)):
        return None
    return "the size of one tensor is written in different words around it"


def _pays(
    group: Sequence[_Sibling],
    uses: Sequence[int],
    costs: Costs,
    remarks: list[Diagnostic],
) -> bool:
    """Whether merging saves time in the whole model; a remark if that is not known."""
    saved = 0.0
    instances = zip(*(sibling.layers for sibling in group), strict=True)
    for layers, times in zip(instances, uses, strict=True):
        parts = [
            Part(layer, bool(sibling.rest) and is_elementwise(sibling.rest[0]))
            for layer, sibling in zip(layers, group, strict=True)
        ]
        gain = saved_by_merging(parts, costs)
        if gain is None:
            why = "whether merging it with others pays depends on sizes that are open"
            remarks.append(left(group[0].conv, why))
            return False
        saved += times * gain
    return saved > 0


class _Merging:
    """A module with siblings merged."""

    def __init__(self, module: Module, groups: Sequence[Sequence[_Sibling]]) -> None:
        self._module = module
        self._merged: dict[str, Node] = {}
        self._first: dict[str, Sequence[_Sibling]] = {}
        self._port: dict[str, int] = {}
        self._siblings: dict[str, _Sibling] = {}
        names = Names(module.graph.nodes)
        for group in groups:
            node = _merged(names.take(_name(group)), group)
            self._first[group[0].node.name] = group
            for number, sibling in enumerate(group):
                self._merged[sibling.node.name] = node
                self._port[sibling.node.name] = number
                self._siblings[sibling.node.name] = sibling

    def module(self) -> Module:
        """Return the module."""
        graph = self._module.graph
        edges = (self._moved(edge) for edge in graph.edges)
        changed = Graph(
            list(self._nodes()), [new for edge in edges for new in self._into(edge)]
        )
        return replace(self._module, graph=changed)

    def _nodes(self) -> Iterator[Node]:
        for name, node in self._module.graph.nodes.items():
            if name in self._first:
                yield self._merged[name]
            if name not in self._siblings:
                yield node
            elif node.terms[1:]:
                yield replace(node, terms=node.terms[1:])

    def _moved(self, edge: Edge) -> Edge:
        """Return an edge out of where its tensor is now."""
        sibling = self._siblings.get(edge.source)
        if sibling is None or sibling.rest:
            return edge
        first = edge is sibling.readers[0]
        shape = united(sibling.conv.shape, edge.shape) if first else edge.shape
        merged, port = self._merged[edge.source].name, self._port[edge.source]
        return replace(edge, source=merged, output=port, shape=shape)

    def _into(self, edge: Edge) -> Iterator[Edge]:
        """Yield what stands for an edge."""
        sibling = self._siblings.get(edge.target)
        if sibling is None:
            yield edge
            return
        merged = self._merged[edge.target].name
        if edge.target in self._first:
            sizes = (one.edge.shape for one in self._first[edge.target])
            yield replace(edge, target=merged, shape=united(*sizes))
        if sibling.rest:
            port, size = self._port[edge.target], sibling.conv.shape
            yield Edge(merged, port, edge.target, 0, size, edge.span)


def _merged(name: str, group: Sequence[_Sibling]) -> Node:
    """Return the node of a merged convolution and its parts."""
    first = group[0]
    parts = [one.channels for one in group if one.channels is not None]
    merged = with_argument(first.conv, "out_channels", total(parts))
    biased = any(one.biased for one in group)
    if biased and not first.biased:
        merged = with_argument(merged, "bias", Name("true", merged.span))
    trained = [
        Unbiased(weights_of(one.conv))
        if biased and not one.biased
        else weights_of(one.conv)
        for one in group
    ]
    conv = replace(
        merged,
        trained=Joined(tuple(trained)),
        shape=None,
    )
    sizes = Items(tuple(parts), first.conv.span)
    split = op_term("Split", first.conv, sizes)
    return Node(name, (conv, split), first.node.span, first.node.label_span)


def _name(group: Sequence[_Sibling]) -> str:
    """Return what the names of siblings have in common, as whole words or numbers."""
    words = [re.findall(r"\d+|[^\W\d_]+|.", one.node.name) for one in group]
    same = takewhile(lambda each: len(set(each)) == 1, zip(*words, strict=False))
    common = "".join(each[0] for each in same).rstrip("_.- ")
    return f"{common}_merged" if common else "merged"
